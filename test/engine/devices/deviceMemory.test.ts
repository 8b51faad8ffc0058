import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceMemory, type ProofKey } from '../../../src/engine/devices/deviceMemory';
import { chosen, type Verdict } from '../../../src/engine/devices/verdict';
import { REFERENCE, type Execution } from '../../../src/protocol/execution';

const KEY: ProofKey = { machine: 'a GPU', runtime: '1.30.0', model: 'abc', selfTest: 1 };
const INT8: Execution = { provider: 'cpu', precision: 'int8', attention: 'fused' };
const GPU: Execution = { provider: 'webgpu', precision: 'fp16', attention: 'plain' };
const PROOF: readonly Verdict[] = [
  { execution: REFERENCE, outcome: 'works', milliseconds: 100 },
  { execution: INT8, outcome: 'works', milliseconds: 50, maps: { maps: 12, mean: 0.004, samePeak: 1 } },
  { execution: GPU, outcome: 'works', milliseconds: 10 },
  { execution: { ...GPU, attention: 'fused' }, outcome: 'wrong', reason: 'Wrong.', milliseconds: 9 },
];
/** As JSON has it: what is left out and what is undefined are the same. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the memory of proofs', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'clip-devices-')));
    file = join(folder, 'cache', 'devices.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const memory = () => new DeviceMemory(file);
  const known = async (key = KEY) => plain(await memory().verdicts(key));

  it('tells another process what was proved, for the same key only', async () => {
    assert.deepEqual(await known(), []);
    await memory().remember(KEY, PROOF);
    assert.deepEqual(await known(), plain(PROOF));
    const others = [{ machine: 'b' }, { runtime: '1.31.0' }, { model: 'b' }, { selfTest: 2 }];
    for (const part of others) assert.deepEqual(await known({ ...KEY, ...part }), []);
    assert.deepEqual(readdirSync(join(folder, 'cache')), ['devices.json']);
  });

  it('is empty until something is proved, of whatever machine', async () => {
    assert.equal(await memory().isEmpty(), true);
    await memory().remember({ ...KEY, machine: 'b' }, PROOF);
    assert.equal(await memory().isEmpty(), false);
  });

  it('chooses the next best after a failure at work, until a new proof', async () => {
    await memory().remember(KEY, PROOF);
    await memory().markFailed(KEY, { ...GPU }, 'The device was lost');
    const after = await memory().verdicts(KEY);
    assert.equal(after.length, 4);
    assert.deepEqual(chosen(after), INT8);
    assert.deepEqual(plain(after.find(({ outcome }) => outcome === 'failed')), {
      execution: GPU,
      outcome: 'failed',
      reason: 'The device was lost.',
    });
    await memory().remember(KEY, [PROOF[1]!]); // says nothing of the GPU
    assert.deepEqual(chosen(await memory().verdicts(KEY)), INT8);
    await memory().remember(KEY, PROOF);
    assert.deepEqual(chosen(await memory().verdicts(KEY)), GPU);
  });

  it('keeps failures at work of what was never proved', async () => {
    await memory().markFailed(KEY, GPU, 'The device was lost.');
    assert.deepEqual(await known(), [{ execution: GPU, outcome: 'failed', reason: 'The device was lost.' }]);
  });

  it('does not mark the reference: nothing could take its place', async () => {
    await memory().remember(KEY, PROOF);
    await memory().markFailed(KEY, { ...REFERENCE }, 'Out of memory.');
    assert.deepEqual(await known(), plain(PROOF));
  });

  it('loses nothing of what is written at the same time', async () => {
    const one = memory();
    const keys = Array.from({ length: 8 }, (_, i) => ({ ...KEY, model: String(i) }));
    const writing = keys.map((key) => one.remember(key, PROOF));
    assert.equal((await one.verdicts(keys[7]!)).length, 4);
    await Promise.all(writing);
    for (const key of keys) assert.deepEqual(await known(key), plain(PROOF));
  });

  it('keeps reasons that it reads again, whatever they were made of', async () => {
    await memory().markFailed(KEY, GPU, `\u001b[31m${'long '.repeat(200)}\u0007\nsecond line`);
    await memory().markFailed(KEY, INT8, ' \n');
    const [first, second] = await memory().verdicts(KEY);
    assert.match(first!.reason!, /^long long .*…$/);
    assert.equal(first!.reason!.length, 300);
    assert.equal(second!.reason, 'No reason was given.');
  });

  it('forgets the oldest entries', async () => {
    for (let i = 0; i < 52; i++) {
      await memory().remember({ ...KEY, model: String(i) }, PROOF);
      await memory().remember({ ...KEY, model: '0' }, PROOF.slice(0, 1)); // the newest again
    }
    await memory().remember({ ...KEY, model: '52' }, PROOF);
    assert.equal((JSON.parse(readFileSync(file, 'utf8')) as unknown[]).length, 50);
    assert.deepEqual(await known({ ...KEY, model: '3' }), []);
    assert.deepEqual(await known({ ...KEY, model: '4' }), plain(PROOF));
    assert.deepEqual(await known({ ...KEY, model: '0' }), plain(PROOF));
  });

  it('reads no more entries than it keeps', async () => {
    await memory().remember(KEY, PROOF);
    const [entry] = JSON.parse(readFileSync(file, 'utf8')) as [[string, unknown]];
    const others = Array.from({ length: 50 }, (_, i) => [String(i).padStart(64, '0'), entry[1]]);
    writeFileSync(file, JSON.stringify([...others, entry]));
    assert.deepEqual(await known(), plain(PROOF));
    writeFileSync(file, JSON.stringify([entry, ...others]));
    assert.deepEqual(await known(), []);
  });

  describe('with a file that somebody else wrote', () => {
    let written: [string, Record<string, unknown>[]][];
    beforeEach(async () => {
      await memory().remember({ ...KEY, model: 'other' }, PROOF);
      await memory().remember(KEY, PROOF);
      written = JSON.parse(readFileSync(file, 'utf8')) as typeof written;
    });

    for (const text of ['', '{', 'null', '7', '"x"', '{}', '[null]', '[[]]', '[["x"]]', '{"length":1}']) {
      it(`knows nothing from ${JSON.stringify(text)}, and mends it`, async () => {
        writeFileSync(file, text);
        assert.deepEqual(await known(), []);
        await memory().remember(KEY, PROOF);
        assert.deepEqual(await known(), plain(PROOF));
      });
    }

    it('takes the file as it is written', async () => {
      writeFileSync(file, JSON.stringify(written));
      assert.deepEqual(await known(), plain(PROOF));
    });

    it('does not read a huge file', async () => {
      writeFileSync(file, JSON.stringify(written) + ' '.repeat(4 * 2 ** 20));
      assert.deepEqual(await known(), []);
    });

    const hostile: [string, (verdict: Record<string, unknown>) => unknown][] = [
      ['no object', () => 'works'],
      ['nothing', () => null],
      ['no execution', (verdict) => ({ ...verdict, execution: undefined })],
      ['a provider that is none', (verdict) => ({ ...verdict, execution: { ...GPU, provider: 'warp' } })],
      ['a list as provider', (verdict) => ({ ...verdict, execution: { ...GPU, provider: ['cpu'] } })],
      ['a precision that is none', (verdict) => ({ ...verdict, execution: { ...GPU, precision: 'fp8' } })],
      ['an attention that is none', (verdict) => ({ ...verdict, execution: { ...GPU, attention: 'constructor' } })],
      ['an outcome that is none', (verdict) => ({ ...verdict, outcome: 'toString' })],
      ['works in no time', (verdict) => ({ ...verdict, milliseconds: undefined })],
      ['works in a time before now', (verdict) => ({ ...verdict, milliseconds: -1 })],
      ['works in words', (verdict) => ({ ...verdict, milliseconds: '1' })],
      ['works in null', (verdict) => ({ ...verdict, milliseconds: null })],
      ['no reason for a failure', (verdict) => ({ ...verdict, outcome: 'failed', reason: undefined })],
      ['a reason of two lines', (verdict) => ({ ...verdict, outcome: 'failed', reason: 'a\nb' })],
      ['a reason with colours', (verdict) => ({ ...verdict, outcome: 'failed', reason: '\u001b[31mred' })],
      ['an endless reason', (verdict) => ({ ...verdict, outcome: 'failed', reason: 'x'.repeat(302) })],
      ['a reason that is a thing', (verdict) => ({ ...verdict, outcome: 'failed', reason: {} })],
      ['maps that are none', (verdict) => ({ ...verdict, maps: 1 })],
      ['null as maps', (verdict) => ({ ...verdict, maps: null })],
      ['maps without a mean', (verdict) => ({ ...verdict, maps: { maps: 1, samePeak: 1 } })],
      ['a share above all', (verdict) => ({ ...verdict, maps: { maps: 1, mean: 0, samePeak: 1.1 } })],
      ['a negative number of maps', (verdict) => ({ ...verdict, maps: { maps: -1, mean: 0, samePeak: 1 } })],
    ];
    for (const [what, change] of hostile) {
      it(`drops the entry with ${what}, and no other`, async () => {
        const [other, [name, verdicts]] = written as [(typeof written)[0], (typeof written)[0]];
        writeFileSync(file, JSON.stringify([other, [name, [...verdicts.slice(0, -1), change(verdicts[2]!)]]]));
        assert.deepEqual(await known(), []);
        assert.deepEqual(await known({ ...KEY, model: 'other' }), plain(PROOF));
      });
    }

    it('drops an entry with endless verdicts, and one with another name', async () => {
      const [, [name, verdicts]] = written as [unknown, (typeof written)[0]];
      writeFileSync(file, JSON.stringify([[name, Array(41).fill(verdicts[0])]]));
      assert.deepEqual(await known(), []);
      writeFileSync(file, JSON.stringify([['__proto__', verdicts]]));
      assert.deepEqual(await known(), []);
      await memory().remember({ ...KEY, model: 'other' }, PROOF);
      assert.equal(readFileSync(file, 'utf8').includes('__proto__'), false);
    });

    it('takes over nothing that it does not know', async () => {
      const more = written.map(([name, verdicts]) => [
        name,
        verdicts.map((verdict) => ({ ...verdict, execution: { ...(verdict['execution'] as object), run: 1 }, x: 2 })),
      ]);
      writeFileSync(file, JSON.stringify(more));
      assert.deepEqual(await known(), plain(PROOF));
    });
  });

  it('that cannot be written is told once, and holds as long as its process', async () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
    const warnings: string[] = [];
    const lost = new DeviceMemory(file, (message) => warnings.push(message));
    await lost.remember(KEY, PROOF);
    await lost.markFailed(KEY, GPU, 'The device was lost.');
    assert.deepEqual(chosen(await lost.verdicts(KEY)), INT8);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^What works on this machine is not kept on disk: /);
    assert.deepEqual(readdirSync(folder), ['cache']);
  });

  it('without a file holds as long as its process', async () => {
    const one = new DeviceMemory();
    await one.remember(KEY, PROOF);
    assert.deepEqual(await one.verdicts(KEY), PROOF);
  });
});
