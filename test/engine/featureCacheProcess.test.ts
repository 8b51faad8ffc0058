import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import type { TextRequest } from '../../src/protocol/engine';
import { DEMO_MODEL, startEngine } from '../fixtures/engine';

/** One file more for a set of several templates: what stands before the word in them. */
const PREFIXES = 1;

describe('words of another process', function () {
  let cacheFolder: string;
  const engines: EngineClient[] = [];
  const start = () => {
    const engine = startEngine({ arguments: { cacheFolder } });
    engines.push(engine);
    return engine;
  };
  beforeEach(() => (cacheFolder = mkdtempSync(join(tmpdir(), 'clip-words-'))));
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.dispose();
    rmSync(cacheFolder, { recursive: true });
  });

  const request = (texts: readonly string[], more: Partial<TextRequest> = {}): TextRequest => ({
    ...{ model: DEMO_MODEL, texts, templates: 'clip-surgery' },
    ...more,
  });
  /** `words` counts how often a word to encode was told of: never where all are known. */
  async function encoded(engine: EngineClient, asked: TextRequest) {
    let words = 0;
    const { data } = await engine.call('text', asked, { onStage: ({ name }) => name === 'encoding-text' && words++ });
    return { data, words };
  }
  const stored = () =>
    readdirSync(cacheFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'hashes.json')
      .map(({ parentPath, name }) => join(parentPath, name));
  /** Nobody waits for what is written; a draft has a longer name. */
  async function storedAre(count: number): Promise<void> {
    while (stored().length !== count || stored().some((path) => path.includes('.', cacheFolder.length)))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('that writes at the same time are shared, and not encoded again', async () => {
    const mine = ['dog', 'bicycle', 'tree', 'sun'];
    const yours = ['cat', 'tree', 'bicycle', 'dog'];
    const [first, second] = [start(), start()];
    const [here, there] = await Promise.all([encoded(first, request(mine)), encoded(second, request(yours))]);
    await storedAre(5 + PREFIXES);
    const third = start();
    assert.deepEqual(await encoded(third, request(mine)), { data: here.data, words: 0 });
    assert.deepEqual(await encoded(third, request(yours)), { data: there.data, words: 0 });
  });

  it('with other templates are other words; a set with the same sentences is the same', async () => {
    await encoded(start(), request(['dog'], { templates: 'photo' }));
    await storedAre(1);
    const other = start();
    const own = { name: 'mine', templates: ['a photo of a {}.'] };
    assert.equal((await encoded(other, request(['dog'], { templates: own }))).words, 0);
    assert.equal((await encoded(other, request(['dog'], { templates: 'none' }))).words, 1);
    const bare = { name: 'bare', templates: ['{}'] };
    assert.equal((await encoded(other, request(['dog'], { templates: bare }))).words, 1);
  });

  it('with another tokenizer are other words', async () => {
    const model = join(cacheFolder, '..', `${cacheFolder.split(/[/\\]/).at(-1)}-model`);
    cpSync(DEMO_MODEL, model, { recursive: true });
    try {
      await encoded(start(), request(['dog']));
      await storedAre(1 + PREFIXES);
      assert.equal((await encoded(start(), request(['dog'], { model }))).words, 0);
      const tokenizer = join(model, 'tokenizer.json');
      writeFileSync(tokenizer, `${readFileSync(tokenizer, 'utf8')} `);
      assert.equal((await encoded(start(), request(['dog'], { model }))).words, 1);
    } finally {
      rmSync(model, { recursive: true });
    }
  });

  it('that were damaged are encoded again, and mended', async () => {
    const { data } = await encoded(start(), request(['dog']));
    await storedAre(1 + PREFIXES);
    const whole = stored().map((path) => ({ path, bytes: readFileSync(path) }));
    for (const { path, bytes } of whole) writeFileSync(path, bytes.subarray(0, -1));
    assert.deepEqual(await encoded(start(), request(['dog'])), { data, words: 1 });
    while (whole.some(({ path, bytes }) => !readFileSync(path).equals(bytes)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await encoded(start(), request(['dog']))).words, 0);
  });

  it('do no harm where there can be no folder', async () => {
    const file = join(cacheFolder, 'file');
    writeFileSync(file, '');
    const warnings: string[] = [];
    const engine = startEngine({
      arguments: { cacheFolder: file },
      log: (level, message) => level === 'warn' && warnings.push(message),
    });
    engines.push(engine);
    assert.equal((await encoded(engine, request(['dog', 'cat']))).words > 0, true);
    assert.equal(warnings.filter((message) => message.startsWith('Encoded words are not kept')).length, 1);
  });
});
