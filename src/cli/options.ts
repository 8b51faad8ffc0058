import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ExplainSize } from '../protocol/engine';
import { PRECISIONS, type Execution } from '../protocol/execution';
import {
  ASPECTS,
  DEFAULT_ASPECT,
  DEFAULT_METHOD,
  DEFAULT_RESNET_KEYS,
  METHOD_NAMES,
  RESNET_KEYS,
  TEMPLATE_SETS,
  type Aspect,
  type MethodName,
  type ResNetKeys,
  type TemplateSetName,
} from '../protocol/explanation';

type Names = readonly string[];
type Values<N extends Names> = Partial<Record<N[number], string>>;

/**
 * Reads `--name value` options, all of them text, and the words between them.
 * @throws Error naming an option that does not exist or lacks its value.
 */
export function readOptions<const N extends Names>(args: string[], names: N): { values: Values<N>; words: string[] } {
  const options: ParseArgsConfig['options'] = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
  return { values: values as Values<N>, words: positionals };
}

/** @throws Error when the option was not given. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
}

/** Words between commas. */
export function readWords(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((word) => word.trim()).filter(Boolean); // prettier-ignore
}

/** `N` or `HxW`, in pixels. */
export function readSize(text: string | undefined): ExplainSize | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+)(?:x(\d+))?$/.exec(text);
  if (!match) throw new Error(`--size is a number or HEIGHTxWIDTH, not "${text}".`);
  const height = Number(match[1]);
  return { height, width: Number(match[2] ?? height) };
}

export function readMethod(text: string = DEFAULT_METHOD): MethodName {
  return oneOf('method', text, METHOD_NAMES);
}

export function readAspect(text: string = DEFAULT_ASPECT): Aspect {
  return oneOf('aspect', text, ASPECTS);
}

export function readTemplates(text = 'clip-surgery'): TemplateSetName {
  return oneOf('templates', text, TEMPLATE_SETS);
}

export function readResNetKeys(text: string = DEFAULT_RESNET_KEYS): ResNetKeys {
  return oneOf('resnet-keys', text, RESNET_KEYS);
}

/** What of an execution was named. */
export function readExecution(values: {
  readonly provider?: string;
  readonly precision?: string;
}): Partial<Pick<Execution, 'provider' | 'precision'>> {
  const { provider, precision } = values;
  return { provider, precision: precision === undefined ? undefined : oneOf('precision', precision, PRECISIONS) };
}

export function readBlocks(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--blocks is a whole number from 1, not "${text}".`);
  return Number(text);
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((c) => c === text);
  if (!choice) throw new Error(`--${name} is one of ${choices.join(', ')}, not "${text}".`);
  return choice;
}
