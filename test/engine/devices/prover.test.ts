import { strict as assert } from 'node:assert';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deadlineOf,
  prove,
  type EngineFor,
  type ProofOptions,
  type ProofProgress,
} from '../../../src/engine/devices/prover';
import type { Verdict } from '../../../src/engine/devices/verdict';
import { executionKey, REFERENCE, type Execution } from '../../../src/protocol/execution';
import { Children } from '../../fixtures/children';

const INT8: Execution = { provider: 'cpu', precision: 'int8', attention: 'fused' };
const on = (provider: string, precision: 'fp16' | 'fp32', attention: 'fused' | 'plain' = 'fused'): Execution => ({
  provider,
  precision,
  attention,
});
const GPU = on('webgpu', 'fp16');
const MODEL = '/models/some';
const noAdapter = {
  code: 'provider',
  message: 'webgpu does not work on this machine: Failed to get a WebGPU adapter: No supported adapters.',
} as const;
const noLibrary = { code: 'provider', message: 'OrtSession…_Cuda: Failed to load shared library' } as const;
const noF16 = { code: 'provider', message: 'Program MatMul requires f16 but the device does not support it.' } as const;

describe('the prover', () => {
  let children: Children;
  beforeEach(() => (children = new Children()));
  afterEach(() => {
    const left = children.running();
    children.remove();
    assert.deepEqual(left, [], 'processes are left running');
  });

  /** Proves the executions of the list; each is answered by the child beside it. */
  const proved = (list: readonly [Execution, EngineFor][], options: Partial<ProofOptions> = {}) =>
    prove({
      model: MODEL,
      candidates: list.map(([execution]) => execution),
      engineFor: (asked) => {
        const found = list.find(([execution]) => executionKey(execution) === executionKey(asked));
        return found?.[1] ?? children.works(100);
      },
      ...options,
    });
  const outcomes = (verdicts: readonly Verdict[]) => verdicts.map(({ outcome }) => outcome);
  const started = () => children.traces().length;

  it('chooses the fastest that works; each had a process of its own, below the priority of other work', async () => {
    const { verdicts, chosen } = await proved([
      [REFERENCE, children.works(100)],
      [INT8, children.works(60)],
      [on('webgpu', 'fp16'), children.works(20)],
      [on('webgpu', 'fp32'), children.works(30)],
    ]);
    assert.deepEqual(chosen, on('webgpu', 'fp16'));
    assert.deepEqual(outcomes(verdicts), ['works', 'works', 'works', 'works']);
    assert.deepEqual(verdicts.map(({ milliseconds }) => milliseconds), [100, 60, 20, 30]); // prettier-ignore
    assert.deepEqual(verdicts[1]!.maps, { maps: 12, mean: 0.004, samePeak: 1 });
    const traces = children.traces();
    assert.equal(traces.length, 4);
    assert.deepEqual(
      new Set(traces.map(({ method, request }) => JSON.stringify([method, request]))),
      new Set(verdicts.map(({ execution }) => JSON.stringify(['selfTest', { model: MODEL, ...execution }]))),
    );
    for (const { priority } of traces) assert.ok(priority! >= constants.priority.PRIORITY_BELOW_NORMAL);
  });

  it('does not choose what is as slow as the reference', async () => {
    const { verdicts, chosen } = await proved([
      [REFERENCE, children.works(100)],
      [INT8, children.works(100)],
      [GPU, children.works(1234.5)],
    ]);
    assert.deepEqual(chosen, REFERENCE);
    assert.deepEqual(outcomes(verdicts), ['works', 'slow', 'slow']);
    assert.equal(verdicts[2]!.reason, 'A picture takes 1230 ms, and 100 ms on the CPU in fp32.');
  });

  it('tries plain attention where fused is wrong, however fast', async () => {
    const { verdicts, chosen } = await proved([
      [REFERENCE, children.works(100)],
      [GPU, children.wrong()],
      [on('webgpu', 'fp16', 'plain'), children.works(50)],
    ]);
    assert.deepEqual(chosen, on('webgpu', 'fp16', 'plain'));
    assert.deepEqual(outcomes(verdicts), ['works', 'wrong', 'works']);
    assert.equal(verdicts[1]!.reason, 'Features differ by 0.3 from those on the CPU.');
  });

  for (const kind of ['aborts', 'exits'] as const) {
    it(`survives a process that ${kind}, and tries plain attention then`, async () => {
      const { verdicts, chosen } = await proved([
        [REFERENCE, children.works(100)],
        [GPU, children[kind]()],
        [on('webgpu', 'fp16', 'plain'), children.works(50)],
      ]);
      assert.deepEqual(chosen, on('webgpu', 'fp16', 'plain'));
      assert.deepEqual(outcomes(verdicts), ['works', 'crashed', 'works']);
      assert.equal(verdicts[1]!.reason, 'The engine ended unexpectedly.');
    });
  }

  it('names the library that a process died of', async () => {
    const log = 'error while loading: libcublasLt.so.12: cannot open shared object file: No such file or directory\n';
    const { verdicts } = await proved([[on('cuda', 'fp16'), children.aborts(log)]]);
    assert.equal(verdicts[1]!.outcome, 'crashed');
    assert.equal(verdicts[1]!.reason, 'libcublasLt.so.12 was not found: install CUDA 12.');
  });

  for (const kind of ['hangs', 'neverReady'] as const) {
    it(`ends a process that ${kind} at its deadline, and tries the others`, async () => {
      const start = Date.now();
      const { verdicts, chosen } = await proved(
        [
          [REFERENCE, children.works(100)],
          [GPU, children[kind]()],
          [on('webgpu', 'fp32'), children.works(50)],
        ],
        { deadlineMs: (execution) => (execution === GPU ? 1000 : 20_000) },
      );
      assert.ok(Date.now() - start < 10_000);
      assert.deepEqual(outcomes(verdicts), ['works', 'hung', 'works']);
      assert.equal(verdicts[1]!.reason, 'It did not answer within 1 seconds.');
      assert.deepEqual(chosen, on('webgpu', 'fp32'));
    });
  }

  it('gives GPUs a minute and the CPU ten', () => {
    assert.deepEqual([GPU, INT8, REFERENCE].map(deadlineOf), [60_000, 600_000, 600_000]);
  });

  it('tries a provider without a device once, and others still', async () => {
    const { verdicts, chosen } = await proved([
      [GPU, children.fails(noAdapter)],
      [on('webgpu', 'fp32'), children.works(1)],
      [on('webgpu', 'fp32', 'plain'), children.works(1)],
      [on('dml', 'fp16'), children.works(50)],
    ]);
    assert.equal(started(), 3);
    assert.deepEqual(chosen, on('dml', 'fp16'));
    assert.deepEqual(outcomes(verdicts), ['works', 'failed', 'failed', 'failed', 'works']);
    assert.deepEqual(verdicts[3], {
      execution: on('webgpu', 'fp32', 'plain'),
      outcome: 'failed',
      reason: 'No GPU that WebGPU can use was found.',
    });
  });

  it('tries a provider without its libraries once, and finds in the log what is missing', async () => {
    const log =
      '[E:onnxruntime] Failed to load library /x/libonnxruntime_providers_cuda.so with error: ' +
      'libcudnn.so.9: cannot open shared object file: No such file or directory\n';
    const { verdicts, chosen } = await proved([
      [on('cuda', 'fp16'), children.fails(noLibrary, log)],
      [on('cuda', 'fp32'), children.works(1)],
    ]);
    assert.equal(started(), 2);
    assert.deepEqual(chosen, REFERENCE);
    assert.deepEqual(outcomes(verdicts), ['works', 'failed', 'failed']);
    assert.equal(verdicts[2]!.reason, 'libcudnn.so.9 was not found: install cuDNN 9 for CUDA 12.');
  });

  it('tries fp32 on a GPU that has no fp16', async () => {
    const { verdicts, chosen } = await proved([
      [GPU, children.fails(noF16, 'libother.so: cannot open shared object file\n')],
      [on('webgpu', 'fp16', 'plain'), children.fails(noF16)],
      [on('webgpu', 'fp32'), children.works(40)],
    ]);
    assert.equal(started(), 4);
    assert.deepEqual(chosen, on('webgpu', 'fp32'));
    assert.deepEqual(outcomes(verdicts), ['works', 'failed', 'failed', 'works']);
    assert.equal(verdicts[1]!.reason, 'This GPU does not compute in half precision.');
  });

  it('tries on after any other failure, told in one line', async () => {
    const { verdicts } = await proved([
      [GPU, children.fails({ code: 'internal', message: 'Something odd\nat a.ts:1' })],
      [on('webgpu', 'fp32'), children.fails({ code: 'provider', message: 'The device is lost' })],
      [on('webgpu', 'fp32', 'plain'), children.works(40)],
    ]);
    assert.deepEqual(outcomes(verdicts), ['works', 'failed', 'failed', 'works']);
    assert.deepEqual([verdicts[1]!.reason, verdicts[2]!.reason], ['Something odd.', 'The device is lost.']);
  });

  it('starts nothing for what is known to be unavailable', async () => {
    const { verdicts, chosen } = await proved([
      [REFERENCE, children.works(100)],
      [on('cuda', 'fp16'), { unavailable: 'No folder is set.' }],
    ]);
    assert.equal(started(), 1);
    assert.deepEqual(verdicts[1], {
      execution: on('cuda', 'fp16'),
      outcome: 'unavailable',
      reason: 'No folder is set.',
    });
    assert.deepEqual(chosen, REFERENCE);
  });

  const failing: [string, () => EngineFor, string][] = [
    ['cannot load the model', () => children.fails({ code: 'bad-model', message: 'No weights.' }), 'failed'],
    ['is wrong', () => children.wrong(), 'wrong'],
    ['crashes', () => children.exits(), 'crashed'],
    ['hangs', () => children.hangs(), 'hung'],
  ];
  for (const [what, child, outcome] of failing) {
    it(`stops where the reference ${what}, and chooses nothing`, async () => {
      const { verdicts, chosen } = await proved(
        [
          [REFERENCE, child()],
          [GPU, children.works(1)],
        ],
        { deadlineMs: () => (outcome === 'hung' ? 1000 : 20_000) },
      );
      assert.deepEqual(outcomes(verdicts), [outcome]);
      assert.ok(verdicts[0]!.reason);
      assert.equal(chosen, undefined);
      assert.equal(started(), 1);
    });
  }

  it('begins with the reference wherever it stands, and tells how far it is', async () => {
    const progress: ProofProgress[] = [];
    await proved(
      [
        [GPU, children.fails(noAdapter)],
        [on('webgpu', 'fp32'), children.works(1)],
        [REFERENCE, children.works(100)],
        [INT8, children.works(50)],
      ],
      { onProgress: (step) => progress.push(step) },
    );
    assert.deepEqual(progress.map(({ trying }) => trying), [REFERENCE, GPU, INT8]); // prettier-ignore
    assert.deepEqual(
      progress.map(({ verdicts, total }) => [verdicts.length, total]),
      [[0, 4], [1, 4], [3, 4]],
    ); // prettier-ignore
    assert.deepEqual(outcomes(progress[2]!.verdicts), ['works', 'failed', 'failed']);
  });

  it('ends the process at work when it is aborted, and starts no other', async () => {
    const abort = new AbortController();
    const running = proved(
      [
        [REFERENCE, children.works(100)],
        [GPU, children.hangs()],
        [INT8, children.works(1)],
      ],
      { signal: abort.signal },
    );
    while (children.traces().filter(({ method }) => method).length < 2) await sleep(20);
    const start = Date.now();
    abort.abort();
    await assert.rejects(running, { code: 'cancelled' });
    assert.ok(Date.now() - start < 2000);
    assert.deepEqual(children.running(), []);
    assert.equal(started(), 2);
  });

  it('has no verdicts when it is aborted during the last', async () => {
    const abort = new AbortController();
    const running = proved([[REFERENCE, children.hangs()]], { signal: abort.signal });
    while (!children.traces().some(({ method }) => method)) await sleep(20);
    abort.abort();
    await assert.rejects(running, { code: 'cancelled' });
  });

  it('starts nothing when it is aborted before', async () => {
    await assert.rejects(proved([], { signal: AbortSignal.abort() }), { code: 'cancelled' });
    assert.equal(started(), 0);
  });
});
