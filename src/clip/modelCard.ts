import type { Activation } from './config';
import { ModelError } from './errors';
import { parseJson } from './jsonFields';

/** Lies beside the model's own files. */
export const MODEL_CARD = 'clip-surgery-model.json';

/** What clip-surgery-model.json says: whoever placed the folder knows about where it comes from. */
export interface ModelCard {
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  readonly citation?: string;
  /** What the model was trained with, where its own configuration may not say so. */
  readonly activation?: Activation;
}

/**
 * Reads clip-surgery-model.json.
 * @throws ModelError when an entry is not a text, or the activation not a known one.
 */
export function parseModelCard(text: string): ModelCard {
  const card = parseJson(text, MODEL_CARD);
  const entry = (name: keyof ModelCard) => {
    const value = card[name];
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
    throw new ModelError(`"${name}" in ${MODEL_CARD} of the model is not a text.`);
  };
  return {
    id: entry('id'),
    name: entry('name'),
    licence: entry('licence'),
    citation: entry('citation'),
    activation: checkedActivation(entry('activation')),
  };
}

function checkedActivation(name: string | undefined): Activation | undefined {
  if (name === undefined || name === 'quick_gelu' || name === 'gelu') return name;
  throw new ModelError(`"activation" in ${MODEL_CARD} of the model is "${name}", not quick_gelu or gelu.`);
}
