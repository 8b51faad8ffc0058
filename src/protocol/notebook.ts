/** What notebook outputs hold, and what their renderer and the extension host say to each other. */
import type { Aspect, Explanation, MethodName } from './explanation';

export const NOTEBOOK_TYPE = 'clip-notebook';
export const CELL_LANGUAGE = 'clip-explain';
export const RENDERER_ID = 'clip-surgery-renderer';
export const EXPLANATION_MIME = 'application/vnd.clip-surgery.explanation+json';
export const REQUEST_MIME = 'application/vnd.clip-surgery.request+json';

/**
 * One picture's maps in a notebook output. `image.path` of its explanations is relative to the
 * notebook's folder (of an untitled one: to the first workspace folder), with `/` between folders.
 */
export interface ExplanationOutput {
  readonly version: 1;
  /** Names this output in messages; a new one for every run. */
  readonly id: string;
  /** One per method, drawn side by side. */
  readonly explanations: readonly Explanation[];
  /** Base64 of a WebP of at most 512 pixels: the picture, where its file is missing or changed. */
  readonly thumbnail?: string;
  /** The threshold that the cell asks for, 0..1. */
  readonly threshold?: number;
  /** Name of the vocabulary that the prompts come from; left out where the cell has prompts of its own. */
  readonly vocabulary?: string;
}

/** What a reader of an output can change, to look at it: never stored by itself. */
export interface LiveRequest {
  /** Left out: those of the active vocabulary. */
  readonly prompts?: readonly string[];
  readonly methods: readonly MethodName[];
  /** Side of the square in pixels; left out: the one that the model is explained at. */
  readonly side?: number;
  readonly aspect: Aspect;
}

/**
 * What any program may print as an output of {@link REQUEST_MIME}, beside a `text/plain`. It comes
 * from whoever wrote the notebook: everything in it is checked before it is used.
 */
export interface NotebookRequest {
  /** A path inside the workspace, relative to the notebook, or the base64 of an image file. */
  readonly image: string;
  readonly prompts?: readonly string[];
  readonly method?: MethodName;
  readonly size?: number;
  readonly aspect?: Aspect;
}

/** Every renderer of an editor hears every message: `id` says whose it is. */
export type ToRenderer =
  /** The extension is there: outputs can be changed. The sizes are left out while nobody needed the model. */
  | { readonly type: 'hello'; readonly sizes?: readonly number[]; readonly defaultSide?: number }
  /** The active vocabulary changed: outputs that show one ask for new maps. */
  | { readonly type: 'vocabulary' }
  /** Say what goes on, e.g. "encoding image, 512 px". */
  | { readonly type: 'working'; readonly id: string; readonly stage: string }
  /** Draw this instead of what is stored, and say that it is not saved. */
  | { readonly type: 'explained'; readonly id: string; readonly output: ExplanationOutput }
  /** Show one sentence. */
  | { readonly type: 'failed'; readonly id: string; readonly message: string; readonly hint?: string };

export type FromRenderer =
  /** Is anybody there? Answer with `hello`. */
  | { readonly type: 'ready' }
  /** Somebody turns to the settings: answer with a `hello` that has the sizes. */
  | { readonly type: 'sizes' }
  /** Explain the picture of this output anew, for a live view. */
  | { readonly type: 'explain'; readonly id: string; readonly request: LiveRequest }
  /** Nobody waits for this output any more. */
  | { readonly type: 'cancel'; readonly id: string }
  /** Write these prompts and settings into the cell's source, undoably, and run the cell. */
  | { readonly type: 'update'; readonly id: string; readonly request: LiveRequest }
  /** Answer a request that a program printed; `outputId` is the editor's own name of the output. */
  | { readonly type: 'request'; readonly id: string; readonly outputId: string; readonly request: unknown }
  /** Put the answer to a request into the notebook, in place of the request. */
  | { readonly type: 'keep'; readonly id: string; readonly outputId: string; readonly output: ExplanationOutput }
  /** Open the picture of this output in the panel, with these prompts and settings. */
  | { readonly type: 'open'; readonly id: string; readonly request: LiveRequest }
  /** Save this composed PNG, as base64 because only JSON travels; `name` is a proposal without folder. */
  | { readonly type: 'save'; readonly name: string; readonly png: string };
