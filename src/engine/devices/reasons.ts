import { stripVTControlCharacters } from 'node:util';
import { missingLibrary } from './missingLibrary';

/** Longer sentences are cut, in characters. */
export const LONGEST_REASON = 300;

/** Why a provider did not do what was asked of it. */
export interface ProviderFailure {
  /** One plain sentence. */
  readonly reason: string;
  /** Whether it does not work here at all, whatever it is asked to compute. */
  readonly altogether: boolean;
}

const KNOWN: readonly [RegExp, ProviderFailure][] = [
  [/requires f16|shader-?f16/i, { reason: 'This GPU does not compute in half precision.', altogether: false }],
  [/WebGPU adapter/i, { reason: 'No GPU that WebGPU can use was found.', altogether: true }],
  [/no CUDA-capable device/i, { reason: 'No NVIDIA GPU was found.', altogether: true }],
  [/driver version is insufficient/i, { reason: "NVIDIA's driver is too old for CUDA 12.", altogether: true }],
];
const LOADING = /failed to load (shared )?library|cannot open shared object/i;

/**
 * What the message of a failed provider means.
 * @param log what the process wrote meanwhile: onnxruntime names a library that is missing only there
 */
export function providerFailure(message: string, log: string): ProviderFailure {
  const known = KNOWN.find(([pattern]) => pattern.test(message))?.[1];
  if (known) return known;
  if (!LOADING.test(message)) return { reason: plainSentence(message), altogether: false };
  const library = missingLibrary(message) ?? missingLibrary(log);
  return { reason: library ?? 'The libraries of this provider cannot be loaded.', altogether: true };
}

/** The first line of a text as a sentence: bounded, without colours and other control characters. */
export function plainSentence(text: string): string {
  const [line = ''] = stripVTControlCharacters(text).trim().split('\n', 1);
  const plain = line.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  if (plain === '') return 'No reason was given.';
  if (plain.length > LONGEST_REASON) return `${plain.slice(0, LONGEST_REASON - 1).trimEnd()}…`;
  return /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}
