import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { decodeNpy, encodeNpy } from '../../src/cli/npy';
import type { Proof } from '../../src/engine/devices/prover';
import { REFERENCE } from '../../src/protocol/execution';
import { decodeMap, type Explanation } from '../../src/protocol/explanation';
import { DEMO_MODEL, EXAMPLES } from '../fixtures/engine';

const ENTRY = resolve(__dirname, '../../dist/cli.js');
const scene = join(EXAMPLES, 'park.png');

describe('command line', function () {
  this.timeout(30_000);
  let cache: string;
  before(() => (cache = mkdtempSync(join(tmpdir(), 'clip-cli-cache-'))));
  after(() => rmSync(cache, { recursive: true }));
  let out: string;
  beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'clip-cli-'))));
  afterEach(() => rmSync(out, { recursive: true }));

  function run(...args: string[]) {
    const env = { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache };
    const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], { encoding: 'utf8', env });
    return { status, stdout, stderr };
  }

  it('is the bin of the package', () => {
    const { bin } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    assert.equal(resolve(__dirname, '../..', bin['clip-surgery']!), ENTRY);
    assert.ok(readFileSync(ENTRY, 'utf8').startsWith('#!/usr/bin/env node'));
  });

  it('explains: record, similarities and overlays agree', async () => {
    const json = join(out, 'record.json');
    const { status, stderr } = run(
      'explain', scene, '--prompts', 'dog, tree', '--json', json, '--npy', join(out, 'npy'), '--png', join(out, 'png'),
    ); // prettier-ignore
    assert.equal(status, 0, stderr);
    const record = JSON.parse(readFileSync(json, 'utf8')) as Explanation;
    assert.deepEqual(record.prompts.map(({ text }) => text), ['dog', 'tree']); // prettier-ignore
    assert.equal(record.image.path, 'park.png');
    assert.equal(record.method.redundancy, 'reference-words');
    assert.ok(!JSON.stringify(record).includes(EXAMPLES), 'the record holds no path of this machine');

    const { dims, data } = decodeNpy(readFileSync(join(out, 'npy/park.npy')));
    const { rows, cols } = record.grid;
    assert.deepEqual(dims, [2, rows, cols]);
    assert.deepEqual(data.slice(0, rows * cols), decodeMap(record.prompts[0]!.map, record.grid));

    const files = readdirSync(join(out, 'png'));
    assert.equal(files.length, 2);
    const { width, height } = await sharp(join(out, 'png', files[0]!)).metadata();
    assert.deepEqual([width, height], [record.image.width, record.image.height]);
  });

  it('computes in the precision that is named, and says so', () => {
    const json = join(out, 'record.json');
    for (const precision of ['fp16', 'int8']) {
      assert.equal(
        run('explain', scene, '--prompts', 'star, circle', '--precision', precision, '--json', json).status,
        0,
      );
      const record = JSON.parse(readFileSync(json, 'utf8')) as Explanation;
      assert.deepEqual([record.provider, record.precision], ['cpu', precision]);
    }
    assert.match(
      run('explain', scene, '--precision', 'int4').stderr,
      /--precision is one of fp32, fp16, int8, not "int4"/,
    );
    const wrong = run('explain', scene, '--precision', 'int8', '--provider', 'webgpu');
    if (process.arch === 'x64')
      assert.match(wrong.stderr, /int8 is computed on the CPU, not on webgpu\. Use fp16 or fp32/);
  });

  it('tries devices and says which is the fastest', () => {
    const { status, stdout, stderr } = run('devices', '--provider', 'cpu');
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^cpu fp32 +works +\d+ ms\ncpu int8 +\w+ +\d+ ms maps differ by 0\.00\d+ from fp32.*\nfastest: cpu/,
    );
    const json = join(out, 'devices.json');
    assert.equal(run('devices', '--provider', 'cpu', '--precision', 'fp32', '--json', json).status, 0);
    const { verdicts, chosen } = JSON.parse(readFileSync(json, 'utf8')) as Proof;
    assert.deepEqual(verdicts.map(({ outcome }) => outcome), ['works']); // prettier-ignore
    assert.deepEqual(chosen, REFERENCE);
    assert.match(run('devices', '--provider', 'warp').stderr, /warp is not offered on this machine/);
  });

  it('takes synonyms, combinations, distractors and each set of templates', () => {
    const json = join(out, 'record.json');
    const asked = ['--prompts', 'dog | puppy, bicycle + tree', '--distractors', 'dog, sky'];
    assert.equal(run('explain', scene, ...asked, '--templates', 'openai', '--json', json).status, 0);
    const { prompts, distractors, templates } = JSON.parse(readFileSync(json, 'utf8')) as Explanation;
    assert.deepEqual(prompts.map(({ text }) => text), ['dog | puppy', 'bicycle + tree']); // prettier-ignore
    assert.deepEqual(distractors, ['dog', 'sky']);
    assert.equal(templates, 'openai');
  });

  it('explains several images into one list', () => {
    const json = join(out, 'records.json');
    const images = ['living-room.png', 'pond.png'].map((name) => join(EXAMPLES, name));
    assert.equal(run('explain', ...images, '--prompts', 'teddy bear', '--json', json).status, 0);
    const records = JSON.parse(readFileSync(json, 'utf8')) as Explanation[];
    assert.deepEqual(records.map(({ image }) => image.path), ['living-room.png', 'pond.png']); // prettier-ignore
    assert.equal(records[0]!.method.redundancy, 'empty-string');
  });

  it('prints scores where nothing is written, with the words of the model where none are given', () => {
    const { status, stdout } = run('explain', scene);
    assert.equal(status, 0);
    assert.match(stdout, /0\.\d{3} {2}cosine -?0\.\d{3} {2}dog/);
  });

  it('keeps the shape of a picture where asked to', async () => {
    const [wide, json] = [join(out, 'wide.png'), join(out, 'wide.json')];
    await sharp(scene).resize(400, 100, { fit: 'fill' }).toFile(wide);
    assert.equal(run('explain', wide, '--size', '64', '--aspect', 'keep', '--json', json).status, 0);
    const { grid, mapping, encoded } = JSON.parse(readFileSync(json, 'utf8')) as Explanation;
    assert.deepEqual([grid, mapping, encoded], [{ rows: 4, cols: 16 }, 'keep', { width: 128, height: 32 }]);
  });

  it('writes features of an image and of pixels', () => {
    const npy = join(out, 'tokens.npy');
    assert.equal(
      run('features', '--model', DEMO_MODEL, '--image', scene, '--size', '64x128', '--method', 'raw', '--npy', npy)
        .status,
      0,
    );
    const { dims } = decodeNpy(readFileSync(npy));
    assert.deepEqual(dims.slice(0, 2), [1, 1 + 8 * 16]);
    const pixels = join(out, 'pixels.npy');
    writeFileSync(pixels, encodeNpy({ dims: [1, 3, 64, 64], data: new Float32Array(3 * 64 * 64) }));
    assert.equal(
      run('features', '--model', DEMO_MODEL, '--pixels', pixels, '--method', 'clip-surgery', '--npy', npy).status,
      0,
    );
    assert.equal(decodeNpy(readFileSync(npy)).dims[1], 65);
  });

  it('writes text features, of unit length when an ensemble', () => {
    const [texts, npy] = [join(out, 'texts.json'), join(out, 'texts.npy')];
    writeFileSync(texts, '["dog", "a, b & c"]');
    assert.equal(run('text', '--model', DEMO_MODEL, '--texts', texts, '--npy', npy).status, 0);
    const { dims, data } = decodeNpy(readFileSync(npy));
    assert.equal(dims[0], 2);
    assert.ok(Math.abs(Math.hypot(...data.slice(0, dims[1])) - 1) < 1e-5);
  });

  const bad: [string, string[], RegExp][] = [
    ['no image', ['explain', '--prompts', 'x'], /Name at least one image/],
    ['an unknown command', ['explode'], /no command "explode"/],
    ['an unknown option', ['explain', scene, '--prompt', 'x'], /--prompt/],
    [
      'an unknown method',
      ['explain', scene, '--prompts', 'x', '--method', 'magic'],
      /one of clip-surgery, architecture-surgery, feature-surgery, raw/,
    ],
    ['a size that is none', ['explain', scene, '--prompts', 'x', '--size', 'big'], /--size is a number/],
    ['a shape given twice', ['explain', scene, '--size', '64x128', '--aspect', 'keep'], /--aspect keep needs --size N/],
    ['an image that is not there', ['explain', 'nothing.png', '--prompts', 'x'], /not there any more/],
    ['prompts that are all empty', ['explain', scene, '--prompts', ' , ,'], /no prompt/],
    ['a prompt of two signs', ['explain', scene, '--prompts', 'a | b + c'], /mixes \| and \+/],
    ['templates that are none', ['explain', scene, '--templates', 'many'], /one of none, photo, openai, clip-surgery/],
    ['a model that is none', ['explain', scene, '--prompts', 'x', '--model', EXAMPLES], /has no .safetensors file/],
  ];
  for (const [what, args, message] of bad) {
    it(`says in one line what is wrong with ${what}`, () => {
      const { status, stderr } = run(...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    });
  }

  it('leaves no half-written result behind when one image of two fails', () => {
    const json = join(out, 'records.json');
    assert.equal(run('explain', scene, 'nothing.png', '--prompts', 'x', '--json', json).status, 1);
    assert.ok(!existsSync(json));
  });
});

describe('.npy files', () => {
  it('hold what was written', () => {
    const tensor = { dims: [2, 3], data: Float32Array.from([1, -2, 3.5, 0, 1e-20, 6]) };
    assert.deepEqual(decodeNpy(encodeNpy(tensor)), tensor);
    assert.equal(encodeNpy(tensor).length % 64, 24);
  });

  it('that are something else are refused', () => {
    assert.throws(() => decodeNpy(Buffer.from('hello, this is text')), { message: /not an .npy file/ });
    const cut = encodeNpy({ dims: [4], data: new Float32Array(4) }).slice(0, -4);
    assert.throws(() => decodeNpy(cut), { message: /cut off/ });
    const wide = Buffer.from(encodeNpy({ dims: [4], data: new Float32Array(4) })).toString('latin1').replace('<f4', '<f8'); // prettier-ignore
    assert.throws(() => decodeNpy(Buffer.from(wide, 'latin1')), { message: /float32/ });
  });
});
