/** Messages between the extension host and the panel's page. */
import type { Explanation, MethodName } from './explanation';

/** A picture as the page gets it: bytes, because the page may load nothing by address. */
export interface PanelPicture {
  readonly name: string;
  /** Where it is, for the tooltip: relative to the workspace where possible. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export type ToPanel =
  /** Start, or start again after a reload: set words, method and what is known of the model. */
  | {
      readonly type: 'setup';
      readonly prompts: readonly string[];
      /** Whether the prompts differ from the model's own list. */
      readonly edited: boolean;
      readonly method: MethodName;
      /** One sentence on what the model knows, for the quiet line at the bottom. */
      readonly note?: string;
    }
  /** Show this picture; its maps follow. `index` of `count` pictures, from 0. */
  | { readonly type: 'picture'; readonly picture: PanelPicture; readonly index: number; readonly count: number }
  /** Say what goes on, e.g. "encoding image, 512 px"; with `image`, before the picture itself is there. */
  | { readonly type: 'working'; readonly stage: string; readonly image?: string }
  /** Draw these maps. */
  | { readonly type: 'explanation'; readonly explanation: Explanation; readonly device: string }
  /** Show one sentence and, if given, one button that sends `retry`. */
  | { readonly type: 'failed'; readonly message: string; readonly hint?: string; readonly retry: boolean }
  /** The work was cancelled: offer to explain again. */
  | { readonly type: 'cancelled' }
  /** The file changed on disk: offer to explain again. */
  | { readonly type: 'stale' }
  /** No picture is chosen: say what to do. */
  | { readonly type: 'empty' }
  /** Keep this with `setState`, beside the page's own look, for a reloaded window. */
  | { readonly type: 'remember'; readonly state: Omit<PanelState, 'look'> };

export type FromPanel =
  /** The page is up (again) and knows nothing: send it all. */
  | { readonly type: 'ready' }
  /** Explain against these prompts with this method. */
  | { readonly type: 'explain'; readonly prompts: readonly string[]; readonly method: MethodName }
  /** Back to the model's own words. */
  | { readonly type: 'reset' }
  /** Stop the work. */
  | { readonly type: 'cancel' }
  /** Read the picture anew and explain it. */
  | { readonly type: 'retry' }
  /** Show another picture of the set. */
  | { readonly type: 'go'; readonly index: number }
  /** Let the user choose a picture. */
  | { readonly type: 'choose' }
  /** Show the log. */
  | { readonly type: 'log' };

/**
 * What the page keeps with `setState`, and what the host gets back in a reloaded window.
 * Paths are URIs as text: the state stays on the user's machine.
 */
export interface PanelState {
  readonly version: 1;
  readonly images: readonly string[];
  readonly index: number;
  readonly prompts: readonly string[];
  readonly method: MethodName;
  readonly look?: unknown;
}
