import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeMachine, deviceName, type MachineSource } from '../../../src/engine/devices/fingerprint';
import { cardsFrom, graphicsCards } from '../../../src/engine/devices/graphicsCards';
import { linuxDrivers } from '../../../src/engine/devices/linuxDrivers';

const NVIDIA = {
  vendor: 'NVIDIA Corporation',
  model: 'GA106 [GeForce RTX 3060]',
  driverVersion: '550.54',
  vram: 12288,
  vramDynamic: false,
  temperatureGpu: 41,
  memoryUsed: 311,
};
const INTEL = { vendor: 'Intel Corporation', model: 'UHD Graphics 770', vram: 32000, vramDynamic: true };

describe('the machine', () => {
  /** A machine with Linux, and what its library for graphics answers. */
  const source = (answer: unknown, part: Partial<MachineSource> = {}): MachineSource => ({
    system: {
      platform: () => 'linux',
      arch: () => 'x64',
      release: () => '6.8.0-45-generic',
      cpus: () => Array(4).fill({ model: 'AMD EPYC 7763 64-Core Processor ', speed: Math.random() }) as os.CpuInfo[],
    },
    env: {},
    cards: () => Promise.resolve(cardsFrom(answer)),
    drivers: () => Promise.resolve({ drivers: ['radeon_icd.json 1 2'], gpus: [] }),
    ...part,
  });
  const described = (controllers: unknown[], part?: Partial<MachineSource>) =>
    describeMachine(source({ controllers, displays: [] }, part));
  const print = async (...args: Parameters<typeof described>) => (await described(...args)).fingerprint;

  it('has the same fingerprint whatever changes by the minute, and in whatever order the cards come', async () => {
    const first = await print([NVIDIA, INTEL]);
    assert.equal(await print([INTEL, { ...NVIDIA, temperatureGpu: 77, memoryUsed: 9000, fanSpeed: 3 }]), first);
  });

  it('has another fingerprint with another device, driver, system or variable', async () => {
    const { system } = source({});
    const all = await Promise.all([
      print([NVIDIA]),
      print([NVIDIA, NVIDIA]),
      print([NVIDIA, INTEL]),
      print([{ ...NVIDIA, driverVersion: '560.1' }]),
      print([{ ...NVIDIA, model: 'GA104 [GeForce RTX 3070]' }]),
      print([{ ...NVIDIA, name: 'NVIDIA GeForce RTX 3060' }]),
      print([{ ...NVIDIA, vendor: 'Other' }]),
      print([{ ...NVIDIA, deviceId: '0x2503' }]),
      print([]),
      print([NVIDIA], { system: { ...system, release: () => '6.8.0-46-generic' } }),
      print([NVIDIA], { system: { ...system, platform: () => 'win32' } }),
      print([NVIDIA], { system: { ...system, arch: () => 'arm64' } }),
      print([NVIDIA], { system: { ...system, cpus: () => system.cpus().slice(1) } }),
      print([NVIDIA], { drivers: () => Promise.resolve({ drivers: ['radeon_icd.json 1 3'], gpus: [] }) }),
      print([NVIDIA], { env: { VK_ICD_FILENAMES: '/swiftshader.json' } }),
      print([NVIDIA], { env: { VK_DRIVER_FILES: '/swiftshader.json' } }),
      describeMachine(source({}, { cards: () => Promise.reject(new Error('no')) })).then((m) => m.fingerprint),
    ]);
    assert.equal(new Set(all).size, all.length);
  });

  it('names its devices for people', async () => {
    const machine = await described([INTEL, NVIDIA]);
    assert.deepEqual(machine.gpus, ['NVIDIA GeForce RTX 3060', 'Intel UHD Graphics 770']);
    assert.equal(deviceName(machine, 'cpu'), 'AMD EPYC 7763 64-Core Processor');
    assert.equal(deviceName(machine, 'webgpu'), 'NVIDIA GeForce RTX 3060');
    assert.equal(deviceName({ ...machine, gpus: ['AMD X', 'NVIDIA Y'] }, 'cuda'), 'NVIDIA Y');
    assert.equal(deviceName({ ...machine, gpus: ['AMD X'] }, 'cuda'), undefined);
    assert.equal(deviceName({ ...machine, gpus: [] }, 'webgpu'), undefined);
  });

  const names: [Record<string, unknown>, string][] = [
    [{ vendor: 'NVIDIA', model: 'AD102', name: 'NVIDIA RTX 4090' }, 'NVIDIA RTX 4090'],
    [{ vendor: 'Advanced Micro Devices, Inc. [AMD/ATI]', model: 'Navi 21 [Radeon RX 6800]' }, 'AMD Radeon RX 6800'],
    [{ vendor: 'Advanced Micro Devices, Inc.', model: 'AMD Radeon RX 6800 XT' }, 'AMD Radeon RX 6800 XT'],
    [{ vendor: 'Apple', model: 'Apple M2 Pro' }, 'Apple M2 Pro'],
    [{ vendor: 'Intel(R)', model: 'Intel(R) Iris(R) Xe' }, 'Intel(R) Iris(R) Xe'],
    [{ vendor: 'Qualcomm', model: 'Adreno X1' }, 'Adreno X1'],
  ];
  for (const [card, name] of names) {
    it(`names ${name} from ${Object.values(card).join(', ')}`, async () => {
      assert.deepEqual((await described([card])).gpus, [name]);
    });
  }

  it("does not take the system's stand-ins for GPUs, nor one of two for another", async () => {
    const standIn = { vendor: 'Microsoft', model: 'Microsoft Basic Render Driver', vram: 99999 };
    assert.deepEqual((await described([standIn, NVIDIA, NVIDIA])).gpus, ['NVIDIA GeForce RTX 3060']);
    assert.deepEqual((await described([standIn, {}])).gpus, []);
  });

  it("takes the names that NVIDIA's driver tells where nothing else does", async () => {
    const drivers = () => Promise.resolve({ drivers: [], gpus: ['NVIDIA H100', 'NVIDIA H100'] });
    assert.deepEqual((await described([], { drivers })).gpus, ['NVIDIA H100']);
    assert.deepEqual((await described([NVIDIA], { drivers })).gpus, ['NVIDIA GeForce RTX 3060']);
  });

  const processors: [string | undefined, string][] = [
    ['Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz', 'Intel Xeon Platinum 8375C'],
    ['Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz', 'Intel Core i7-8550U'],
    ['Apple M2 Pro', 'Apple M2 Pro'],
    [undefined, 'x64 processor'],
  ];
  for (const [model, name] of processors) {
    it(`names the processor ${name}`, async () => {
      const { system } = source({});
      const cpus = () => (model === undefined ? [] : [{ model } as os.CpuInfo]);
      assert.equal((await described([], { system: { ...system, cpus } })).cpu, name);
    });
  }

  const useless: unknown[] = [undefined, null, 'text', 7, [], {}, { controllers: 'many' }, { controllers: [null, 7, 'x', { model: 7 }] }]; // prettier-ignore
  for (const answer of useless) {
    it(`is described by its system where the library answers ${JSON.stringify(answer)}`, async () => {
      const { fingerprint, gpus } = await describeMachine(source(answer));
      assert.match(fingerprint, /EPYC 7763.*radeon_icd/);
      assert.doesNotMatch(fingerprint, /"unknown"/); // it did answer
      assert.deepEqual(gpus, []);
    });
  }

  it('is described by its system where others fail', async () => {
    const fail = () => {
      throw new Error('no such program');
    };
    const { fingerprint, gpus } = await describeMachine(source({}, { cards: fail, drivers: fail }));
    assert.match(fingerprint, /6\.8\.0-45-generic.*EPYC 7763/);
    assert.deepEqual(gpus, []);
  });

  it('is described by its system where others hang', async () => {
    const hang = () => new Promise<never>(() => undefined);
    const start = Date.now();
    const { fingerprint } = await describeMachine(source({}, { cards: hang, drivers: hang }), 100);
    assert.ok(Date.now() - start < 2000);
    assert.match(fingerprint, /EPYC 7763/);
  });

  it('asks for files of drivers on Linux only', async () => {
    const { system } = source({});
    const drivers = () => Promise.resolve({ drivers: ['some driver'], gpus: ['some GPU'] });
    const mac = await described([], { system: { ...system, platform: () => 'darwin' }, drivers });
    assert.doesNotMatch(mac.fingerprint, /some driver/);
    assert.deepEqual(mac.gpus, []);
  });

  it('keeps no process alive that only wanted its description', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    await sleep(1); // the test's own timer is set by then
    const before = timers();
    await described([NVIDIA]);
    assert.equal(timers(), before);
  });

  it('has so much time to tell of its cards', async () => {
    await assert.rejects(graphicsCards(1), { killed: true, signal: 'SIGKILL' });
  });

  it('that runs this test tells the same twice', async () => {
    const [first, second] = [await describeMachine(), await describeMachine()];
    assert.deepEqual(first, second);
    assert.ok(first.fingerprint.includes(os.release()));
    assert.doesNotMatch(first.fingerprint, /"unknown"/, 'the library gave no answer');
    assert.notEqual(first.cpu, '');
  });
});

