import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient, EngineState } from '../../src/engine/client';
import type { ExplainRequest } from '../../src/protocol/engine';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';

const request: ExplainRequest = {
  model: DEMO_MODEL,
  image: { path: join(EXAMPLES, 'park.png') },
  imageName: 'scene.png',
  prompts: ['dog', 'bicycle'],
  method: 'clip-surgery',
};
/** Some seconds in one native run. */
const slow: ExplainRequest = { ...request, size: { height: 768, width: 768 } };
/** Longer than a cancelled request is waited for. */
const many = Array.from({ length: 5000 }, (_, i) => `word ${i}`);

describe('the engine process', function () {
  let engine: EngineClient;
  const states: EngineState[] = [];

  beforeEach(() => {
    states.length = 0;
    engine = startEngine({ onState: (state) => states.push(state) });
  });
  afterEach(() => engine.dispose());

  it('starts on first use, and says what it does', async () => {
    assert.equal(engine.pid, undefined);
    const stages: string[] = [];
    await engine.call('explain', request, { onStage: ({ name }) => stages.push(name) });
    assert.deepEqual([...new Set(stages)], ['loading-model', 'encoding-image', 'encoding-text']);
    assert.deepEqual(states, ['starting', 'busy', 'ready']);
  });

  it('killed during a run: the request fails with one sentence and the next one works', async () => {
    await engine.call('describe', request);
    const running = engine.call('explain', slow);
    await sleep(600);
    process.kill(engine.pid!, 'SIGKILL');
    await assert.rejects(running, { code: 'crashed', message: /ended unexpectedly/ });
    assert.equal(engine.state, 'crashed');
    const { prompts } = await engine.call('explain', request);
    assert.equal(prompts.length, 2);
  });

  it('drops cancelled work that waits, and goes on', async () => {
    const first = engine.call('explain', request);
    const abort = new AbortController();
    const second = engine.call('explain', { ...request, prompts: many }, { signal: abort.signal });
    abort.abort();
    await assert.rejects(second, { code: 'cancelled' });
    assert.equal((await first).prompts.length, 2);
  });

  it('stops cancelled work between two pieces, and keeps the process', async () => {
    const abort = new AbortController();
    const running = engine.call('explain', { ...request, prompts: many }, {
      signal: abort.signal,
      onStage: (stage) => stage.name === 'encoding-text' && stage.done > 0 && abort.abort(),
    }); // prettier-ignore
    await assert.rejects(running, { code: 'cancelled' });
    const { pid } = engine;
    assert.equal((await engine.call('explain', request)).prompts.length, 2);
    assert.equal(engine.pid, pid);
  });

  it('does not disturb a running request when one behind it is cancelled', async () => {
    await engine.call('describe', request);
    const { pid } = engine;
    const running = engine.call('explain', slow);
    const abort = new AbortController();
    const queued = engine.call('explain', request, { signal: abort.signal });
    setTimeout(() => abort.abort(), 300);
    await assert.rejects(queued, { code: 'cancelled' });
    assert.equal((await running).grid.rows, 96);
    assert.equal(engine.pid, pid);
  });

  it('starts anew when a cancelled run does not end, and what waits behind it is answered', async () => {
    await engine.call('describe', request);
    const { pid } = engine;
    const abort = new AbortController();
    const running = engine.call('explain', { ...slow, size: { height: 1024, width: 1024 } }, { signal: abort.signal });
    const waiting = engine.call('explain', request);
    await sleep(800);
    process.kill(pid!, 'SIGSTOP'); // a run that never ends
    abort.abort();
    await assert.rejects(running, { code: 'cancelled' });
    assert.equal((await waiting).prompts.length, 2);
    assert.notEqual(engine.pid, pid);
  });

  it('is started anew while it starts and while it works: all that waits is answered', async () => {
    const started = startEngine();
    try {
      const first = started.call('explain', request);
      for (const pause of [0, 5, 30, 60, 150]) {
        await sleep(pause);
        started.restart();
      }
      const second = started.call('explain', { ...request, prompts: ['star'] });
      assert.deepEqual([(await first).prompts.length, (await second).prompts.length], [2, 1]);
    } finally {
      started.dispose();
    }
  });

  it('keeps what it encoded: the same picture with other words costs no image run', async () => {
    const first = await engine.call('explain', request);
    const second = await engine.call('explain', { ...request, prompts: ['dog', 'tree'] });
    assert.ok(first.timings.image > 0);
    assert.equal(second.timings.image, 0);
    assert.equal(second.prompts[0]!.cosine, first.prompts[0]!.cosine);
  });

  it('gives its memory back when nobody needs it', async () => {
    engine.dispose();
    engine = startEngine({ idleMs: 100 });
    await engine.call('describe', request);
    const pid = engine.pid!;
    await sleep(600);
    assert.equal(engine.state, 'stopped');
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.equal((await engine.call('describe', request)).name, 'Demo');
  });

  it('tells an engine that cannot start in one sentence', async () => {
    engine.dispose();
    engine = startEngine({ entry: join(EXAMPLES, 'no-such-engine.js') });
    await assert.rejects(engine.call('describe', request), { code: 'crashed' });
  });

  it('refuses calls after it was disposed', async () => {
    engine.dispose();
    await assert.rejects(engine.call('describe', request), { message: /was stopped/ });
  });
});

