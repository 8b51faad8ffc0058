import {
  PROVIDERS,
  providerName,
  REFERENCE,
  type AttentionForm,
  type Execution,
  type Precision,
  type ProviderName,
} from '../../protocol/execution';

/** What the user's settings say; `auto` or left out: whatever is best. */
export interface DeviceChoice {
  readonly provider?: string;
  readonly precision?: Precision | 'auto';
}

/** The kind of machine, by node's names. */
export type Place = Pick<NodeJS.Process, 'platform' | 'arch'>;

/** GPU providers in order of promise, and the forms of attention that each may compute right. */
const GPUS: readonly [ProviderName, readonly AttentionForm[]][] = [
  ['cuda', ['fused', 'plain']],
  ['webgpu', ['fused', 'plain']],
  ['dml', ['fused', 'plain']],
  ['coreml', ['plain']],
];
const GPU_PRECISIONS: readonly Precision[] = ['fp16', 'fp32'];
const INT8: Execution = { provider: 'cpu', precision: 'int8', attention: 'fused' };

/**
 * The executions to try, the most promising first within each device. The reference comes first whatever was chosen:
 * all others are compared with it.
 * @param listed providers that onnxruntime lists; it silently runs on the CPU for any other name
 */
export function candidates(listed: readonly string[], place: Place, choice: DeviceChoice = {}): Execution[] {
  const offered = offeredProviders(listed, place);
  const all = [INT8];
  for (const [provider, forms] of GPUS) {
    if (!offered.includes(provider)) continue;
    for (const precision of GPU_PRECISIONS) {
      all.push(...forms.map((attention) => ({ provider, precision, attention })));
    }
  }
  return [
    REFERENCE,
    ...all.filter(({ provider, precision }) => fits(choice.provider, provider) && fits(choice.precision, precision)),
  ];
}

/** Why nothing can be tried of what was chosen, in one sentence; undefined where something can. */
export function unavailableChoice(listed: readonly string[], place: Place, choice: DeviceChoice): string | undefined {
  const { provider, precision } = choice;
  const offered = offeredProviders(listed, place);
  if (isNamed(provider) && !offered.some((name) => name === provider)) {
    const all = offered.map(providerName).join(', ');
    return `${providerName(provider)} is not offered on this machine; there ${offered.length === 1 ? 'is' : 'are'} ${all}.`;
  }
  const some = candidates(listed, place, choice).some(
    (execution) => fits(provider, execution.provider) && fits(precision, execution.precision),
  );
  if (some) return undefined;
  if (precision === 'int8')
    return `int8 is for the CPU; ${providerName(provider!)} computes in ${GPU_PRECISIONS.join(' or ')}.`;
  return `${precision} is for GPUs; ${isNamed(provider) ? 'the CPU computes in fp32 or int8' : 'none is offered on this machine'}.`;
}

/** Providers that this project knows and that do work on machines of this kind. */
function offeredProviders(listed: readonly string[], { platform, arch }: Place): ProviderName[] {
  // A list that names a provider of another system is not believed: onnxruntime would run on the CPU and say nothing.
  const elsewhere: Partial<Record<ProviderName, boolean>> = {
    cuda: platform !== 'linux' || arch !== 'x64',
    dml: platform !== 'win32',
    coreml: platform !== 'darwin',
  };
  return PROVIDERS.filter((name) => listed.includes(name) && !elsewhere[name]);
}

function isNamed(choice: string | undefined): choice is string {
  return choice !== undefined && choice !== 'auto';
}

function fits(choice: string | undefined, name: string): boolean {
  return !isNamed(choice) || choice === name;
}
