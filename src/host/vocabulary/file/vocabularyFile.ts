import type { Prompt } from './prompt';

/** What a `clip-vocabulary.json` says. */
export interface VocabularyFile {
  /** Name of the vocabulary in use: of this file, built-in, or the id of a model. Left out: the model's own. */
  readonly active?: string;
  /** A built-in template set or one of `templateSets`. Left out: the model's own. */
  readonly templates?: string;
  /** Sentences with `{}` where the word goes; at least one each. */
  readonly templateSets: ReadonlyMap<string, readonly string[]>;
  /** In the order of the file; no text twice in one of them. */
  readonly vocabularies: ReadonlyMap<string, readonly Prompt[]>;
}

/** What is wrong at `[start, end)` of the text, in UTF-16 code units. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}
