/** Messages between the extension host and the panel's page. */
import type { Aspect, Explanation, MethodName, PromptMap } from './explanation';

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

/** What maps are made with, beside the prompts. */
export interface PanelSettings {
  readonly method: MethodName;
  /** Side of the square in pixels; left out: the one that the model is explained at. */
  readonly side?: number;
  readonly aspect: Aspect;
}

/** How a prompt is shown. */
export type PromptLook = Pick<PromptMap, 'label' | 'color'>;

/** The vocabulary that a panel belongs to. */
export interface ShownVocabulary {
  readonly name: string;
  /** Whether every change of it shows here; no longer, once the prompts were edited here. */
  readonly isFollowed: boolean;
}

/** A side to choose. */
export interface SizeChoice {
  readonly side: number;
  /** Patches along the side. */
  readonly patches: number;
  readonly isNative: boolean;
  /** Whether it is chosen where nothing was said. */
  readonly isDefault: boolean;
}

/** What can be taken away: one word's tile, or all that is shown. */
export interface Taken {
  readonly action: 'copy' | 'save';
  /** Left out: all tiles in a grid. */
  readonly prompt?: string;
}

export type ToPanel =
  /** Start, or start again after a reload: set words, settings and what is known of the model. */
  | {
      readonly type: 'setup';
      readonly prompts: readonly string[];
      /** Labels and colours that the vocabulary gives some of the prompts, by their text. */
      readonly looks: Readonly<Record<string, PromptLook>>;
      readonly vocabulary: ShownVocabulary;
      readonly settings: PanelSettings;
      readonly sizes: readonly SizeChoice[];
      /** One sentence on what the model knows, for the quiet line at the bottom. */
      readonly note?: string;
      /** Whether it is the embedded model, which knows little: the line then leads to real ones. */
      readonly isDemo: boolean;
    }
  /** Say where among the pictures this panel is: the strip, the way back and forward, the pin. */
  | { readonly type: 'place'; readonly place: PanelPlace }
  /** Put this small picture into the strip. */
  | { readonly type: 'thumbnail'; readonly index: number; readonly image: string; readonly bytes: Uint8Array }
  /** Show this picture; its maps follow. */
  | { readonly type: 'picture'; readonly picture: PanelPicture }
  /** Say what goes on, e.g. "encoding image, 512 px"; with `image`, before the picture itself is there. */
  | { readonly type: 'working'; readonly stage: string; readonly image?: string }
  /** Draw these maps. */
  | { readonly type: 'explanation'; readonly explanation: Explanation; readonly device: string }
  /** Show one sentence and, if given, one button that sends `retry`. */
  | { readonly type: 'failed'; readonly message: string; readonly hint?: string; readonly retry: boolean }
  /** The work was cancelled: offer to explain again. */
  | { readonly type: 'cancelled' }
  /** The file is gone: say so, and keep what is shown. */
  | { readonly type: 'gone' }
  /** No picture is chosen: say what to do. */
  | { readonly type: 'empty' }
  /** Compose a picture of the maps and copy it, or send it back to be saved. */
  | { readonly type: 'take'; readonly taken: Taken }
  /** Say in passing what was done, e.g. "copied". */
  | { readonly type: 'done'; readonly message: string }
  /** Keep this with `setState`, beside the page's own look, for a reloaded window. */
  | { readonly type: 'remember'; readonly state: Omit<PanelState, 'look'> };

/** Where a panel is among its pictures. */
export interface PanelPlace {
  /** The pictures chosen together, as addresses that only name them, and as they are called. */
  readonly images: readonly { readonly image: string; readonly name: string }[];
  readonly index: number;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  readonly isPinned: boolean;
}

export type FromPanel =
  /** The page is up (again) and knows nothing: send it all. */
  | { readonly type: 'ready' }
  /** Explain against these prompts with these settings. */
  | { readonly type: 'explain'; readonly prompts: readonly string[]; readonly settings: PanelSettings }
  /** Back to the active vocabulary. */
  | { readonly type: 'reset' }
  /** Let the user choose another vocabulary. */
  | { readonly type: 'switch-vocabulary' }
  /** Write the panel's prompts into the active vocabulary, and follow it again. */
  | { readonly type: 'save-to-vocabulary' }
  /** Stop the work. */
  | { readonly type: 'cancel' }
  /** Read the picture anew and explain it. */
  | { readonly type: 'retry' }
  /** Show another picture of the strip. */
  | { readonly type: 'go'; readonly index: number }
  /** Walk through the pictures seen. */
  | { readonly type: 'walk'; readonly by: 1 | -1 }
  /** Keep this panel when another picture is explained, or no longer. */
  | { readonly type: 'pin'; readonly isPinned: boolean }
  /** Send small pictures of these places of the strip. */
  | { readonly type: 'thumbnails'; readonly indices: readonly number[] }
  /** Let the user choose a picture. */
  | { readonly type: 'choose' }
  /** Explain the picture that comes with the extension. */
  | { readonly type: 'example' }
  /** Explain these files, which were dropped on the page. */
  | { readonly type: 'dropped'; readonly uris: readonly string[] }
  /** Explain these pictures, which were pasted or dropped as bytes. */
  | { readonly type: 'pasted'; readonly pictures: readonly { readonly name: string; readonly bytes: Uint8Array }[] }
  /** Save this composed PNG; `name` is a proposal without folder. */
  | { readonly type: 'save'; readonly name: string; readonly bytes: Uint8Array }
  /** Let the user choose another model. */
  | { readonly type: 'select-model' }
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
  readonly settings: PanelSettings;
  readonly isPinned: boolean;
  readonly look?: unknown;
}
