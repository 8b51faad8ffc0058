import { QUANTISER_VERSION } from '../../clip/quantise/quantisedTensors';
import { executionKey, type Execution } from '../../protocol/execution';

/** Names all that answers depend on beside the model and the question; for int8 how the weights are rounded, too. */
export function answersKey(execution: Execution): string {
  const key = executionKey(execution);
  return execution.precision === 'int8' ? `${key}:${QUANTISER_VERSION}` : key;
}
