/** How a model is run: on what, with which numbers, and by which form of attention. Answers depend on all three. */
export interface Execution {
  /** Name of onnxruntime's execution provider. */
  readonly provider: string;
  readonly precision: Precision;
  readonly attention: AttentionForm;
}

/** Execution providers that this project knows, by onnxruntime's names. */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

const DISPLAY_NAMES: Readonly<Record<ProviderName, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'CoreML',
};

/** What people call a provider; one that is not known, as in somebody else's record, keeps its name. */
export function providerName(provider: string): string {
  const known = PROVIDERS.find((name) => name === provider);
  return known ? DISPLAY_NAMES[known] : provider;
}

/**
 * - `fp32`: as the checkpoint was trained to be read;
 * - `fp16`: matrix products in half precision, norms, softmax and the residual stream in fp32; for GPUs;
 * - `int8`: linear layers with int8 weights and activations quantised row by row; for CPUs.
 */
export const PRECISIONS = ['fp32', 'fp16', 'int8'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** `fused` is one operator of onnxruntime's own, which not every provider computes right; `plain` is the same in steps. */
export type AttentionForm = 'fused' | 'plain';

/** What works everywhere, and what every other way is compared with. */
export const REFERENCE: Execution = { provider: 'cpu', precision: 'fp32', attention: 'fused' };

export function isReference(execution: Execution): boolean {
  return executionKey(execution) === executionKey(REFERENCE);
}

/** Names an execution where answers are kept. */
export function executionKey({ provider, precision, attention }: Execution): string {
  return [provider, precision, attention].join(':');
}
