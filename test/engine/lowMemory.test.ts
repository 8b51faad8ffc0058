import { strict as assert } from 'node:assert';
import { readFileSync, rmSync } from 'node:fs';
import { samplePixels } from '../../src/engine/selfTest/samples';
import { startEngine } from '../fixtures/engine';
import { assertNear } from '../fixtures/near';
import { smallModel } from '../fixtures/smallModel';

describe('an engine that saves memory', () => {
  let model: string;
  before(() => (model = smallModel()));
  after(() => rmSync(model, { recursive: true }));

  const encode = async (lowMemory: boolean) => {
    const engine = startEngine({ arguments: { lowMemory } });
    try {
      await engine.call('describe', { model });
      const before = anonymousBytes(engine.pid!);
      const pixels = { dims: [1, 3, 32, 32], data: samplePixels(1, 32) };
      const { data } = await engine.call('features', { model, method: 'clip-surgery', pixels });
      return { data, grown: anonymousBytes(engine.pid!) - before };
    } finally {
      engine.dispose();
    }
  };

  it('computes the same and leaves the weights in the file', async function () {
    if (process.platform !== 'linux') this.skip();
    this.retries(2); // on a busy machine both had once grown alike, for a reason not found
    const [usual, saving] = [await encode(false), await encode(true)];
    assertNear(saving.data, usual.data, 1e-5);
    // 25 MB of weights: in the memory of the process, or mapped.
    assert.ok(usual.grown - saving.grown > 15e6, `${usual.grown} and ${saving.grown}`);
  });
});

/** Memory that belongs to a process alone and that no file stands behind. */
function anonymousBytes(pid: number): number {
  return 1024 * Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}
