import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { Engine } from '../../src/engine/engine';
import { FeatureCache } from '../../src/engine/featureCache';
import { Model } from '../../src/engine/model';
import { ANSWERS_FILE, Answers, KEPT_PARTS } from '../../src/engine/selfTest/answers';
import { relativeDifference } from '../../src/engine/selfTest/difference';
import { KnownWork } from '../../src/engine/selfTest/knownWork';
import { Sessions } from '../../src/engine/sessions';
import { REFERENCE } from '../../src/protocol/execution';
import { DEMO_MODEL, startEngine } from '../fixtures/engine';
import { quietJob } from '../fixtures/job';
import { hasSwiftShader, swiftShaderEnv } from '../fixtures/swiftShader';

describe('the self-test', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clip-self-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const demoCopy = () => {
    cpSync(DEMO_MODEL, join(folder, 'model'), { recursive: true });
    return join(folder, 'model');
  };

  for (const part of KEPT_PARTS) {
    it(`comes with the answers of the demo model as it is: ${part}`, async () => {
      const model = await Model.open(DEMO_MODEL, new CheckpointHashes());
      const nothing = new FeatureCache(folder, assert.fail);
      nothing.write = () => assert.fail('the answers were computed');
      const answers = await new Answers(new Sessions(), nothing).of(model, part, quietJob);
      const computed = await new KnownWork(new Sessions(), model, REFERENCE, quietJob).compute(part);
      assert.ok(relativeDifference(computed, answers) < 1e-5);
    });
  }

  it('passes the CPU, in either form of attention and in half precision, and takes its time', async () => {
    for (const execution of [{}, { attention: 'plain' }, { precision: 'fp16' }] as const) {
      const { wrong, milliseconds, maps } = await new Engine().selfTest({ model: DEMO_MODEL, ...execution }, quietJob);
      assert.deepEqual([wrong, maps], [undefined, undefined]);
      assert.ok(milliseconds > 0);
    }
  });

  it('says which part is wrong, and by how much', async () => {
    const model = demoCopy();
    const path = join(model, ANSWERS_FILE);
    const answers = readFileSync(path);
    // Half of the last part, which is the text encoder's.
    answers.fill(0, answers.length - 512);
    writeFileSync(path, answers);
    const { wrong } = await new Engine().selfTest({ model }, quietJob);
    assert.match(wrong!, /^Its text encoder differs by \d+ % from the CPU's\.$/);
  });

  it('computes the answers of a model that comes without them, once', async () => {
    const model = demoCopy();
    rmSync(join(model, ANSWERS_FILE));
    const features = new FeatureCache(join(folder, 'cache'), assert.fail);
    const written: Promise<void>[] = [];
    const write = features.write.bind(features);
    features.write = (...what) => {
      written.push(write(...what));
      return written.at(-1)!;
    };
    for (const expected of [2, 2]) {
      assert.equal((await new Engine({ features }).selfTest({ model }, quietJob)).wrong, undefined);
      assert.equal(written.length, expected);
      await Promise.all(written);
    }
  });

  it('does not believe answers to other weights', async () => {
    const model = demoCopy();
    const path = join(model, ANSWERS_FILE);
    const other = readFileSync(path)
      .toString('latin1')
      .replaceAll(/1\.[0-9a-f]{64}\./g, `1.${'0'.repeat(64)}.`);
    writeFileSync(path, Buffer.from(Buffer.from(other, 'latin1').fill(0, other.length - 4096)));
    assert.equal((await new Engine().selfTest({ model }, quietJob)).wrong, undefined);
  });

  it('finds out that fused attention is wrong on the software driver of WebGPU', async function () {
    if (!hasSwiftShader) this.skip();
    const engine = startEngine({ env: swiftShaderEnv });
    try {
      const request = { model: DEMO_MODEL, provider: 'webgpu', attention: 'fused' } as const;
      const { wrong } = await engine.call('selfTest', request);
      assert.match(wrong!, /^Its attention differs by \d+ % from the CPU's\.$/);
      await assert.rejects(engine.call('selfTest', { ...request, attention: 'plain', precision: 'fp16' }), {
        code: 'provider',
        message: /f16/,
      });
    } finally {
      engine.dispose();
    }
  });
});

describe('the relative difference', () => {
  it('is that of the lengths, and infinite for other numbers of values or no numbers', () => {
    const answer = Float32Array.of(3, 4);
    assert.equal(relativeDifference(answer, answer), 0);
    assert.equal(relativeDifference(Float32Array.of(3, 9), answer), 1);
    assert.equal(relativeDifference(Float32Array.of(3), answer), Infinity);
    assert.ok(!(relativeDifference(Float32Array.of(NaN, 4), answer) <= 1));
  });
});
