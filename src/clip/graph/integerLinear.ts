import { scalesName } from '../quantise/names';
import type { GraphBuilder, Value } from './graphBuilder';

/** Activations are stored as bytes around this zero point: signed ones leave the fast path of CPUs. */
const ZERO_POINT = 128;
const LARGEST = 127;
/** Rows of zeros have a scale, too. */
const SMALLEST_SCALE = 1e-20;

/**
 * A linear layer with int8 weights, one scale per output, and activations that are quantised row by row: a row's
 * result then never depends on what else is in the batch. `[rows, in]` to `[rows, out]`, both float32.
 */
export function integerLinear(graph: GraphBuilder, name: string, rows: Value, from: number, to: number): Value {
  const scale = graph.once(`scale of ${rows}`, () => rowScale(graph, rows));
  const bytes = graph.once(`bytes of ${rows}`, () => quantised(graph, rows, scale));
  const weight = graph.integerWeight(`${name}.weight`, [from, to]);
  const weightScale = graph.weight(scalesName(name), [to]);
  const zero = graph.byte(ZERO_POINT);
  const product = graph.fused('MatMulIntegerToFloat', [bytes, weight, graph.scalar(1), weightScale, zero], {});
  return graph.op('Add', [graph.op('Mul', [product, scale]), graph.weight(`${name}.bias`, [to])]);
}

/** What one step of a byte stands for in each row: `[rows, 1]`. */
function rowScale(graph: GraphBuilder, rows: Value): Value {
  const peak = graph.op('ReduceMax', [graph.op('Abs', [rows]), graph.integers(1)], { keepdims: 1 });
  return graph.op('Max', [graph.op('Mul', [peak, graph.scalar(1 / LARGEST)]), graph.scalar(SMALLEST_SCALE)]);
}

function quantised(graph: GraphBuilder, rows: Value, scale: Value): Value {
  const steps = graph.op('Reshape', [scale, graph.integers(-1)]);
  const zeros = graph.op('Expand', [graph.byte(ZERO_POINT), graph.op('Shape', [steps])]);
  return graph.op('QuantizeLinear', [rows, steps, zeros], { axis: 0 });
}
