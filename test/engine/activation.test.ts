import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Checkpoint } from '../../src/clip/checkpoint/checkpoint';
import { GraphBuilder } from '../../src/clip/graph/graphBuilder';
import { activate } from '../../src/clip/graph/layers';
import { header } from '../fixtures/header';
import { REFERENCE } from '../../src/protocol/execution';
import { assertNear } from '../fixtures/near';

describe('activations', () => {
  const x = [-2, -1, 0, 0.5, 2];
  for (const [activation, expected] of [
    ['quick_gelu', x.map((value) => value / (1 + Math.exp(-1.702 * value)))],
    // x times the share of a normal distribution below x.
    ['gelu', [-0.04550026, -0.15865525, 0, 0.34573123, 1.95449974]],
  ] as const) {
    it(`${activation} (float32 rounding)`, async () => {
      const graph = new GraphBuilder(new Checkpoint(header({ 'visual.conv1.weight': [1, 3, 1, 1] })), REFERENCE);
      graph.output('y', activate(graph, activation, graph.input('x', 'float', [x.length])), [x.length]);
      const session = await InferenceSession.create(graph.finish('activation'));
      const { y } = await session.run({ x: new Tensor('float32', x, [x.length]) });
      assertNear(y!.data as Float32Array, expected, 1e-6);
    });
  }
});