describe('drivers of Linux', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(os.tmpdir(), 'clip-drivers-'))));
  afterEach(() => rmSync(root, { recursive: true }));
  const put = (name: string, text: string, time = 1000) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    utimesSync(join(root, name), time, time);
  };

  it('are none where there are no files', async () => {
    assert.deepEqual(await linuxDrivers(root), { drivers: [], gpus: [] });
  });

  it('are told by files that change with them', async () => {
    put('usr/share/vulkan/icd.d/radeon_icd.json', '{}');
    put('etc/vulkan/icd.d/nvidia_icd.json', '{}');
    const { drivers } = await linuxDrivers(root);
    assert.deepEqual(drivers, ['radeon_icd.json 2 1000000', 'nvidia_icd.json 2 1000000']);
    put('usr/share/vulkan/icd.d/radeon_icd.json', '{}', 2000);
    assert.notDeepEqual((await linuxDrivers(root)).drivers, drivers);
  });

  it("are told by NVIDIA's driver", async () => {
    put('proc/driver/nvidia/version', 'NVRM version: NVIDIA  UNIX  550.54\nGCC version: 12\n');
    put('proc/driver/nvidia/gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA H100\nIRQ: 7\n');
    put('proc/driver/nvidia/gpus/0000:02:00.0/other', '');
    assert.deepEqual(await linuxDrivers(root), {
      drivers: ['NVRM version: NVIDIA UNIX 550.54'],
      gpus: ['NVIDIA H100'],
    });
  });
});
