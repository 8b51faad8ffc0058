import { ASPECTS, METHOD_NAMES, TEMPLATE_SETS, type TemplateChoice } from '../../../protocol/explanation';
import type { LiveRequest } from '../../../protocol/notebook';
import { isObject, isText } from '../fields';
import { areUsablePrompts } from '../untrustedPrompts';

const LARGEST_SIDE = 2048;
/** Larger than any picture of maps that a page composes. */
const LARGEST_PICTURE = 64 * 2 ** 20;
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** What a page asks for. Pages draw what stands in files of whatever origin: anything odd means no request. */
export function checkedLive(request: unknown): LiveRequest | undefined {
  if (!isObject(request)) return undefined;
  const { prompts, methods, side, aspect } = request;
  if ((prompts !== undefined && !areUsablePrompts(prompts)) || !Array.isArray(methods)) return undefined;
  const known = METHOD_NAMES.filter((name) => methods.includes(name));
  if (known.length === 0 || known.length !== methods.length) return undefined;
  if (side !== undefined && !(Number.isInteger(side) && (side as number) >= 1 && (side as number) <= LARGEST_SIDE)) {
    return undefined;
  }
  const shape = ASPECTS.find((name) => name === aspect);
  if (!shape) return undefined;
  // In the page's order: it is the order in which they are drawn.
  return { prompts, methods: methods as LiveRequest['methods'], side: side as number | undefined, aspect: shape };
}

/** The template set that a stored record names; what it holds is checked by the engine. */
export function checkedTemplates(templates: unknown): TemplateChoice | undefined {
  const named = TEMPLATE_SETS.find((name) => name === templates);
  if (named || !isObject(templates)) return named;
  const { name, templates: own } = templates;
  return isText(name) && Array.isArray(own) && own.every(isText) ? { name, templates: own } : undefined;
}

/** The bytes of a PNG that came as base64. */
export function checkedPng(png: unknown): Uint8Array | undefined {
  const checked = isText(png) ? Buffer.from(png, 'base64') : undefined;
  if (!checked || checked.length > LARGEST_PICTURE) return undefined;
  return PNG.every((byte, i) => checked[i] === byte) ? checked : undefined;
}
