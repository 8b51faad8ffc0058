import * as vscode from 'vscode';
import { ASPECTS, METHOD_NAMES } from '../../../protocol/explanation';
import type { NotebookRequest } from '../../../protocol/notebook';
import { areUsablePrompts, LONGEST_PROMPT, MOST_PROMPTS } from '../untrustedPrompts';

const SMALLEST_SIZE = 16;
const LARGEST_SIZE = 1024;

type Checks = { readonly [K in keyof Required<NotebookRequest>]: (value: unknown) => string | undefined };

/** For each key: what is expected instead, or nothing. */
const CHECKS: Checks = {
  image: (value) => (typeof value === 'string' && value !== '' ? undefined : vscode.l10n.t('a path, or the base64 of an image file')),
  prompts: (value) =>
    areUsablePrompts(value)
      ? undefined
      : vscode.l10n.t('1 to {0} texts of at most {1} characters', MOST_PROMPTS, LONGEST_PROMPT),
  method: (value) => oneOf(METHOD_NAMES, value),
  size: (value) =>
    Number.isInteger(value) && Number(value) >= SMALLEST_SIZE && Number(value) <= LARGEST_SIZE
      ? undefined
      : vscode.l10n.t('a whole number of pixels from {0} to {1}', SMALLEST_SIZE, LARGEST_SIZE),
  aspect: (value) => oneOf(ASPECTS, value),
}; // prettier-ignore

/**
 * What a program printed, once it is known to be a request and nothing else. It names no model:
 * a notebook from anywhere must not choose what is loaded here.
 * @throws Error with one sentence on the first mistake
 */
export function checkedRequest(request: unknown): NotebookRequest {
  const { t } = vscode.l10n;
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new Error(t('The request is no object with an image in it.'));
  }
  for (const [key, value] of Object.entries({ image: undefined, ...request })) {
    if (!Object.hasOwn(CHECKS, key)) {
      const known = Object.keys(CHECKS).join(', ');
      throw new Error(t('The request has “{0}”, which is none of {1}.', key.slice(0, 40), known));
    }
    const expected = CHECKS[key as keyof NotebookRequest](value);
    if (expected !== undefined) throw new Error(t('The request’s “{0}” is not {1}.', key, expected));
  }
  return request as NotebookRequest;
}

function oneOf(names: readonly string[], value: unknown): string | undefined {
  return names.some((name) => name === value) ? undefined : vscode.l10n.t('one of {0}', names.join(', '));
}
