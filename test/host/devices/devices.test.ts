import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { EngineError } from '../../../src/engine/failure';
import type { EngineHost } from '../../../src/host/engineHost';
import { executionKey, REFERENCE } from '../../../src/protocol/execution';
import { write } from '../models/setting';
import { activate, until } from '../notebook/notebooks';
import { INT8, on, processFacts, TestMachine } from './support';

const GPU = on('webgpu', 'fp32');
const FAST_GPU = { [executionKey(REFERENCE)]: 100, [executionKey(GPU)]: 10 };
const LOST = new EngineError('provider', 'webgpu does not work on this machine: The device was lost.', 'Use the CPU.');

async function choose(provider?: string, precision?: string): Promise<void> {
  await write('executionProvider', provider);
  await write('precision', precision);
}

describe('the device in use', () => {
  let machine: TestMachine;
  let host: EngineHost;

  before(activate);
  beforeEach(async () => {
    await choose('auto', 'auto');
    machine = new TestMachine();
  });
  afterEach(async () => {
    machine.remove();
    await choose();
    await write('cuda.libraries', undefined);
  });

  /** On what a picture was explained. */
  const explained = async (on = host) => {
    const { provider, precision } = await machine.explain(on);
    return `${provider} ${precision}`;
  };
  const said = () => machine.user.said;

  it('is the CPU for the first picture, and then what was proven meanwhile, also in another window', async () => {
    machine.proves = FAST_GPU;
    host = machine.open();
    const proof = machine.proven(host);
    assert.equal(await explained(), 'cpu fp32');
    assert.deepEqual(machine.tested(), [], 'nothing is tested before the answer');
    await proof;
    assert.equal(await explained(), 'webgpu fp32');
    assert.deepEqual(host.devices.used, GPU);
    const tests = machine.tested().length;
    const other = machine.open();
    assert.equal(await explained(other), 'webgpu fp32');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(machine.tested().length, tests, 'everything is known');
    assert.deepEqual(said(), []);
  });

  it('is proven again on another machine', async () => {
    machine.proves = FAST_GPU;
    host = machine.open();
    const proof = machine.proven(host);
    await explained();
    await proof;
    const other = machine.open(Infinity, { fingerprint: 'another driver', cpu: '', gpus: [] });
    assert.equal(await explained(other), 'cpu fp32');
  });

  it('is int8 where that is exact enough and worth it', async () => {
    machine.proves = { [executionKey(REFERENCE)]: 100, [executionKey(INT8)]: 40 };
    host = machine.open();
    const proof = machine.proven(host);
    await explained();
    await proof;
    assert.equal(await explained(), 'cpu int8');
  });

  it('is not proven where the settings leave nothing open, or where tests do not want it', async () => {
    for (const [delay, ...choice] of [
      [10, 'cpu', 'fp32'],
      [10, 'webgpu', 'fp16'],
      [Infinity, 'auto', 'auto'],
    ] as const) {
      await choose(...choice);
      host = machine.open(delay);
      await explained();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(machine.tested(), []);
  });

  it('ends its tests with the window', async () => {
    machine.proves = { [executionKey(REFERENCE)]: 'hangs' };
    host = machine.open();
    await explained();
    await until('a test has begun', () => machine.tested().length === 1);
    const [pid] = machine.tested();
    host.dispose();
    await until('the process has ended', () => {
      try {
        return !process.kill(pid!, 0);
      } catch {
        return true;
      }
    });
  });

  for (const [how, failure, reason] of [
    ['fails', LOST, 'The device was lost.'],
    [
      'takes its process with it',
      new EngineError('crashed', 'The engine ended unexpectedly.'),
      'The engine ended unexpectedly.',
    ],
  ] as const) {
    it(`gives way when it ${how}: one message, and the picture is explained`, async () => {
      machine.proves = FAST_GPU;
      host = machine.open();
      const proof = machine.proven(host);
      await explained();
      await proof;
      machine.fails = { webgpu: failure };
      assert.equal(await explained(), 'cpu fp32');
      assert.deepEqual(said(), [`WebGPU stopped working: ${reason} The CPU goes on.`]);
      assert.deepEqual(machine.user.messages[0]!.buttons, ['Select Device…', 'Show Log']);
      machine.asked.length = 0;
      assert.equal(await explained(), 'cpu fp32');
      assert.deepEqual(machine.asked, [REFERENCE], 'it is not tried again');
      assert.equal(machine.user.messages.length, 1, 'and not told again');
      await until('it is kept', () =>
        readFileSync(path.join(machine.storage, 'devices.json'), 'utf8').includes(reason),
      );

      const other = machine.open();
      assert.equal(await explained(other), 'cpu fp32', 'nor in another window');
      assert.equal(machine.user.messages.length, 1);
      machine.fails = {};
      const { folder: model } = await other.models.current();
      await other.devices.test({ model, again: true });
      assert.equal(await explained(other), 'webgpu fp32', 'only on demand');
    });
  }

  it('is not accused of what fails everywhere', async () => {
    await choose('webgpu', 'fp32');
    host = machine.open();
    machine.fails = { webgpu: LOST };
    await assert.rejects(machine.explain(host, { image: { bytes: new Uint8Array(8) } }), /picture|image/i);
    assert.deepEqual(said(), []);
  });

  describe('when it is named', () => {
    it('is used as asked before anything is proven', async () => {
      host = machine.open();
      for (const [provider, precision, expected] of [
        ['webgpu', 'auto', GPU],
        ['webgpu', 'fp16', on('webgpu', 'fp16')],
        ['cpu', 'fp32', REFERENCE],
        ['auto', 'int8', INT8],
      ] as const) {
        await choose(provider, precision);
        machine.asked.length = 0;
        await explained();
        assert.deepEqual(machine.asked, [expected]);
      }
      assert.deepEqual(said(), []);
    });

    it('gives way with one message, and stays in the settings', async () => {
      await choose('webgpu', 'fp32');
      host = machine.open();
      machine.fails = { webgpu: new EngineError('provider', 'Failed to get a WebGPU adapter: No supported adapters.') };
      for (let i = 0; i < 2; i++) assert.equal(await explained(), 'cpu fp32');
      assert.deepEqual(said(), ['WebGPU does not work here: No GPU that WebGPU can use was found. The CPU goes on.']);
      assert.equal(machine.user.messages.length, 1);
      assert.equal(vscode.workspace.getConfiguration('clipSurgery').get('executionProvider'), 'webgpu');
    });

    it('falls back to another precision of the same GPU first', async () => {
      await choose('webgpu', 'fp16');
      host = machine.open();
      const { client } = host;
      const call = client.call.bind(client);
      client.call = (method, request, options) => {
        const { precision } = request as { precision?: string };
        if (method !== 'explain' || precision !== 'fp16') return call(method, request, options);
        return Promise.reject(new EngineError('provider', 'MatMul requires f16 but the device does not support it.'));
      };
      assert.equal(await explained(), 'webgpu fp32');
      assert.deepEqual(said(), [
        'WebGPU fp16 does not work here: This GPU does not compute in half precision. WebGPU fp32 goes on.',
      ]);
    });

    it('is not CUDA without its libraries, and what is missing is said', async function () {
      if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
      await choose('cuda', 'auto');
      host = machine.open();
      assert.equal(await explained(), 'cpu fp32');
      assert.match(said()[0]!, /^CUDA does not work here: CUDA needs a folder with .* The CPU goes on\.$/);
    });

    it('is CUDA where its libraries are: only the engine is told where', async function () {
      if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
      const libraries = path.join(machine.storage, 'libraries');
      mkdirSync(libraries);
      for (const name of ['shared', 'cuda'])
        writeFileSync(path.join(libraries, `libonnxruntime_providers_${name}.so`), '');
      await choose('cuda', 'fp32');
      await write('cuda.libraries', libraries);
      host = machine.open();
      assert.equal(await explained(), 'cuda fp32');
      const { env } = processFacts(host.client.pid!);
      assert.match(env, new RegExp(`^LD_LIBRARY_PATH=[^:\n]*/cuda:${libraries}(:|$)`, 'm'));
      assert.ok(!(process.env['LD_LIBRARY_PATH'] ?? '').includes(libraries));
      const { pid } = host.client;
      assert.equal(await explained(), 'cuda fp32');
      assert.equal(host.client.pid, pid, 'the engine is started once');
      await write('cuda.libraries', undefined);
      assert.equal(await explained(), 'cpu fp32');
      assert.ok(!processFacts(host.client.pid!).env.includes(libraries));
    });

    it('is told not to be offered on another system', async function () {
      if (process.platform === 'win32') this.skip();
      await choose('dml', 'auto');
      host = machine.open();
      assert.equal(await explained(), 'cpu fp32');
      assert.match(
        said()[0]!,
        /^DirectML does not work here: DirectML is not offered on this machine; .* The CPU goes on\.$/,
      );
    });
  });

  it('saves memory where the settings want it, from the next request on', async function () {
    if (process.platform !== 'linux') this.skip();
    host = machine.open(Infinity);
    await explained();
    const { pid } = host.client;
    assert.ok(!processFacts(pid!).args.includes('--low-memory'));
    await vscode.workspace.getConfiguration('clipSurgery').update('lowMemory', true, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await explained(), 'cpu fp32');
      assert.notEqual(host.client.pid, pid);
      assert.ok(processFacts(host.client.pid!).args.includes('--low-memory'));
    } finally {
      await vscode.workspace
        .getConfiguration('clipSurgery')
        .update('lowMemory', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
