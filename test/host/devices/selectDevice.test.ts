import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Outcome, Verdict } from '../../../src/engine/devices/verdict';
import { deviceItems, type DeviceItem } from '../../../src/host/devices/deviceItems';
import { deviceChoice } from '../../../src/host/devices/deviceSettings';
import type { DeviceOverview } from '../../../src/host/devices/devices';
import { selectDevice } from '../../../src/host/devices/selectDevice';
import type { EngineHost } from '../../../src/host/engineHost';
import { executionKey, REFERENCE, type Execution } from '../../../src/protocol/execution';
import { write } from '../models/setting';
import { activate, until } from '../notebook/notebooks';
import { INT8, MACHINE, on, TestMachine } from './support';

const verdict = (execution: Execution, outcome: Outcome, part: Partial<Verdict> = {}): Verdict => ({
  execution,
  outcome,
  ...part,
});
const MISSING = 'libonnxruntime_providers_cuda.so of onnxruntime 1.30.0 is not in /libraries.';

function overview(verdicts: readonly Verdict[], part: Partial<DeviceOverview> = {}): DeviceOverview {
  return {
    known: {
      listed: ['cpu', 'webgpu', 'cuda', 'tensorrt'],
      place: { platform: 'linux', arch: 'x64' },
      verdicts,
      unavailable: new Map([['cuda', MISSING]]),
    },
    machine: MACHINE,
    choice: { provider: 'auto', precision: 'auto' },
    now: REFERENCE,
    automatic: REFERENCE,
    ...part,
  };
}

const iconOf = ({ iconPath }: DeviceItem) => (iconPath as vscode.ThemeIcon | undefined)?.id;
const rows = (shown: DeviceOverview) =>
  deviceItems(shown).map((item) => [item.label, item.description, item.detail, iconOf(item)]);
const row = (shown: DeviceOverview, label: string) => rows(shown).find(([named]) => named === label);

