/**
 * What the extension host (or the command line) asks of the engine's process. Errors are
 * values across the process edge; a request always gets exactly one answer.
 */
import type { Execution } from './execution';
import type { Aspect, Explanation, MethodName, ResNetKeys, TemplateChoice } from './explanation';
import type { SelfTest } from './selfTest';

/** An image file on this machine, or the bytes of a file that is elsewhere. */
export type ImageSource = { readonly path: string } | { readonly bytes: Uint8Array };

/** Pixels fed to the model; both are multiples of the patch. */
export interface ExplainSize {
  readonly height: number;
  readonly width: number;
}

/** What every request to a model names. */
export interface ModelRequest extends Partial<Execution> {
  /** Folder with the configuration, tokenizer.json and the checkpoint. */
  readonly model: string;
}

export interface ExplainRequest extends ModelRequest {
  readonly image: ImageSource;
  /** How the image is named in the record: a relative path or a bare name. */
  readonly imageName: string;
  /** Words, `sofa | couch` or `person + bench`: see PromptMap. */
  readonly prompts: readonly string[];
  /** Take part in feature surgery and get no map. */
  readonly distractors?: readonly string[];
  readonly method: MethodName;
  /**
   * Exact pixels, or the side of a square that is rounded to whole patches and takes the shape that
   * `aspect` says. Left out: the side that the model is explained at.
   */
  readonly size?: ExplainSize | number;
  /** Left out: squash. Exact pixels have their shape already. */
  readonly aspect?: Aspect;
  /** Left out: the 85 of CLIP Surgery. */
  readonly templates?: TemplateChoice;
  /** Left out: the model's own number; where it names none 6 as published, or all where there are fewer. */
  readonly surgeryBlocks?: number;
  /** Left out: shipped. Only ResNets have a choice. */
  readonly resnetKeys?: ResNetKeys;
  /** Which weights feature surgery gives the classes; `uniform` is for comparison only. */
  readonly classWeights?: 'published' | 'uniform';
}

export interface FeaturesRequest extends ModelRequest {
  /** Either a picture, or a normalised `[1, 3, H, W]` tensor. */
  readonly image?: ImageSource;
  readonly pixels?: Tensor;
  readonly method: MethodName;
  readonly size?: ExplainSize;
  readonly surgeryBlocks?: number;
  readonly resnetKeys?: ResNetKeys;
}

export interface TextRequest extends ModelRequest {
  /** Each is encoded as it is: signs that join prompts mean nothing here. */
  readonly texts: readonly string[];
  readonly templates: TemplateChoice;
}

export interface CheckPromptsRequest extends ModelRequest {
  readonly texts: readonly string[];
  /** Left out: the 85 of CLIP Surgery. */
  readonly templates?: TemplateChoice;
}

/** A prompt that the model cannot read, and why in one sentence. */
export interface PromptProblem {
  readonly text: string;
  readonly message: string;
}

export interface OverlayRequest {
  readonly image: ImageSource;
  readonly explanation: Explanation;
  /** Which prompt of the explanation. */
  readonly prompt: number;
}

export interface FigureRequest {
  readonly image: ImageSource;
  /** All of this picture; their words follow each other. */
  readonly explanations: readonly Explanation[];
  /** Heights below it show the plain picture. Left out: 0. */
  readonly threshold?: number;
  /** Widest tile in pixels. Left out: 512. */
  readonly tileWidth?: number;
}

export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** What a model is, for people to choose and for hosts to start from. */
export interface ModelInfo {
  readonly id: string;
  /** Names all that its answers depend on, as a hash: what was proved for it holds while this stays. */
  readonly identity: string;
  readonly name: string;
  /** One plain sentence on what it knows; shown in the panel. */
  readonly note?: string;
  readonly licence?: string;
  /** How to cite it, as its authors ask; often BibTeX. */
  readonly citation?: string;
  /** Prompts that a new panel starts with. */
  readonly prompts: readonly string[];
  readonly patch: number;
  /** Sides of squares in pixels: what the model was trained at, and what it is explained at. */
  readonly nativeSize: number;
  readonly explainSize: number;
  /** Sides to choose from, rising; the two above are among them. */
  readonly sizes: readonly number[];
}

export interface Picture {
  /** Pixels after the EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** Bytes that a browser can show: the file itself or, where it cannot show that, a WebP. */
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** The requests that the engine answers. */
export interface EngineApi {
  /** Load nothing but the model's description. */
  describe(request: ModelRequest): ModelInfo;
  /** Read a picture for showing it. */
  picture(request: { readonly image: ImageSource }): Picture;
  /** A small WebP of a picture that fits into a square of so many pixels; width and height are the picture's own. */
  thumbnail(request: { readonly image: ImageSource; readonly side: number }): Picture;
  /** Explain one picture against the prompts. */
  explain(request: ExplainRequest): Explanation;
  /** Unnormalised tokens `[1, 1+N, D]` after projection. */
  features(request: FeaturesRequest): Tensor;
  /** Text features `[texts, D]`; of unit length when an ensemble of templates. */
  text(request: TextRequest): Tensor;
  /** Which prompts cannot be read, e.g. because they are longer than the model's text context; encodes nothing. */
  checkPrompts(request: CheckPromptsRequest): { readonly problems: readonly PromptProblem[] };
  /** PNG bytes of the picture with one prompt's map over it, in the picture's own size. */
  overlay(request: OverlayRequest): Uint8Array;
  /** PNG bytes of the picture and all maps side by side, with scores, colour bar and how they were made. */
  figure(request: FigureRequest): Uint8Array;
  /** Run known work on an execution, compare its answers with the reference's and time it. */
  selfTest(request: ModelRequest): SelfTest;
  /** Execution providers that this machine's runtime lists. */
  providers(request: Record<string, never>): readonly string[];
}

export type Method = keyof EngineApi;
export type RequestOf<M extends Method> = Parameters<EngineApi[M]>[0];
export type AnswerOf<M extends Method> = ReturnType<EngineApi[M]>;

export type ErrorCode =
  'bad-image' | 'bad-model' | 'bad-prompt' | 'bad-request' | 'provider' | 'cancelled' | 'crashed' | 'internal';

/** One sentence on what went wrong and, where there is something to do, one on what. */
export interface EngineFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

/** What the engine is doing for a request. */
export type Stage =
  | { readonly name: 'loading-model' }
  /** Once per model, before its first answer in int8. */
  | { readonly name: 'quantising-model' }
  | { readonly name: 'encoding-image'; readonly height: number; readonly width: number }
  | { readonly name: 'encoding-text'; readonly done: number; readonly total: number };

export type ToEngine =
  /** Do this and answer with the same id. */
  | { readonly type: 'request'; readonly id: number; readonly method: Method; readonly request: unknown }
  /** Drop the request; answer it with `cancelled` at the next chance. */
  | { readonly type: 'cancel'; readonly id: number };

export type FromEngine =
  /** The process is up and takes requests. */
  | { readonly type: 'ready' }
  /** Tell whoever waits for the request what goes on. */
  | { readonly type: 'stage'; readonly id: number; readonly stage: Stage }
  /** Settle the request. */
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly result: { readonly ok: unknown } | { readonly error: EngineFailure };
    }
  /** Write the line to the log. */
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string };
