import { strict as assert } from 'node:assert';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointHashes } from '../../../src/engine/checkpointHashes';
import { exampleImages } from '../../../src/engine/exampleImages';
import { QuantisedModels } from '../../../src/engine/int8/quantisedModels';
import type { Job } from '../../../src/engine/job';
import { Model } from '../../../src/engine/model';
import { DEMO_MODEL, EXAMPLES } from '../../fixtures/engine';
import { goldenModel, hasGolden } from '../../fixtures/golden';
import { quietJob } from '../../fixtures/job';

const examples = exampleImages(EXAMPLES).slice(0, 3);

describe('int8 weights on disk', function () {
  this.timeout(30_000);
  let folder: string;
  let model: Model;
  before(async () => (model = await Model.open(DEMO_MODEL, new CheckpointHashes())));
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clip-int8-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (where = folder, mostBytes?: number) =>
    new QuantisedModels({ folder: where, examples, hashes: new CheckpointHashes(), mostBytes });
  /** Asks for the weights, and says whether they were made. */
  const made = async (models = start()) => {
    let isMade = false;
    await models.of(model, { ...quietJob, stage: ({ name }) => (isMade ||= name === 'quantising-model') });
    return isMade;
  };
  const files = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const weights = () => {
    const { parentPath, name } = files().find(({ name }) => name === 'model.safetensors')!;
    return join(parentPath, name);
  };

  it('are made once, for other processes and other days as well, and once for all who ask at the same time', async () => {
    const models = start();
    assert.deepEqual(await Promise.all([made(models), made(models)]), [true, false]);
    assert.equal(await made(models), false);
    assert.equal(await made(), false);
    assert.deepEqual(files().map(({ name }) => name).sort(), ['model.safetensors', 'sha256']); // prettier-ignore
  });

  it('are half of what fp16 takes, without the tables that stay in the checkpoint', async () => {
    await made();
    assert.ok(statSync(weights()).size < 0.75 * statSync(join(DEMO_MODEL, 'model.safetensors')).size);
  });

  it('are made anew when the file was cut, or changed in the same length', async () => {
    await made();
    const { size } = statSync(weights());
    truncateSync(weights(), size - 1);
    assert.equal(await made(), true);
    const bytes = Buffer.alloc(size, 7);
    writeFileSync(weights(), bytes);
    utimesSync(weights(), 1, 1);
    assert.equal(await made(), true);
    assert.equal(await made(), false);
  });

  it('go when there are too many and they were not of use for long', async () => {
    await made();
    const path = weights();
    utimesSync(path, 1, 1);
    await made();
    assert.ok(statSync(path).mtimeMs > Date.now() - 60_000, 'their time says when they were last of use');
    start(folder, 1e9);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(existsSync(path));
    start(folder, 1e6);
    while (existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await made(), true);
  });

  it('leave nothing behind when they are cancelled or the weights cannot be read', async () => {
    const stop = new AbortController();
    const job: Job = { signal: stop.signal, stage: () => stop.abort() };
    await assert.rejects(start().of(model, job), { name: 'AbortError' });
    assert.deepEqual(files(), []);
    assert.equal(await made(), true, 'and can be made later');
  });

  it('say what to do when the disk cannot hold them', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await assert.rejects(start(file).of(model, quietJob), {
      message: /^The int8 weights of the model cannot be written: .*\.$/,
      hint: 'Make room on the disk, or use fp32.',
    });
  });

  it('are not for ResNets', async function () {
    if (!hasGolden) this.skip();
    const resnet = await Model.open(goldenModel('tiny_rn'), new CheckpointHashes());
    await assert.rejects(start().of(resnet, quietJob), { message: /^int8 is for vision transformers/ });
    rmSync(resnet.folder, { recursive: true });
  });
});