describe('the list of devices', () => {
  it('says before any test what there is', () => {
    assert.deepEqual(rows(overview([])), [
      ['Automatic', 'now CPU · fp32', 'The fastest that is exact enough with the model in use.', 'check'],
      ['This Machine', undefined, undefined, undefined],
      [
        ...['CPU · fp32', 'Some CPU · not tested yet · in use'],
        ...['Works everywhere; what all others are compared with.', 'question'],
      ],
      [
        ...['CPU · int8', 'Some CPU · not tested yet'],
        ...['Linear layers in 8 bits; whether that is exact enough depends on the model.', 'question'],
      ],
      [
        'CUDA',
        'not set up',
        'Needs libraries that are not included: choose this to name their folder.',
        'circle-slash',
      ],
      [
        ...['WebGPU · fp16', 'Some GPU · not tested yet'],
        ...['The GPU, without installing anything; matrix products in half precision.', 'question'],
      ],
      [
        ...['WebGPU · fp32', 'Some GPU · not tested yet'],
        ...['The GPU, without installing anything; single precision.', 'question'],
      ],
    ]);
  });

  it('says what was measured, by the better form of attention', () => {
    const shown = overview(
      [
        verdict(REFERENCE, 'works', { milliseconds: 160 }),
        verdict(INT8, 'works', { milliseconds: 80, maps: { maps: 120, mean: 0.0042, samePeak: 0.985 } }),
        verdict(on('webgpu', 'fp16', 'fused'), 'wrong', { reason: 'Its attention differs.', milliseconds: 0 }),
        verdict(on('webgpu', 'fp16'), 'works', { milliseconds: 38.2 }),
        verdict(on('webgpu', 'fp32', 'fused'), 'works', { milliseconds: 7.25 }),
        verdict(on('webgpu', 'fp32'), 'slow', { milliseconds: 200, reason: 'It is slow.' }),
      ],
      { now: on('webgpu', 'fp32', 'fused'), automatic: on('webgpu', 'fp32', 'fused') },
    );
    assert.equal(row(shown, 'Automatic')![1], 'now WebGPU · fp32');
    assert.equal(row(shown, 'CPU · fp32')![1], 'Some CPU · 160 ms a picture');
    assert.deepEqual(row(shown, 'CPU · int8')!.slice(1, 3), [
      'Some CPU · 80 ms a picture · 2.0× the CPU',
      'Maps differ by 0.004 on average; the maximum stays in 98 % of 120.',
    ]);
    assert.equal(row(shown, 'WebGPU · fp16')![1], 'Some GPU · 38 ms a picture · 4.2× the CPU');
    assert.equal(row(shown, 'WebGPU · fp32')![1], 'Some GPU · 7.3 ms a picture · 22× the CPU · in use');
  });

  it('says why not', () => {
    const noGpu = { reason: 'No GPU that WebGPU can use was found.' };
    const gone = overview([
      verdict(REFERENCE, 'works', { milliseconds: 10 }),
      verdict(INT8, 'wrong', { reason: 'Its maps differ too much from those in fp32.', milliseconds: 8 }),
      ...(['fp16', 'fp32'] as const).flatMap((precision) =>
        (['fused', 'plain'] as const).map((form) => verdict(on('webgpu', precision, form), 'failed', noGpu)),
      ),
    ]);
    assert.deepEqual(row(gone, 'CPU · int8')!.slice(1, 3), [
      'Some CPU · 8.0 ms a picture · not exact enough',
      'Its maps differ too much from those in fp32.',
    ]);
    assert.deepEqual(row(gone, 'WebGPU'), ['WebGPU', 'Some GPU · does not work here', noGpu.reason, 'circle-slash']);
    const hardly = overview([
      verdict(REFERENCE, 'works', { milliseconds: 100 }),
      verdict(INT8, 'works', { milliseconds: 90, maps: { maps: 1, mean: 0, samePeak: 1 } }),
    ]);
    assert.equal(row(hardly, 'CPU · int8')![1], 'Some CPU · 90 ms a picture · 1.1× the CPU · too little gain');
    const slow = overview([verdict(on('webgpu', 'fp32'), 'slow', { milliseconds: 2482, reason: 'It is slow.' })]);
    assert.equal(row(slow, 'WebGPU · fp32')![1], 'Some GPU · 2482 ms a picture · no faster than CPU fp32');
  });

  it('marks what is tested, and what the settings name', () => {
    const running = { model: '', trying: on('webgpu', 'fp16', 'fused'), verdicts: [], total: 6 };
    const testing = overview([], { running });
    assert.deepEqual(row(testing, 'WebGPU · fp16')!.slice(1, 2), ['Some GPU · being tested…']);
    assert.equal(row(testing, 'WebGPU · fp16')![3], 'loading~spin');
    const checked = (choice: DeviceOverview['choice'], now: Execution) =>
      rows(overview([], { choice, now })).flatMap(([label, , , icon]) => (icon === 'check' ? [label] : []));
    assert.deepEqual(checked({ provider: 'webgpu', precision: 'auto' }, on('webgpu', 'fp16')), ['WebGPU · fp16']);
    assert.deepEqual(checked({ provider: 'webgpu', precision: 'fp32' }, REFERENCE), ['WebGPU · fp32']);
    assert.deepEqual(checked({ provider: 'auto', precision: 'int8' }, INT8), ['CPU · int8']);
    assert.deepEqual(checked({ provider: 'cuda', precision: 'auto' }, REFERENCE), ['CUDA']);
  });
});

/** A quick pick that a test looks at and chooses from. */
class ShownDevices implements Partial<vscode.QuickPick<DeviceItem>> {
  private readonly accepted = new vscode.EventEmitter<void>();
  private readonly hidden = new vscode.EventEmitter<void>();
  private readonly button = new vscode.EventEmitter<vscode.QuickInputButton>();
  title = '';
  placeholder = '';
  busy = false;
  keepScrollPosition = false;
  items: DeviceItem[] = [];
  activeItems: DeviceItem[] = [];
  selectedItems: DeviceItem[] = [];
  buttons: vscode.QuickInputButton[] = [];
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = this.button.event;

  show(): void {
    // It is looked at from outside.
  }

  hide(): void {
    this.hidden.fire();
  }

