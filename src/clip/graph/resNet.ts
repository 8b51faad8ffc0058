import type { ResNetTower } from '../architecture';
import { ModelError } from '../errors';
import { AttentionPool, type PoolPath } from './attentionPool';
import type { GraphBuilder, Value } from './graphBuilder';
import { add } from './layers';

/** A picture in the making, in the numbers of matrix products, and its number of channels: `[B, channels, h, w]`. */
interface Channels {
  readonly value: Value;
  readonly count: number;
}

const NORM_EPSILON = 1e-5;

/**
 * ONNX model of OpenAI's ModifiedResNet: a stem of three convolutions, four stages of bottlenecks that
 * average before they shrink, and an attention pool whose every token asks (METHODS.md section 2).
 *
 * Inputs: `pixels` [B, 3, H, W], normalised; `positions` [1+N, width], see positionsFor.
 * Output: `tokens` [B, 1+N, embed], not normalised; token 0 stands for the mean of the patches.
 */
export function resNetGraph(graph: GraphBuilder, tower: ResNetTower, path: PoolPath): Uint8Array {
  const pixels = graph.input('pixels', 'float', ['batch', 3, 'height', 'width']);
  const positions = graph.input('positions', 'float', ['tokens', tower.width]);
  let x = stem(graph, { value: graph.narrow(pixels), count: 3 });
  tower.stages.forEach((bottlenecks, stage) => {
    for (let i = 0; i < bottlenecks; i++) {
      // The stem and the first block of every stage but the first shrink the picture.
      x = bottleneck(graph, `vision.resnet.layer${stage + 1}.${i}`, x, stage > 0 && i === 0 ? 2 : 1);
    }
  });
  if (x.count !== tower.width) {
    throw new ModelError(`The last stage has ${x.count} channels and the attention pool takes ${tower.width}.`);
  }
  const tokens = path(new AttentionPool(graph, tower), add(graph, withMeanToken(graph, x), positions));
  graph.output('tokens', tokens, ['batch', 'tokens', tower.embed]);
  return graph.finish('clip-resnet');
}

function stem(graph: GraphBuilder, pixels: Channels): Channels {
  const layer = (i: number, x: Channels, stride = 1) =>
    relu(graph, convolution(graph, `vision.resnet.conv${i}`, `vision.resnet.bn${i}`, x, 3, stride));
  return averaged(graph, layer(3, layer(2, layer(1, pixels, 2))), 2);
}

function bottleneck(graph: GraphBuilder, name: string, x: Channels, stride: number): Channels {
  const layer = (i: number, from: Channels, kernel: number) =>
    convolution(graph, `${name}.conv${i}`, `${name}.bn${i}`, from, kernel);
  const wide = relu(graph, layer(2, relu(graph, layer(1, x, 1)), 3));
  const out = layer(3, averaged(graph, wide, stride), 1);
  const short = averaged(graph, x, stride);
  const changes = graph.has(`${name}.downsample.0.weight`);
  const identity = changes ? convolution(graph, `${name}.downsample.0`, `${name}.downsample.1`, short, 1) : short;
  if (identity.count !== out.count) {
    throw new ModelError(`"${name}" of the ResNet adds ${out.count} channels to ${identity.count}.`);
  }
  return relu(graph, { value: add(graph, out.value, identity.value), count: out.count });
}

/**
 * A convolution with the frozen batch norm behind it folded in: one set of weights and a bias. The
 * fold is made of constants, so the runtime computes it once, when the session loads, and keeps only the result.
 */
function convolution(
  graph: GraphBuilder,
  name: string,
  norm: string,
  x: Channels,
  kernel: number,
  stride = 1,
): Channels {
  const shape = [-1, x.count, kernel, kernel];
  const [count] = graph.shape(`${name}.weight`, shape) as [number];
  const statistic = (part: string) => graph.weight(`${norm}.${part}`, [count]);
  const deviation = graph.op('Sqrt', [add(graph, statistic('running_var'), graph.scalar(NORM_EPSILON))]);
  const scale = graph.op('Div', [statistic('weight'), deviation]);
  const perFilter = graph.op('Reshape', [scale, graph.integers(count, 1, 1, 1)]);
  const weight = graph.op('Mul', [graph.weight(`${name}.weight`, shape), perFilter]);
  const bias = graph.op('Sub', [statistic('bias'), graph.op('Mul', [statistic('running_mean'), scale])]);
  const border = (kernel - 1) / 2;
  const value = graph.op('Conv', [x.value, graph.narrow(weight), graph.narrow(bias)], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [border, border, border, border],
  });
  return { value, count };
}

function relu(graph: GraphBuilder, { value, count }: Channels): Channels {
  return { value: graph.op('Relu', [value]), count };
}

/** The mean of each square of so many pixels. */
function averaged(graph: GraphBuilder, x: Channels, side: number): Channels {
  if (side === 1) return x;
  const squares = { kernel_shape: [side, side], strides: [side, side] };
  return { ...x, value: graph.op('AveragePool', [x.value], squares) };
}

/** One token per place, row-major, behind their mean: `[B, 1+N, channels]`. */
function withMeanToken(graph: GraphBuilder, { value, count }: Channels): Value {
  const flat = graph.op('Reshape', [graph.wide(value), graph.integers(0, count, -1)]);
  const tokens = graph.op('Transpose', [flat], { perm: [0, 2, 1] });
  const mean = graph.op('ReduceMean', [tokens, graph.integers(1)], { keepdims: 1 });
  return graph.op('Concat', [mean, tokens], { axis: 1 });
}
