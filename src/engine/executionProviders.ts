import { listSupportedBackends } from 'onnxruntime-node';
import { EngineError } from './failure';

export const DEFAULT_PROVIDER = 'cpu';

/** Providers that this build of onnxruntime lists for this platform. */
export function listedProviders(): readonly string[] {
  return listSupportedBackends().map((backend) => backend.name);
}

/**
 * The provider to use: as asked, or CPU.
 * @throws EngineError for a name that is not listed; onnxruntime itself would silently run on CPU.
 */
export function chosenProvider(asked: string = DEFAULT_PROVIDER): string {
  const listed = listedProviders();
  if (listed.includes(asked)) return asked;
  throw new EngineError('provider', `"${asked}" is not an execution provider here; there are ${listed.join(', ')}.`);
}

/** Fused attention is exact on CPU; on WebGPU it is wrong from 32 query tokens on. */
export function hasExactFusedAttention(provider: string): boolean {
  return provider === 'cpu';
}