  dispose(): void {
    for (const emitter of [this.accepted, this.hidden, this.button]) emitter.dispose();
  }

  row(label: string): DeviceItem | undefined {
    return this.items.find((item) => item.label === label);
  }

  choose(label: string): void {
    this.selectedItems = [this.row(label)!];
    this.accepted.fire();
  }

  press(tooltip: string): void {
    this.button.fire(this.buttons.find((button) => button.tooltip === tooltip)!);
  }
}

describe('“Select Device…”', () => {
  let machine: TestMachine;
  let host: EngineHost;
  let shown: ShownDevices;

  before(activate);
  beforeEach(async () => {
    await write('executionProvider', 'auto');
    await write('precision', 'auto');
    machine = new TestMachine();
    machine.proves = { [executionKey(REFERENCE)]: 100, [executionKey(on('webgpu', 'fp32'))]: 10 };
    host = machine.open(Infinity);
  });
  afterEach(async () => {
    machine.remove();
    await write('executionProvider', undefined);
    await write('precision', undefined);
  });

  function selectShown(): Promise<void> {
    shown = new ShownDevices();
    Object.assign(vscode.window, { createQuickPick: () => shown });
    return selectDevice(host);
  }
  const untested = () => shown.items.filter(({ description = '' }) => /not tested|being tested/.test(description));

  it('tests what nothing is known of, shows it, and writes the settings', async () => {
    const opened = selectShown();
    await until('all is tested', () => shown.items.length > 0 && untested().length === 0);
    assert.equal(shown.title, 'Select Device for Demo');
    assert.equal(shown.row('Automatic')!.description, 'now WebGPU · fp32');
    assert.match(shown.row('WebGPU · fp32')!.description!, /^Some GPU · 10 ms a picture · 10× the CPU · in use$/);
    shown.choose('CPU · fp32');
    await opened;
    assert.deepEqual(deviceChoice(), { provider: 'cpu', precision: 'fp32' });

    const again = selectShown();
    await until('it is shown', () => shown.items.length > 0);
    assert.equal(shown.activeItems[0]?.label, 'CPU · fp32');
    assert.deepEqual(untested(), []);
    shown.choose('Automatic');
    await again;
    assert.deepEqual(deviceChoice(), { provider: 'auto', precision: 'auto' });
  });

  it('leaves all as it was with Escape', async () => {
    const opened = selectShown();
    await until('it is shown', () => shown.items.length > 0);
    shown.hide();
    await opened;
    assert.deepEqual(deviceChoice(), { provider: 'auto', precision: 'auto' });
  });

  it('tests all again', async () => {
    const opened = selectShown();
    await until('all is tested', () => shown.items.length > 0 && untested().length === 0 && !shown.busy);
    machine.proves = { [executionKey(REFERENCE)]: 100, [executionKey(INT8)]: 20 };
    shown.press('Test Again');
    await until('it is tested', () => !shown.busy && shown.row('Automatic')!.description === 'now CPU · int8');
    shown.hide();
    await opened;
  });

  it('tries again what failed when it is chosen', async () => {
    machine.proves = { [executionKey(REFERENCE)]: 100 };
    const opened = selectShown();
    await until('all is tested', () => shown.items.length > 0 && untested().length === 0 && !shown.busy);
    machine.proves = { [executionKey(REFERENCE)]: 100, [executionKey(on('webgpu', 'fp32'))]: 10 };
    const proof = machine.proven(host);
    shown.choose('WebGPU');
    await opened;
    await proof;
    assert.deepEqual(deviceChoice(), { provider: 'webgpu', precision: 'auto' });
    assert.equal((await machine.explain(host)).provider, 'webgpu');
  });

  it('leads to the setting where CUDA’s libraries are missing', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const opened = selectShown();
    await until('it is shown', () => shown.row('CUDA') !== undefined);
    shown.choose('CUDA');
    await opened;
    assert.match(machine.user.commands.join(), /^workbench\.action\.open(Remote)?Settings$/);
    assert.deepEqual(deviceChoice(), { provider: 'auto', precision: 'auto' });
  });
});
