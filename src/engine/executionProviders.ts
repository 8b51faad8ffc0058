import { listSupportedBackends } from 'onnxruntime-node';
import { REFERENCE, type Execution } from '../protocol/execution';
import { EngineError } from './failure';

/** Providers that this build of onnxruntime lists for this platform. */
export function listedProviders(): readonly string[] {
  return listSupportedBackends().map((backend) => backend.name);
}

/**
 * The execution to use: as asked, what is left out as it is safe.
 * @throws EngineError for a name that is not listed; onnxruntime itself would silently run on CPU.
 */
export function executionOf(asked: Partial<Execution>): Execution {
  const { provider = REFERENCE.provider, precision = REFERENCE.precision } = asked;
  const listed = listedProviders();
  if (!listed.includes(provider)) {
    throw new EngineError(
      'provider',
      `"${provider}" is not an execution provider here; there are ${listed.join(', ')}.`,
    );
  }
  if (precision === 'int8' && provider !== 'cpu') {
    throw new EngineError('bad-request', `int8 is computed on the CPU, not on ${provider}.`, 'Use fp16 or fp32 there.');
  }
  return { provider, precision, attention: asked.attention ?? attentionOf({ provider, precision }) };
}

/**
 * Fused attention is exact on CPU, which has it in float32 only. Elsewhere it can be wrong, as on WebGPU from 32 query
 * tokens on with some drivers: it takes a self-test to use it.
 */
function attentionOf({ provider, precision }: Omit<Execution, 'attention'>): Execution['attention'] {
  return provider === 'cpu' && precision !== 'fp16' ? 'fused' : 'plain';
}
