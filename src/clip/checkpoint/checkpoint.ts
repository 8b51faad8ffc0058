import { ModelError } from '../errors';
import { BLOCK_PARTS, namingOf, type NamingScheme } from './naming';
import { refuseOtherModels } from './otherModels';
import type { StoredTensor } from './safetensors';

const FLOATS = ['F32', 'F16', 'BF16'] as const;
export type FloatFormat = (typeof FLOATS)[number];

/** A tensor of a checkpoint that may consist of several files. */
export interface PlacedTensor extends StoredTensor {
  /** Name of the file that holds it, without its folder. */
  readonly file: string;
}

/** Where one tensor of our set of names lies in the checkpoint. */
export interface TensorRef<Format = FloatFormat> {
  readonly name: string;
  readonly format: Format;
  readonly shape: readonly number[];
  /** Name of the file that holds it, without its folder. */
  readonly file: string;
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
   * @param tensors the headers of its files
   * @throws ModelError when this is not a CLIP, or one that cannot be explained.
   */
  constructor(private readonly tensors: ReadonlyMap<string, PlacedTensor>) {
    refuseOtherModels(tensors.keys());
    const naming = namingOf(tensors);
    if (!naming) throw new ModelError('The checkpoint is not a CLIP model: it has no patch embedding.');
    this.naming = naming;
    for (const tower of ['vision', 'text']) this.refuseUnknownParts(`${tower}.blocks`);
  }

  /** Which library's names the file uses. */
  get scheme(): NamingScheme['name'] {
    return this.naming.name;
  }

  /** Whether the image encoder is a ModifiedResNet. */
  get isResNet(): boolean {
    return this.naming.isResNet;
  }

  /** How many members a list of layers has: `vision.blocks`, `text.blocks`, `vision.resnet.layer1`. */
  count(list: string): number {
    let count = 0;
    for (const [index] of this.members(list)) count = Math.max(count, index + 1);
    return count;
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
    if (wanted && !fits(found, wanted))
      throw wrongShape(storedName, found, `[${wanted.map((n) => (n === -1 ? 'n' : n)).join(', ')}]`);
    return { name, format: stored.dtype, shape: found, file: stored.file, offset, length, transposed };
  }

  /**
   * A tensor of int8 values, which only checkpoints that we quantised ourselves have.
   * @throws ModelError as {@link tensor}
   */
  integers(name: string, shape: readonly number[]): TensorRef<'I8'> {
    const { name: storedName } = this.naming.stored(name);
    const stored = this.tensors.get(storedName);
    if (stored?.dtype !== 'I8') throw new ModelError(`The checkpoint has no int8 tensor "${storedName}".`);
    const { shape: found, file, offset, length } = stored;
    if (!fits(found, shape)) throw wrongShape(storedName, found, `[${shape.join(', ')}]`);
    return { name, format: 'I8', shape: found, file, offset, length, transposed: false };
  }

  /** A part that we would leave out, such as a layer scale, would make other maps than the model's own. */
  private refuseUnknownParts(list: string): void {
    for (const [index, name] of this.members(list)) {
      const known = BLOCK_PARTS.flatMap((part) => ['weight', 'bias'].map((kind) => `${list}.${index}.${part}.${kind}`));
      if (known.some((ours) => this.naming.stored(ours).name === name)) continue;
      throw new ModelError(`The model has "${name}", which no CLIP has; it cannot be explained.`);
    }
  }

  /** The tensors of a list of layers, each with the number of its layer. */
  private *members(list: string): Iterable<[index: number, name: string]> {
    const start = `${this.naming.stored(list).name}.`;
    for (const name of this.tensors.keys()) {
      const index = name.startsWith(start) ? /^\d+(?=\.)/.exec(name.slice(start.length)) : null;
      if (index) yield [Number(index[0]), name];
    }
  }
}

function isFloat(format: string): format is FloatFormat {
  return (FLOATS as readonly string[]).includes(format);
}

function fits(found: readonly number[], wanted: readonly number[]): boolean {
  return found.length === wanted.length && wanted.every((size, i) => (size === -1 ? found[i]! > 0 : size === found[i]));
}

function wrongShape(name: string, found: readonly number[], wanted: string): ModelError {
  return new ModelError(`Tensor "${name}" has shape [${found.join(', ')}] where ${wanted} is needed.`);
}
