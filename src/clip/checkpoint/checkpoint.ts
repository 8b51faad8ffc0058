import { ModelError } from '../errors';
import { namingOf, type NamingScheme } from './naming';
import type { StoredTensor } from './safetensors';

const FLOATS = ['F32', 'F16', 'BF16'] as const;
export type FloatFormat = (typeof FLOATS)[number];

/** Where one tensor of our set of names lies in the checkpoint file. */
export interface TensorRef {
  readonly name: string;
  readonly format: FloatFormat;
  readonly shape: readonly number[];
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
  /** `[in, out]` instead of `[out, in]`. */
  readonly transposed: boolean;
}

/** A checkpoint's tensors under our own names; knows places and shapes, reads no weights. */
export class Checkpoint {
  private readonly naming: NamingScheme;

  /**
   * @param tensors the file's header
   * @throws ModelError when this is not a CLIP with a vision transformer.
   */
  constructor(private readonly tensors: ReadonlyMap<string, StoredTensor>) {
    const naming = namingOf(tensors);
    if (!naming) throw new ModelError('The checkpoint is not a CLIP model: it has no patch embedding.');
    if (tensors.has('visual.attnpool.k_proj.weight')) {
      throw new ModelError('This is a CLIP with a ResNet image encoder; only vision transformers can be explained.');
    }
    this.naming = naming;
  }

  /** How many blocks a tower has. */
  layers(tower: 'vision' | 'text'): number {
    let layers = 0;
    for (const name of this.tensors.keys()) {
      const match = this.naming.blocks[tower].exec(name);
      if (match) layers = Math.max(layers, Number(match[1]) + 1);
    }
    return layers;
  }

  has(name: string): boolean {
    return this.tensors.has(this.naming.stored(name).name);
  }

  /**
   * @param shape what it must be, as a linear layer `[out, in]`; -1 matches any size
   * @throws ModelError when the tensor is missing or has another shape or format.
   */
  tensor(name: string, shape?: readonly number[]): TensorRef {
    const { name: storedName, third, transposed = false } = this.naming.stored(name);
    const stored = this.tensors.get(storedName);
    if (!stored) throw new ModelError(`The checkpoint has no tensor "${storedName}".`, 'Download the file again.');
    if (!isFloat(stored.dtype)) {
      throw new ModelError(`Tensor "${storedName}" is stored as ${stored.dtype}; F32, F16 and BF16 can be read.`);
    }
    let { shape: found, offset, length } = stored;
    if (third !== undefined) {
      // Rows of a packed query-key-value projection are contiguous, so a third of it is a tensor of its own.
      if (found.length === 0 || found[0]! % 3 !== 0) throw wrongShape(storedName, found, '[3 x width, …]');
      found = [found[0]! / 3, ...found.slice(1)];
      length /= 3;
      offset += third * length;
    }
    const wanted = shape && transposed ? [...shape].reverse() : shape;
    if (wanted && !fits(found, wanted)) throw wrongShape(storedName, found, `[${wanted.join(', ')}]`);
    return { name, format: stored.dtype, shape: found, offset, length, transposed };
  }
}

function isFloat(format: string): format is FloatFormat {
  return (FLOATS as readonly string[]).includes(format);
}

function fits(found: readonly number[], wanted: readonly number[]): boolean {
  return found.length === wanted.length && wanted.every((size, i) => size === -1 || size === found[i]);
}

function wrongShape(name: string, found: readonly number[], wanted: string): ModelError {
  return new ModelError(`Tensor "${name}" has shape [${found.join(', ')}] where ${wanted} is needed.`);
}