describe('results', function () {
  let engine: EngineClient;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());

  it('do not depend on what else is asked', async () => {
    const texts = ['dog', 'a much longer prompt about a small dog in the corner of the picture', 'x'];
    const together = await engine.call('text', { model: DEMO_MODEL, texts, templates: 'clip-surgery' });
    const other = startEngine();
    try {
      for (const [i, text] of texts.entries()) {
        const alone = await other.call('text', { model: DEMO_MODEL, texts: [text], templates: 'clip-surgery' });
        const [, width] = together.dims as [number, number];
        assert.deepEqual(alone.data, together.data.slice(i * width, (i + 1) * width));
      }
    } finally {
      other.dispose();
    }
  });

  it('of a batch of pictures equal those of each alone', async () => {
    const count = 3 * 64 * 64;
    const pixels = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(i * 0.37) + (i >= count ? 1 : 0));
    const ask = (data: Float32Array, batch: number) =>
      engine.call('features', {
        model: DEMO_MODEL,
        method: 'clip-surgery',
        pixels: { dims: [batch, 3, 64, 64], data },
      });
    const both = await ask(pixels, 2);
    const second = await ask(pixels.slice(count), 1);
    const half = both.data.slice(both.data.length / 2);
    for (const [i, value] of second.data.entries()) assert.ok(Math.abs(value - half[i]!) < 1e-5);
  });

  it('take any size that fits the patch, square or not', async () => {
    const { grid, prompts } = await engine.call('explain', { ...request, size: { height: 64, width: 128 } });
    assert.deepEqual(grid, { rows: 8, cols: 16 });
    assert.equal(Buffer.from(prompts[0]!.map, 'base64').length, 8 * 16 * 4);
  });

  const bad: [string, Partial<ExplainRequest>, RegExp][] = [
    ['no prompts', { prompts: [] }, /no prompt/],
    ['an empty prompt', { prompts: ['cat', '  '] }, /Prompt 2 is empty/],
    [
      'a prompt of 500 words',
      { prompts: [Array(500).fill('dog').join(' ')] },
      /^The prompt "dog dog.*…" has \d+ tokens/,
    ],
    ['a size beside the patch', { size: { height: 100, width: 96 } }, /100 is not a multiple/],
    ['a size beyond all bounds', { size: { height: 8000, width: 8000 } }, /more than 16384 patches/],
    ['more surgery blocks than blocks', { surgeryBlocks: 99 }, /99 blocks needs as many/],
    ['an unknown provider', { provider: 'warp' }, /"warp" is not an execution provider here/],
    ['a model folder that is not there', { model: '/no/such/model' }, /cannot be read/],
    ['a missing image', { image: { path: '/no/such.png' } }, /is not there any more/],
  ];
  for (const [what, part, message] of bad) {
    it(`for ${what}: one clear sentence`, async () => {
      await assert.rejects(engine.call('explain', { ...request, ...part }), { message });
    });
  }

  it('for a provider without its libraries or device: what is missing, not where in the runtime', async function () {
    if (process.platform !== 'linux') this.skip();
    const without = startEngine({ env: { VK_ICD_FILENAMES: '/none' } });
    try {
      await assert.rejects(without.call('explain', { ...request, provider: 'webgpu' }), {
        code: 'provider',
        message: /^webgpu does not work on this machine: [^/]*\.$/,
      });
      // The same process goes on with the CPU.
      assert.equal((await without.call('explain', request)).provider, 'cpu');
    } finally {
      without.dispose();
    }
  });

  it('take emoji and other scripts as prompts', async () => {
    const { prompts } = await engine.call('explain', { ...request, prompts: ['🦊', 'ein rotes Viereck', '赤い丸'] });
    assert.ok(prompts.every(({ score }) => score >= 0 && score <= 1));
  });
});
