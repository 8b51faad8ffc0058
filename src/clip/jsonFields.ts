import { ModelError } from './errors';

/** Entries of configuration files: each as the type it must have, undefined where it is not that. */
export type Json = Record<string, unknown>;

/** @throws ModelError naming the file when the text is not JSON. */
export function parseJson(text: string, file: string): Json {
  try {
    return object(JSON.parse(text));
  } catch {
    throw new ModelError(`${file} of the model is not valid JSON.`);
  }
}

export const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
export const string = (value: unknown) => (typeof value === 'string' ? value : undefined);
export const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
export const count = (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
export const strings = (value: unknown) =>
  Array.isArray(value) && value.every((v) => typeof v === 'string') ? value : undefined;
export const channels = (value: unknown) =>
  Array.isArray(value) && value.length === 3 && value.every((v) => number(v) !== undefined)
    ? (value as number[])
    : undefined;
