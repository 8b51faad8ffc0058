import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';

describe('broken model folders', function () {
  let engine: EngineClient;
  let folder: string;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clip-broken-'));
    for (const file of ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'model.safetensors']) {
      cpSync(join(DEMO_MODEL, file), join(folder, file));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const weights = () => join(folder, 'model.safetensors');
  const explain = () =>
    engine.call('explain', {
      model: folder, image: { path: join(EXAMPLES, 'two-hearts.png') }, imageName: 'two-hearts.png',
      prompts: ['red heart', 'dog'], method: 'clip-surgery',
    }); // prettier-ignore
  const rejects = (message: RegExp) => assert.rejects(explain(), { code: 'bad-model', message });

  /** Renames a tensor in the header, keeping its length, so that it is missing. */
  function hideTensor(name: string): void {
    const file = readFileSync(weights());
    const at = file.indexOf(`"${name}"`);
    assert.ok(at > 0, name);
    file.write('"XX', at, 'latin1');
    writeFileSync(weights(), file);
  }

  it('a tensor of the image encoder is missing', async () => {
    hideTensor('vision_model.encoder.layers.3.mlp.fc1.weight');
    await rejects(/no tensor "vision_model.encoder.layers.3.mlp.fc1.weight"/);
  });

  it('a tensor of the text encoder is missing', async () => {
    hideTensor('text_model.final_layer_norm.bias');
    await rejects(/no tensor "text_model.final_layer_norm.bias"/);
  });

  it('the checkpoint is cut off', async () => {
    truncateSync(weights(), 500_000);
    await rejects(/cut off/);
  });

  it('a weight is NaN', async () => {
    const file = readFileSync(weights());
    const length = Number(file.readBigUInt64LE(0));
    const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    const { data_offsets } = header['vision_model.post_layernorm.bias']!;
    file.writeUInt16LE(0x7e00, 8 + length + data_offsets[0]);
    writeFileSync(weights(), file);
    await rejects(/not numbers: its checkpoint is damaged/);
  });

  it('there are no weights', async () => {
    rmSync(weights());
    await rejects(/has no .safetensors file/);
  });

  it('there is no tokenizer', async () => {
    rmSync(join(folder, 'tokenizer.json'));
    await rejects(/has no tokenizer.json/);
  });

  it('the config is not JSON', async () => {
    writeFileSync(join(folder, 'config.json'), '{ "model_type": ');
    await rejects(/config.json of the model is not valid JSON/);
  });

  it('the folder is repaired: the next request works', async () => {
    truncateSync(weights(), 500_000);
    await rejects(/cut off/);
    cpSync(join(DEMO_MODEL, 'model.safetensors'), weights());
    assert.equal((await explain()).prompts.length, 2);
  });
});
