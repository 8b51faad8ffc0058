import type { TextTower, Tower, VisionTower } from '../architecture';
import type { Checkpoint, TensorRef } from '../checkpoint/checkpoint';
import { LINEAR_PARTS, scalesName } from './names';
import { quantiseLinear } from './quantiseLinear';
import { smoothing } from './smoothing';

/** A tensor of a quantised checkpoint. */
export interface QuantisedTensor {
  readonly name: string;
  readonly dtype: 'F32' | 'I8';
  readonly shape: readonly number[];
  readonly values: Float32Array | Int8Array;
}

/** What is quantised, and how large what leaves the norms becomes: see normPeaksGraph. */
export interface QuantiserInput {
  readonly checkpoint: Checkpoint;
  readonly towers: readonly { readonly tower: VisionTower | TextTower; readonly peaks: Float32Array }[];
  /** Reads the values of a tensor. */
  readonly read: (tensor: TensorRef) => Promise<Float32Array>;
}

/** The digit is raised with whatever changes the numbers of a quantised checkpoint or of how it is run. */
export const QUANTISER_VERSION = 1;

/** Each group of linear layers behind a norm: the norm takes over what smoothing divides by. */
const BEHIND_NORMS = [
  { norm: 'norm1', layers: ['q', 'k', 'v'] },
  { norm: 'norm2', layers: ['fc1'] },
] as const;

const FLOATS = {
  vision: ['patch.weight', 'class', 'pre.weight', 'pre.bias', 'post.weight', 'post.bias'],
  text: ['final.weight', 'final.bias'],
} as const;

/**
 * All tensors that an int8 graph needs, under our own names: linear layers as int8 `[in, out]` with a scale per output
 * and with what smoothing moves into them, the rest in float32. Positions and token embeddings stay where they are.
 * @throws ModelError where the checkpoint lacks something
 */
export async function* quantisedTensors(input: QuantiserInput): AsyncGenerator<QuantisedTensor> {
  for (const { tower, peaks } of input.towers) {
    for (const name of FLOATS[tower.kind]) yield copied(input, `${tower.kind}.${name}`);
    yield projection(input, tower);
    for (let i = 0; i < tower.layers; i++) {
      for (const [half, group] of BEHIND_NORMS.entries()) {
        const start = (2 * i + half) * tower.width;
        yield* behindNorm(input, `${tower.kind}.blocks.${i}`, group, peaks.subarray(start, start + tower.width));
      }
      yield* quantised(input, `${tower.kind}.blocks.${i}.out`);
      yield* quantised(input, `${tower.kind}.blocks.${i}.fc2`);
      for (const part of LINEAR_PARTS) yield copied(input, `${tower.kind}.blocks.${i}.${part}.bias`);
    }
  }
}

async function* behindNorm(
  input: QuantiserInput,
  block: string,
  { norm, layers }: (typeof BEHIND_NORMS)[number],
  peaks: Float32Array,
): AsyncGenerator<QuantisedTensor> {
  const weights: Float32Array[] = [];
  for (const layer of layers) weights.push(await input.read(input.checkpoint.tensor(`${block}.${layer}.weight`)));
  const factors = smoothing(peaks, weights);
  for (const part of ['weight', 'bias']) {
    const tensor = await copied(input, `${block}.${norm}.${part}`);
    yield { ...tensor, values: tensor.values.map((value, i) => value / factors[i]!) };
  }
  for (const layer of layers) yield* quantised(input, `${block}.${layer}`, factors);
}

async function* quantised(
  { checkpoint, read }: QuantiserInput,
  layer: string,
  factors?: Float32Array,
): AsyncGenerator<QuantisedTensor> {
  const tensor = checkpoint.tensor(`${layer}.weight`);
  const [outputs, inputs] = tensor.shape as [number, number];
  const { values, scales } = quantiseLinear(await read(tensor), inputs, factors);
  yield { name: `${layer}.weight`, dtype: 'I8', shape: [inputs, outputs], values };
  yield { name: scalesName(layer), dtype: 'F32', shape: [outputs], values: scales };
}

async function copied({ checkpoint, read }: QuantiserInput, name: string): Promise<QuantisedTensor> {
  const tensor = checkpoint.tensor(name);
  return { name, dtype: 'F32', shape: tensor.shape, values: await read(tensor) };
}

/** As `[embed, width]`, however it is stored. */
async function projection({ checkpoint, read }: QuantiserInput, tower: Tower): Promise<QuantisedTensor> {
  const name = `${tower.kind}.projection.weight`;
  const tensor = checkpoint.tensor(name);
  const stored = await read(tensor);
  const { embed, width } = tower;
  const values = tensor.transposed
    ? stored.map((_, k) => stored[(k % width) * embed + Math.floor(k / width)]!)
    : stored;
  return { name, dtype: 'F32', shape: [embed, width], values };
}
