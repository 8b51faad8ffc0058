import type { Aspect, MethodName, TemplateSetName } from '../../../protocol/explanation';

/** What a cell asks for. */
export interface CellRequest {
  /** Paths or globs as written; left out in a bare list of words, which is about the nearest picture above. */
  readonly images?: readonly string[];
  /** Left out: the words of the model. */
  readonly prompts?: readonly string[];
  /** One or several, drawn side by side. */
  readonly methods: readonly MethodName[];
  /** Side of the square in pixels; left out: the one that the model is explained at. */
  readonly side?: number;
  readonly aspect: Aspect;
  readonly templates?: TemplateSetName;
  /** Name of a model; left out: the one in use. */
  readonly model?: string;
  /** 0..1 */
  readonly threshold?: number;
}

/** A mistake, or something to know, at a place of the text. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface ParsedCell {
  /** Left out where a mistake stands in the way, and in an empty cell. */
  readonly request?: CellRequest;
  readonly problems: readonly Problem[];
}
