import type { Execution } from '../../protocol/execution';
import type { Checkpoint, FloatFormat, TensorRef } from '../checkpoint/checkpoint';
import { DataType, encodeModel, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx';

/** The name of a tensor in the graph under construction. */
export type Value = string & { readonly value: unique symbol };

type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

const FORMAT: Record<FloatFormat | 'I8', number> = {
  F32: DataType.float,
  F16: DataType.float16,
  BF16: DataType.bfloat16,
  I8: DataType.int8,
};

/** With which numbers and by which form of attention a graph computes. */
export type Numerics = Pick<Execution, 'precision' | 'attention'>;

/**
 * Collects the nodes of one ONNX graph. Weights stay where they are: an initializer names its
 * place in the checkpoint file.
 */
export class GraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly initializers = new Map<string, OnnxTensor>();
  private readonly inputs: OnnxValue[] = [];
  private readonly outputs: OnnxValue[] = [];
  private readonly made = new Map<string, Value>();

  /** @param weights the checkpoint, for int8 the quantised one, see quantisedTensors; left out: there are none */
  constructor(
    private readonly weights: Checkpoint | undefined,
    readonly numerics: Numerics,
  ) {}

  input(name: string, type: 'float' | 'int64', dims: readonly (number | string)[]): Value {
    this.inputs.push({ name, type, dims });
    return name as Value;
  }

  output(name: string, value: Value, dims: readonly (number | string)[]): void {
    this.nodes.push({ opType: 'Identity', name, input: [value], output: [name], attribute: [] });
    this.outputs.push({ name, type: 'float', dims });
  }

  /** Adds a node with one output. Whole numbers become integer attributes; `{float}` says otherwise. */
  op(opType: string, input: readonly (Value | '')[], attributes: Attributes = {}, domain?: string): Value {
    const name = `${opType}_${this.nodes.length}`;
    this.nodes.push({
      opType,
      domain,
      name,
      input,
      output: [name],
      attribute: Object.entries(attributes).map(attribute),
    });
    return name as Value;
  }

  /** A node of onnxruntime's own operators. */
  fused(opType: string, input: readonly (Value | '')[], attributes: Attributes): Value {
    return this.op(opType, input, attributes, 'com.microsoft');
  }

  /** A tensor of the checkpoint in float32; half precision is converted once, when the session loads. */
  weight(name: string, shape: readonly number[]): Value {
    const ref = this.checkpoint.tensor(name, shape);
    return ref.format === 'F32' ? this.stored(ref) : this.cast(this.stored(ref), 'float');
  }

  /** A tensor of the checkpoint in the numbers that matrix products are computed with. */
  factor(name: string, shape: readonly number[]): Value {
    const ref = this.checkpoint.tensor(name, shape);
    return this.isHalf && ref.format === 'F16' ? this.stored(ref) : this.narrow(this.weight(name, shape));
  }

  /** The int8 weight `[in, out]` of a linear layer. */
  integerWeight(name: string, shape: readonly number[]): Value {
    return this.stored(this.checkpoint.integers(name, shape));
  }

  has(name: string): boolean {
    return this.checkpoint.has(name);
  }

  /** The shape of a tensor of the checkpoint; -1 in `wanted` matches any size. */
  shape(name: string, wanted: readonly number[]): readonly number[] {
    return this.checkpoint.tensor(name, wanted).shape;
  }

  /** Whether the checkpoint holds this weight as `[in, out]`. */
  isTransposed(name: string): boolean {
    return this.checkpoint.tensor(name).transposed;
  }

  /** In the numbers that matrix products are computed with: half precision in an fp16 graph, float32 in all others. */
  narrow(value: Value): Value {
    return this.isHalf ? this.cast(value, 'float16') : value;
  }

  /** Back to float32, which all that is not a matrix product is computed with. */
  wide(value: Value): Value {
    return this.isHalf ? this.cast(value, 'float') : value;
  }

  /** What several layers need of the same value is made once. */
  once(name: string, make: () => Value): Value {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const value = make();
    this.made.set(name, value);
    return value;
  }

  scalar(value: number): Value {
    return this.constant(`float:${value}`, [], DataType.float, new Uint8Array(new Float32Array([value]).buffer));
  }

  /** A number among those of matrix products. */
  factorOf(value: number): Value {
    return this.narrow(this.scalar(value));
  }

  integers(...values: number[]): Value {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.constant(`int64:${values.join(',')}`, [values.length], DataType.int64, bytes);
  }

  byte(value: number): Value {
    return this.constant(`uint8:${value}`, [], DataType.uint8, Uint8Array.of(value));
  }

  /** Bytes of the finished model. */
  finish(name: string): Uint8Array {
    return encodeModel({
      name,
      nodes: this.nodes,
      initializers: [...this.initializers.values()],
      inputs: this.inputs,
      outputs: this.outputs,
    });
  }

  private get checkpoint(): Checkpoint {
    if (this.weights) return this.weights;
    throw new RangeError('this graph has no weights');
  }

  private get isHalf(): boolean {
    return this.numerics.precision === 'fp16';
  }

  private cast(value: Value, to: 'float' | 'float16'): Value {
    return this.once(`${to} of ${value}`, () => this.op('Cast', [value], { to: DataType[to] }));
  }

  private stored({ name, shape, format, file, offset, length }: TensorRef<FloatFormat | 'I8'>): Value {
    this.initializers.set(name, {
      name,
      dims: shape,
      dataType: FORMAT[format],
      dataLocation: 1,
      externalData: [
        { key: 'location', value: file },
        { key: 'offset', value: String(offset) },
        { key: 'length', value: String(length) },
      ],
    });
    return name as Value;
  }

  private constant(name: string, dims: readonly number[], dataType: number, rawData: Uint8Array): Value {
    this.initializers.set(name, { name, dims, dataType, rawData });
    return name as Value;
  }
}

function attribute([name, value]: [string, Attributes[string]]): OnnxAttribute {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if ('float' in value) return { name, type: 1, f: value.float };
  return { name, type: 7, ints: value };
}
