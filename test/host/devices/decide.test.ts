import assert from 'node:assert/strict';
import type { DeviceChoice } from '../../../src/engine/devices/candidates';
import type { Outcome, Verdict } from '../../../src/engine/devices/verdict';
import { decide, type Known } from '../../../src/host/devices/decide';
import { executionName } from '../../../src/host/devices/deviceWords';
import { spoiled } from '../../../src/host/devices/spoiled';
import { REFERENCE, type Execution } from '../../../src/protocol/execution';
import { INT8, on } from './support';

const LINUX = { platform: 'linux', arch: 'x64' } as const;
const GPU = on('webgpu', 'fp16', 'fused');
const PLAIN = on('webgpu', 'fp32');

const verdict = (execution: Execution, outcome: Outcome, milliseconds?: number): Verdict => ({
  execution,
  outcome,
  milliseconds,
  ...(outcome !== 'works' && { reason: `It is ${outcome}.` }),
});
const knowing = (...verdicts: Verdict[]): Known => ({
  listed: ['cpu', 'webgpu', 'cuda', 'tensorrt'],
  place: LINUX,
  verdicts,
  unavailable: new Map(),
});
const proven = knowing(
  verdict(REFERENCE, 'works', 100),
  verdict(INT8, 'works', 50),
  verdict(GPU, 'works', 10),
  verdict(PLAIN, 'works', 20),
);
const computes = (known: Known, choice: DeviceChoice) => decide(known, choice).execution;

describe('what computes', () => {
  it('is the CPU in fp32 until something is proven, then the best of what the settings leave', () => {
    assert.deepEqual(computes(knowing(), { provider: 'auto', precision: 'auto' }), REFERENCE);
    assert.deepEqual(computes(knowing(), { provider: 'auto', precision: 'fp16' }), REFERENCE);
    assert.deepEqual(computes(proven, { provider: 'auto', precision: 'auto' }), GPU);
    assert.deepEqual(computes(proven, { provider: 'auto', precision: 'fp32' }), PLAIN);
    assert.deepEqual(computes(proven, { provider: 'cpu', precision: 'auto' }), INT8);
  });

  it('is what is named, also before it is proven: in fp32 and in plain attention then', () => {
    assert.deepEqual(decide(knowing(), { provider: 'webgpu', precision: 'auto' }), { execution: PLAIN });
    assert.deepEqual(computes(knowing(), { provider: 'webgpu', precision: 'fp16' }), on('webgpu', 'fp16'));
    assert.deepEqual(computes(knowing(), { provider: 'cpu', precision: 'auto' }), REFERENCE);
    for (const provider of ['cpu', 'auto'])
      assert.deepEqual(computes(knowing(), { provider, precision: 'int8' }), INT8);
  });

  it('is what is named, also where it is slower, and int8 also where it is less exact', () => {
    const slow = knowing(verdict(REFERENCE, 'works', 1), verdict(PLAIN, 'slow', 30), verdict(GPU, 'slow', 20));
    assert.deepEqual(computes(slow, { provider: 'webgpu', precision: 'auto' }), GPU);
    assert.deepEqual(computes(slow, { provider: 'webgpu', precision: 'fp32' }), PLAIN);
    const inexact = knowing(verdict(REFERENCE, 'works', 1), verdict(INT8, 'wrong', 1));
    assert.deepEqual(decide(inexact, { provider: 'auto', precision: 'int8' }), { execution: INT8 });
    assert.deepEqual(computes(inexact, { provider: 'cpu', precision: 'auto' }), REFERENCE);
  });

  it('is something else where what is named does not work, computes wrong or is not set up, and it says why', () => {
    const all = (['fused', 'plain'] as const).map((form) => on('webgpu', 'fp32', form));
    for (const outcome of ['failed', 'wrong', 'hung', 'crashed'] as const) {
      const known = knowing(verdict(REFERENCE, 'works', 100), ...all.map((one) => verdict(one, outcome)));
      assert.deepEqual(decide(known, { provider: 'webgpu', precision: 'fp32' }), {
        execution: REFERENCE,
        instead: { of: { provider: 'webgpu', precision: 'fp32' }, reason: `It is ${outcome}.` },
      });
    }
    const known = { ...knowing(), unavailable: new Map([['cuda', 'Libraries are missing.']]) };
    assert.deepEqual(decide(known, { provider: 'cuda', precision: 'fp16' }), {
      execution: REFERENCE,
      instead: { of: { provider: 'cuda' }, reason: 'Libraries are missing.' },
    });
  });

  it('is as near as can be to what makes no sense', () => {
    const said = (provider: string, precision: 'auto' | 'fp16' | 'int8') => {
      const { execution, instead } = decide(knowing(), { provider, precision });
      return [executionName(execution), executionName(instead!.of), instead!.reason];
    };
    assert.deepEqual(said('webgpu', 'int8'), [
      ...['WebGPU fp32', 'WebGPU int8'],
      'int8 is for the CPU; WebGPU computes in fp16 or fp32.',
    ]);
    assert.deepEqual(said('cpu', 'fp16'), [
      ...['CPU fp32', 'CPU fp16'],
      'fp16 is for GPUs; the CPU computes in fp32 or int8.',
    ]);
    for (const precision of ['auto', 'fp16'] as const) {
      const [used, , reason] = said('dml', precision);
      assert.deepEqual(
        [used, reason],
        ['CPU fp32', 'DirectML is not offered on this machine; there are CPU, WebGPU, CUDA.'],
      );
    }
  });
});

describe('what a failure spoils', () => {
  const spoils = (known: Known, execution: Execution) => {
    const { of, worked, failures } = spoiled(known, execution, 'It is lost.');
    return [executionName(of), worked, failures.length] as const;
  };

  it('is the device where it worked before, or in its safest precision', () => {
    assert.deepEqual(spoils(proven, GPU), ['WebGPU', true, 4]);
    assert.deepEqual(spoils(knowing(), PLAIN), ['WebGPU', false, 4]);
  });

  it('is only the precision where it is new, or on the CPU', () => {
    assert.deepEqual(spoils(knowing(), GPU), ['WebGPU fp16', false, 2]);
    assert.deepEqual(spoils(proven, INT8), ['CPU int8', true, 1]);
  });
});
