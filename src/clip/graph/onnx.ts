import { Root } from 'protobufjs/light';

/** The part of the ONNX format that our graphs use; numbers are those of onnx.proto. */
const { nested } = {
  nested: {
    ModelProto: message({ irVersion: ['int64', 1], producerName: ['string', 2], graph: ['GraphProto', 7], opsetImport: ['OperatorSetIdProto', 8, 'repeated'] }),
    OperatorSetIdProto: message({ domain: ['string', 1], version: ['int64', 2] }),
    GraphProto: message({ node: ['NodeProto', 1, 'repeated'], name: ['string', 2], initializer: ['TensorProto', 5, 'repeated'], input: ['ValueInfoProto', 11, 'repeated'], output: ['ValueInfoProto', 12, 'repeated'] }),
    NodeProto: message({ input: ['string', 1, 'repeated'], output: ['string', 2, 'repeated'], name: ['string', 3], opType: ['string', 4], attribute: ['AttributeProto', 5, 'repeated'], domain: ['string', 7] }),
    AttributeProto: message({ name: ['string', 1], f: ['float', 2], i: ['int64', 3], floats: ['float', 7, 'repeated'], ints: ['int64', 8, 'repeated'], type: ['int32', 20] }),
    TensorProto: message({ dims: ['int64', 1, 'repeated'], dataType: ['int32', 2], name: ['string', 8], rawData: ['bytes', 9], externalData: ['StringStringEntryProto', 13, 'repeated'], dataLocation: ['int32', 14] }),
    StringStringEntryProto: message({ key: ['string', 1], value: ['string', 2] }),
    ValueInfoProto: message({ name: ['string', 1], type: ['TypeProto', 2] }),
    TypeProto: message({ tensorType: ['TypeProtoTensor', 1] }),
    TypeProtoTensor: message({ elemType: ['int32', 1], shape: ['TensorShapeProto', 2] }),
    TensorShapeProto: message({ dim: ['Dimension', 1, 'repeated'] }),
    Dimension: message({ dimValue: ['int64', 1], dimParam: ['string', 2] }),
  },
}; // prettier-ignore

const Model = Root.fromJSON({ nested }).lookupType('ModelProto');

function message(fields: Record<string, [type: string, id: number, rule?: 'repeated']>) {
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([name, [type, id, rule]]) => [name, { type, id, rule }])),
  };
}

export const DataType = { float: 1, uint8: 2, int8: 3, int64: 7, float16: 10, bfloat16: 16 } as const;
export type DataTypeName = keyof typeof DataType;

export interface OnnxAttribute {
  readonly name: string;
  readonly type: 1 | 2 | 6 | 7;
  readonly f?: number;
  readonly i?: number;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly opType: string;
  readonly domain?: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData?: Uint8Array;
  /** 1: the values lie in another file, see `externalData`. */
  readonly dataLocation?: 1;
  readonly externalData?: readonly { readonly key: string; readonly value: string }[];
}

export interface OnnxValue {
  readonly name: string;
  readonly type: DataTypeName;
  /** A number, or a name for a size that is known at run time only. */
  readonly dims: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Bytes of an ONNX model: opset 18 and onnxruntime's own operators. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const value = ({ name, type, dims }: OnnxValue) => ({
    name,
    type: {
      tensorType: {
        elemType: DataType[type],
        shape: { dim: dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })) },
      },
    },
  });
  const model = {
    irVersion: 8,
    producerName: 'clip-surgery',
    opsetImport: [
      { domain: '', version: 18 },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: {
      name: graph.name,
      node: graph.nodes,
      initializer: graph.initializers,
      input: graph.inputs.map(value),
      output: graph.outputs.map(value),
    },
  };
  return Model.encode(Model.fromObject(model)).finish();
}
