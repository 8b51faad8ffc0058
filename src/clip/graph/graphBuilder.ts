import type { Checkpoint, FloatFormat } from '../checkpoint/checkpoint';
import { DataType, encodeModel, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx';

/** The name of a tensor in the graph under construction. */
export type Value = string & { readonly value: unique symbol };

type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

const FORMAT: Record<FloatFormat, number> = { F32: DataType.float, F16: DataType.float16, BF16: DataType.bfloat16 };

/**
 * Collects the nodes of one ONNX graph. Weights stay where they are: an initializer names its
 * place in the checkpoint file.
 */
export class GraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly initializers = new Map<string, OnnxTensor>();
  private readonly inputs: OnnxValue[] = [];
  private readonly outputs: OnnxValue[] = [];

  /** @param fusedAttention whether the provider's fused attention can be trusted */
  constructor(
    private readonly checkpoint: Checkpoint,
    readonly fusedAttention: boolean,
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
    const stored = this.stored(name, shape);
    return stored.half ? this.toFloat(stored.value) : stored.value;
  }

  /** A tensor of the checkpoint as it is stored. */
  stored(name: string, shape: readonly number[]): { readonly value: Value; readonly half: boolean } {
    const ref = this.checkpoint.tensor(name, shape);
    this.initializers.set(name, {
      name,
      dims: ref.shape,
      dataType: FORMAT[ref.format],
      dataLocation: 1,
      externalData: [
        { key: 'location', value: ref.file },
        { key: 'offset', value: String(ref.offset) },
        { key: 'length', value: String(ref.length) },
      ],
    });
    return { value: name as Value, half: ref.format !== 'F32' };
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

  toFloat(value: Value): Value {
    return this.op('Cast', [value], { to: DataType.float });
  }

  scalar(value: number): Value {
    return this.constant(`float:${value}`, [], DataType.float, new Uint8Array(new Float32Array([value]).buffer));
  }

  integers(...values: number[]): Value {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.constant(`int64:${values.join(',')}`, [values.length], DataType.int64, bytes);
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
