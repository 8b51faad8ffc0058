import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { featureSurgery } from '../../src/clip/explanation/featureSurgery';
import { plainCosines } from '../../src/clip/explanation/similarity';
import { positionsFor } from '../../src/clip/graph/positions';
import { normalise } from '../../src/clip/preprocess/normalise';
import { resize } from '../../src/clip/preprocess/resize';
import { compared } from '../fixtures/compared';
import { fill, type TensorSpec } from '../fixtures/formula';
import { describeGolden, golden, readJson, readNpy } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';

const SIZES = [
  ['tiny_vit', 32],
  ['tiny_vit', 56],
  ['tiny_vit12', 56],
  ['tiny_rn', 96],
  ['tiny_rn', 160],
] as const;

async function picture(config: string) {
  const { data, info } = await sharp(readFileSync(golden(`${config}/image.png`))).raw().toBuffer({ resolveWithObject: true }); // prettier-ignore
  return { width: info.width, height: info.height, data };
}

describeGolden('official preprocessing', () => {
  for (const [config, size] of SIZES) {
    it(`${config} at ${size} px: resized to the last bit`, async () => {
      const expected = readNpy(`${config}/resized_${size}_u8.npy`);
      assert.deepEqual(Float32Array.from(resize(await picture(config), size, size).data), expected.data);
    });
  }

  it('normalises as torch does (one rounding of float32)', async () => {
    const pixels = normalise(resize(await picture('tiny_vit'), 32, 32));
    assertNear(pixels, readNpy('tiny_vit/pixel_32.npy').data, 3e-7);
  });
});

describeGolden('official positional embeddings', () => {
  // Rounding of float32: the values are of order 1, those of the ResNet up to 16.
  for (const [config, name, side, size, tolerance] of [
    ['tiny_vit', 'visual.positional_embedding', 7, 56, 1e-6],
    ['tiny_rn', 'visual.attnpool.positional_embedding', 5, 160, 1e-5],
  ] as const) {
    it(`of ${config} are resized bilinearly`, () => {
      const spec = readJson<TensorSpec[]>(`${config}/weights_spec.json`).find((t) => t.name === name)!;
      const resized = positionsFor(fill(spec), spec.shape[1]!, { rows: side, cols: side });
      assertNear(resized, readNpy(`${config}/pos_embed_${size}.npy`).data, tolerance);
    });
  }
});

describeGolden('official feature surgery', () => {
  for (const size of [32, 56]) {
    const input = (empty?: Float32Array) =>
      compared({
        tokens: readNpy(`tiny_vit/cs_image_${size}.npy`).data,
        texts: readNpy('tiny_vit/text_ensemble.npy').data,
        width: 32,
        empty,
      });
    // The closed form sums in another order than the published one: 1e-6 on values up to 0.1.
    it(`without redundant features at ${size} px`, () =>
      assertNear(featureSurgery(input()), byLabel(`sim_${size}`), 1e-6));
    it(`against the empty string at ${size} px`, () => {
      const empty = readNpy('tiny_vit/text_redundant.npy').data;
      assertNear(featureSurgery(input(empty)), byLabel(`sim_redundant_${size}`), 1e-6);
    });
    it(`plain cosine at ${size} px`, () => assertNear(plainCosines(input()), byLabel(`sim_plain_${size}`), 1e-6));
  }
});

/** `[1, 1+N, labels]` without the class token, as `[labels, N]`. */
function byLabel(name: string): Float32Array {
  const { shape, data } = readNpy(`tiny_vit/${name}.npy`);
  const [, tokens, labels] = shape as [number, number, number];
  const patches = tokens - 1;
  return Float32Array.from(
    { length: labels * patches },
    (_, i) => data[(1 + (i % patches)) * labels + Math.floor(i / patches)]!,
  );
}
