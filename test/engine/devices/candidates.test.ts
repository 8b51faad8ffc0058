import { strict as assert } from 'node:assert';
import { candidates, unavailableChoice, type DeviceChoice, type Place } from '../../../src/engine/devices/candidates';
import { executionKey } from '../../../src/protocol/execution';

const LINUX: Place = { platform: 'linux', arch: 'x64' };
const LINUX_ARM: Place = { platform: 'linux', arch: 'arm64' };
const WINDOWS: Place = { platform: 'win32', arch: 'x64' };
const MAC: Place = { platform: 'darwin', arch: 'arm64' };
const ALL = ['cpu', 'webgpu', 'dml', 'cuda', 'tensorrt', 'coreml'];

const keys = (listed: readonly string[], place: Place, choice?: DeviceChoice) =>
  candidates(listed, place, choice).map(executionKey);
const both = (provider: string, precision: string) =>
  ['fused', 'plain'].map((form) => [provider, precision, form].join(':'));
const CPU = ['cpu:fp32:fused', 'cpu:int8:fused'];
const CUDA = [...both('cuda', 'fp16'), ...both('cuda', 'fp32')];
const WEBGPU = [...both('webgpu', 'fp16'), ...both('webgpu', 'fp32')];
const DML = [...both('dml', 'fp16'), ...both('dml', 'fp32')];

describe('candidates', () => {
  it('are the reference, then all that the machine offers, the most promising first', () => {
    assert.deepEqual(keys(['cpu', 'webgpu', 'cuda', 'tensorrt'], LINUX), [...CPU, ...CUDA, ...WEBGPU]);
    assert.deepEqual(keys(['cpu', 'dml', 'webgpu'], WINDOWS), [...CPU, ...WEBGPU, ...DML]);
    assert.deepEqual(keys(['cpu', 'coreml', 'webgpu'], MAC), [
      ...CPU,
      ...WEBGPU,
      'coreml:fp16:plain',
      'coreml:fp32:plain',
    ]);
    assert.deepEqual(keys(['cpu'], LINUX_ARM), CPU);
  });

  it('are never on a provider that is not listed, or is of another system: those run on the CPU and say nothing', () => {
    assert.deepEqual(keys(['cpu'], WINDOWS), CPU);
    assert.deepEqual(keys(['cpu'], MAC, { provider: 'coreml' }), ['cpu:fp32:fused']);
    assert.deepEqual(keys(ALL, LINUX), [...CPU, ...CUDA, ...WEBGPU]);
    assert.deepEqual(keys(ALL, LINUX_ARM), [...CPU, ...WEBGPU]);
    assert.deepEqual(keys(ALL, WINDOWS), [...CPU, ...WEBGPU, ...DML]);
    assert.deepEqual(keys(ALL, MAC).filter((key) => /dml|cuda/.test(key)), []); // prettier-ignore
  });

  const choices: [DeviceChoice, string[]][] = [
    [{ provider: 'auto', precision: 'auto' }, [...CPU, ...CUDA, ...WEBGPU]],
    [{ provider: 'webgpu' }, [CPU[0]!, ...WEBGPU]],
    [{ provider: 'cpu' }, CPU],
    [{ precision: 'fp16' }, [CPU[0]!, ...both('cuda', 'fp16'), ...both('webgpu', 'fp16')]],
    [{ precision: 'fp32' }, [CPU[0]!, ...both('cuda', 'fp32'), ...both('webgpu', 'fp32')]],
    [{ precision: 'int8' }, CPU],
    [{ provider: 'cuda', precision: 'fp32' }, [CPU[0]!, ...both('cuda', 'fp32')]],
    [{ provider: 'cpu', precision: 'fp32' }, [CPU[0]!]],
    [{ provider: 'cpu', precision: 'fp16' }, [CPU[0]!]],
  ];
  for (const [choice, expected] of choices) {
    it(`are those that ${JSON.stringify(choice)} leaves, and the reference`, () => {
      assert.deepEqual(keys(ALL, LINUX, choice), expected);
    });
  }
});

describe('a choice that leaves nothing to try', () => {
  const cases: [readonly string[], Place, DeviceChoice, RegExp | undefined][] = [
    [['cpu'], LINUX_ARM, { provider: 'webgpu' }, /^WebGPU is not offered on this machine; there is CPU\.$/],
    [ALL, LINUX, { provider: 'dml' }, /^DirectML is not offered on this machine; there are CPU, WebGPU, CUDA\.$/],
    [ALL, LINUX, { provider: 'tensorrt' }, /^tensorrt is not offered/],
    [ALL, LINUX, { provider: 'webgpu', precision: 'int8' }, /^int8 is for the CPU; WebGPU computes in fp16 or fp32\.$/],
    [ALL, LINUX, { provider: 'cpu', precision: 'fp16' }, /^fp16 is for GPUs; the CPU computes in fp32 or int8\.$/],
    [['cpu'], LINUX_ARM, { precision: 'fp16' }, /^fp16 is for GPUs; none is offered on this machine\.$/],
    [['cpu'], LINUX_ARM, { precision: 'int8' }, undefined],
    [['cpu'], LINUX_ARM, { provider: 'cpu', precision: 'fp32' }, undefined],
    [ALL, LINUX, { provider: 'webgpu', precision: 'fp16' }, undefined],
    [['cpu'], LINUX_ARM, {}, undefined],
    [['cpu'], LINUX_ARM, { provider: 'auto', precision: 'auto' }, undefined],
  ];
  for (const [listed, place, choice, sentence] of cases) {
    it(`${JSON.stringify(choice)} with ${listed.join(', ')}: ${sentence ? 'is told' : 'is none'}`, () => {
      const told = unavailableChoice(listed, place, choice);
      if (sentence) assert.match(told ?? '', sentence);
      else assert.equal(told, undefined);
    });
  }
});
