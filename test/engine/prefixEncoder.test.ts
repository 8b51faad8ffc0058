import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEMPLATES } from '../../src/clip/tokenizer/templates';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { Model } from '../../src/engine/model';
import { PrefixEncoder } from '../../src/engine/prefixEncoder';
import { Sessions } from '../../src/engine/sessions';
import { FeatureCache } from '../../src/engine/featureCache';
import { REFERENCE } from '../../src/protocol/execution';
import { DEMO_MODEL } from '../fixtures/engine';
import { quietJob } from '../fixtures/job';

class CountingSessions extends Sessions {
  runs = 0;

  override get(...request: Parameters<Sessions['get']>): ReturnType<Sessions['get']> {
    this.runs++;
    return super.get(...request);
  }
}

describe('what stands before the word in templates', () => {
  let folder: string;
  let model: Model;
  before(async () => (model = await Model.open(DEMO_MODEL, new CheckpointHashes())));
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clip-prefixes-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const setup = (templates: readonly string[]) => ({ model, templates, execution: REFERENCE });
  const start = () => {
    const sessions = new CountingSessions();
    const warn = (message: string) => assert.fail(message);
    return { sessions, encoder: new PrefixEncoder(sessions, new FeatureCache(folder, warn)) };
  };
  const written = async (files: number) => {
    const stored = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.includes('.')); // prettier-ignore
    while (stored().length < files) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('is read by the model once, and kept for other processes and other days', async () => {
    const first = start();
    const { tree, past } = await first.encoder.encode(setup(TEMPLATES['clip-surgery']), quietJob);
    assert.equal(
      await first.encoder.encode(setup(TEMPLATES['clip-surgery']), quietJob).then((known) => known.past),
      past,
    );
    assert.equal(first.sessions.runs, 1);
    assert.deepEqual(past.dims, [2 * model.text.layers, tree.size, model.text.width]);

    await written(1);
    const second = start();
    const stored = await second.encoder.encode(setup(TEMPLATES['clip-surgery']), quietJob);
    assert.deepEqual(stored.past.data, past.data);
    assert.equal(second.sessions.runs, 0);
    await second.encoder.encode(setup(TEMPLATES.openai), quietJob);
    assert.equal(second.sessions.runs, 1);
    await written(2);
  });

  it('is one tree: a beginning that several templates have is in it once', async () => {
    const { tree } = await start().encoder.encode(
      setup(['a photo of {}', 'a photo of a {}.', '{} in a photo', '{}']),
      quietJob,
    );
    const tokenizer = await model.tokenizer();
    assert.deepEqual(tree.ids, tokenizer.encodePrefix('a photo of a'));
    assert.deepEqual(tree.positions, [0, 1, 2, 3, 4]);
    await written(1);
  });

  it('has a bound, however long and different the templates are', async () => {
    const templates = Array.from({ length: 200 }, (_, i) => `${i} ${'red '.repeat(60)}{}`);
    const { tree } = await start().encoder.encode(setup(templates), quietJob);
    assert.ok(tree.size <= 512 && tree.size > 256);
    await written(1);
  });
});
