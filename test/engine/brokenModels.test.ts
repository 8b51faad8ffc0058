import { strict as assert } from 'node:assert';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';
import { mutated, seeded } from '../fixtures/mutations';

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
      model: folder, image: { path: join(EXAMPLES, 'living-room.png') }, imageName: 'living-room.png',
      prompts: ['teddy bear', 'dog'], method: 'clip-surgery',
    }); // prettier-ignore
  const rejects = (message: RegExp) => assert.rejects(explain(), { code: 'bad-model', message });

  type Tensors = Record<string, { shape: number[]; data_offsets: [number, number] }>;
  /** Changes the header; its length stays, so that the weights stay where they are. */
  function changeHeader(change: (tensors: Tensors) => void): void {
    const file = readFileSync(weights());
    const length = Number(file.readBigUInt64LE(0));
    const tensors = JSON.parse(file.toString('utf8', 8, 8 + length)) as Tensors;
    change(tensors);
    const changed = JSON.stringify(tensors);
    assert.ok(changed.length <= length, 'the new header is longer');
    file.write(changed.padEnd(length), 8, 'latin1');
    writeFileSync(weights(), file);
  }
  function renameTensor(name: string, to: string): void {
    changeHeader((tensors) => {
      tensors[to] = tensors[name]!;
      delete tensors[name];
    });
  }
  const hideTensor = (name: string) => renameTensor(name, 'hidden');
  /** Makes the first value of a half-precision tensor NaN. */
  function spoil(name: string): void {
    const file = readFileSync(weights());
    const length = Number(file.readBigUInt64LE(0));
    const tensors = JSON.parse(file.toString('utf8', 8, 8 + length)) as Tensors;
    file.writeUInt16LE(0x7e00, 8 + length + tensors[name]!.data_offsets[0]);
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
    spoil('vision_model.post_layernorm.bias');
    await rejects(/not numbers: its checkpoint is damaged/);
  });

  it('the logit scale is NaN', async () => {
    spoil('logit_scale');
    await rejects(/logit scale of the checkpoint is not a number/);
  });

  it('images and texts have features of different lengths', async () => {
    changeHeader(({ 'visual_projection.weight': projection }) => {
      const [begin, end] = projection!.data_offsets;
      projection!.shape = [96, 192];
      projection!.data_offsets = [begin, (begin + end) / 2];
    });
    await rejects(/Images have 96 features in this model and texts 192/);
  });

  it('there are no weights', async () => {
    rmSync(weights());
    await rejects(/has no .safetensors file/);
  });

  it('there is only a PyTorch file: what it is, and how to get the other', async () => {
    rmSync(weights());
    for (const [file, python] of [
      [
        'pytorch_model.bin',
        /^Get the .*Hugging Face.*python -c "import torch;.*torch.load\('pytorch_model.bin', weights_only=True\)/,
      ],
      ['ViT-B-16.pt', /python -c "import torch;.*torch.jit.load\('ViT-B-16.pt', 'cpu'\)/],
    ] as const) {
      writeFileSync(join(folder, file), 'a pickle');
      await assert.rejects(explain(), {
        code: 'bad-model',
        message: new RegExp(`has only "${file}": a PyTorch file is`),
        hint: python,
      });
      rmSync(join(folder, file));
    }
  });

  it('a part of a sharded checkpoint is missing', async () => {
    const index = { weight_map: { logit_scale: 'model-00001-of-00002.safetensors', more: 'gone.safetensors' } };
    renameSync(weights(), join(folder, 'model-00001-of-00002.safetensors'));
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    await rejects(/lacks "gone.safetensors"/);
  });

  it('it is a SigLIP, with the reason', async () => {
    renameTensor('vision_model.embeddings.class_embedding', 'vision_model.head.probe');
    await rejects(/^This is a SigLIP: .* instead of a class token \("vision_model.head.probe"\)/);
  });

  it('the tokenizer belongs to a larger vocabulary', async () => {
    const path = join(folder, 'tokenizer.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('2207', '92207'));
    await rejects(/tokenizer of the model has tokens that its text encoder does not know/);
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

  it('anything at all: one clear error or no harm, and the process goes on', async () => {
    await explain();
    const { pid } = engine;
    const whole = readFileSync(weights());
    const random = seeded(11);
    for (let i = 0; i < 30; i++) {
      writeFileSync(weights(), mutated(whole, random));
      await explain().catch((error: { code: string; message: string }) =>
        assert.equal(error.code, 'bad-model', `mutation ${i}: ${error.message}`),
      );
    }
    assert.equal(engine.pid, pid);
  });
});
