import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('hashes of checkpoints', () => {
  let folder: string;
  let memory: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'clip-hashes-')));
    memory = join(folder, 'cache', 'hashes.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes files; their time is the same each time, so that only what is asked for tells them apart. */
  const files = (contents: Record<string, string>, time = 1000) => {
    for (const [name, text] of Object.entries(contents)) {
      writeFileSync(join(folder, name), text);
      utimesSync(join(folder, name), time, time);
    }
    return { folder, files: new Map(Object.keys(contents).map((name) => [name, name])) };
  };
  const hash = (...args: Parameters<typeof files>) => new CheckpointHashes(memory).of(files(...args));

  it('are those of the bytes, and remembered for another process', async () => {
    assert.equal(await hash({ a: 'weights' }), sha256('weights'));
    // Other bytes of the same length and time: only a memory can answer with the first hash.
    assert.equal(await hash({ a: 'WEIGHTS' }), sha256('weights'));
    assert.equal(await new CheckpointHashes().of(files({ a: 'WEIGHTS' })), sha256('WEIGHTS'));
  });

  it('are made anew for another size, another time or another file', async () => {
    await hash({ a: 'weights' });
    assert.equal(await hash({ a: 'weight' }), sha256('weight'));
    assert.equal(await hash({ a: 'weighT' }, 2000), sha256('weighT'));
    assert.equal(await hash({ b: 'weighS' }, 2000), sha256('weighS'));
  });

  it('of several files: the hash of their hashes, in order', async () => {
    assert.equal(await hash({ a: '1', b: '2' }), sha256(sha256('1') + sha256('2')));
    assert.equal(await hash({ b: '2', a: '1' }), sha256(sha256('2') + sha256('1')));
  });

  it('a damaged memory is none, and is mended', async () => {
    await hash({ a: 'weights' });
    const { size, mtimeMs } = statSync(join(folder, 'a'));
    for (const damage of [
      '',
      '[]',
      'null',
      '{"x":null}',
      JSON.stringify({ [join(folder, 'a')]: { size, mtimeMs, sha256: 'no' } }),
    ]) {
      writeFileSync(memory, damage);
      assert.equal(await hash({ a: 'weights' }), sha256('weights'));
      assert.match(readFileSync(memory, 'utf8'), new RegExp(sha256('weights')));
    }
  });

  it('a memory that cannot be written is told, and costs nothing but time', async () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
    const warnings: string[] = [];
    const hashes = new CheckpointHashes(memory, (message) => warnings.push(message));
    assert.equal(await hashes.of(files({ a: 'weights' })), sha256('weights'));
    assert.equal(await hashes.of(files({ a: 'others' })), sha256('others'));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^Hashes of checkpoints are not kept on disk: /);
  });

  it('of the oldest files are forgotten', async () => {
    const names = Array.from({ length: 201 }, (_, i) => `file${i}`);
    await hash(Object.fromEntries(names.map((name) => [name, name])));
    const kept = Object.keys(JSON.parse(readFileSync(memory, 'utf8')) as object);
    assert.deepEqual([kept.length, kept[0]], [200, join(folder, 'file1')]);
  });
});
