import { GraphBuilder, type Value } from './graphBuilder';
import { REFERENCE } from '../../protocol/execution';

/** Rows of zeros have no direction: their cosines are 0. */
const SHORTEST = 1e-20;

/**
 * ONNX model of the cosines of all rows of one matrix with all rows of another.
 *
 * Inputs: `texts` [T, D]; `tokens` [N, D].
 * Output: `cosines` [T, N].
 */
export function cosinesGraph(): Uint8Array {
  const graph = new GraphBuilder(undefined, REFERENCE);
  const unit = (x: Value) => {
    const length = graph.op('ReduceL2', [x, graph.integers(1)], { keepdims: 1 });
    return graph.op('Div', [x, graph.op('Max', [length, graph.scalar(SHORTEST)])]);
  };
  const texts = graph.input('texts', 'float', ['labels', 'width']);
  const tokens = graph.input('tokens', 'float', ['tokens', 'width']);
  graph.output('cosines', graph.op('Gemm', [unit(texts), unit(tokens)], { transB: 1 }), ['labels', 'tokens']);
  return graph.finish('cosines');
}
