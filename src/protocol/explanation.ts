import type { Precision } from './execution';

/**
 * The Explanation record: all that is needed to draw a set of maps again, to compare it with
 * another, or to make it anew. It travels from the engine to the panel, into notebook outputs
 * and into JSON files, and holds no absolute path.
 */
export interface Explanation {
  readonly version: 1;
  readonly image: ExplainedImage;
  readonly grid: Grid;
  readonly mapping: Aspect;
  /** Pixels that the model saw; the grid times the model's patch. */
  readonly encoded: { readonly width: number; readonly height: number };
  readonly prompts: readonly PromptMap[];
  readonly method: ExplainedMethod;
  readonly model: ExplainedModel;
  /** Words that feature surgery compared with and that have no map; left out where there were none. */
  readonly distractors?: readonly string[];
  readonly templates: TemplateChoice;
  readonly provider: string;
  readonly precision: Precision;
  readonly timings: Timings;
  /** Versions of what computed it, e.g. `{"clip-surgery": "0.1.0", "onnxruntime-node": "1.30.0"}`. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface ExplainedImage {
  /** Path relative to the workspace folder, or the bare file name. */
  readonly path: string;
  /** Pixels, after the EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string;
}

/** Patches, row-major from the top left. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
}

/**
 * The map of one prompt. The prompt's text is a word or a sentence, `sofa | couch` (one class, the maximum over its
 * members), or `person + bench` (the published combination: the mean of the members' maps).
 */
export interface PromptMap {
  readonly text: string;
  /** What to call it instead of its text. */
  readonly label?: string;
  /** Its colour in contours and on its chip, as `#rrggbb`; left out: one is chosen. */
  readonly color?: string;
  /** Share of this prompt among the shown ones, 0..1: see {@link ScoreRule}. */
  readonly score: number;
  /** Cosine of the image's class token and the prompt's text feature, -1..1; highest of synonyms, mean of a combination. */
  readonly cosine: number;
  /** Similarities `[rows, cols]` before min-max: base64 of little-endian float32. */
  readonly map: string;
}

/**
 * `clip-surgery` is both surgeries; `architecture-surgery` and `feature-surgery` are one of them
 * alone, to see what each of them does; `raw` is neither.
 */
export const METHOD_NAMES = ['clip-surgery', 'architecture-surgery', 'feature-surgery', 'raw'] as const;
export type MethodName = (typeof METHOD_NAMES)[number];
export const DEFAULT_METHOD: MethodName = 'clip-surgery';

/**
 * The shape of the grid: `squash` is a square, as published; `keep` has about as many patches in
 * the picture's own shape, as nearly as whole patches allow. Either way the whole picture covers the
 * whole grid: pixel x of `width` lies in column `x * cols / width`.
 */
export const ASPECTS = ['squash', 'keep'] as const;
export type Aspect = (typeof ASPECTS)[number];
export const DEFAULT_ASPECT: Aspect = 'squash';

/** The bare prompt, "a photo of a {}", the 80 that OpenAI wrote for ImageNet, and the 85 of CLIP Surgery. */
export const TEMPLATE_SETS = ['none', 'photo', 'openai', 'clip-surgery'] as const;
export type TemplateSetName = (typeof TEMPLATE_SETS)[number];
/** One of these, or a set of one's own: sentences with `{}` where the word goes, and what the set is called. */
export type TemplateChoice = TemplateSetName | { readonly name: string; readonly templates: readonly string[] };

/**
 * Where the features shared by all labels come from:
 * - `prompts`: the mean over the prompts, as published (8 prompts or more);
 * - `reference-words`: the mean over the prompts and the model's own word list (2 to 7 prompts);
 * - `empty-string`: the features of the empty prompt (one prompt);
 * - `none`: nothing is taken out (methods without feature surgery).
 *
 * Prompts are the shown ones and the distractors; synonyms are one prompt, and every member has a
 * place of its own in the mean.
 */
export type RedundancyRule = 'prompts' | 'reference-words' | 'empty-string' | 'none';

/**
 * What the score is a share of: `prompts`, the softmax of logit scale x cosine over the shown
 * prompts; `empty-string`, the same over the single prompt and the empty one. Each synonym of a
 * prompt is in the softmax and the highest share counts, so scores may add up to less than 1; a
 * combination is in it with the mean of its members' cosines. Distractors are not.
 */
export type ScoreRule = 'prompts' | 'empty-string';

/**
 * What architecture surgery asks with in the attention pool of a ResNet: the values, as the official
 * code ships it, or the values at unit length and eight times as sharp, as the paper describes it.
 */
export const RESNET_KEYS = ['shipped', 'normalised'] as const;
export type ResNetKeys = (typeof RESNET_KEYS)[number];
export const DEFAULT_RESNET_KEYS: ResNetKeys = 'shipped';

export interface ExplainedMethod {
  readonly name: MethodName;
  /** How many of the last blocks have the second path, 1 for a ResNet; 0 without architecture surgery. */
  readonly surgeryBlocks: number;
  /** Architecture surgery on a ResNet only. */
  readonly keys?: ResNetKeys;
  readonly redundancy: RedundancyRule;
  /** How many hidden reference words took part beside the prompts. */
  readonly referenceWords: number;
  readonly score: ScoreRule;
}

export interface ExplainedModel {
  readonly id: string;
  readonly name: string;
  /** Of the checkpoint file, lower-case hex; of several files, the hash of their hashes in the order of their names. */
  readonly sha256: string;
  readonly licence?: string;
}

/** Milliseconds of each stage; 0 where a cache answered. */
export interface Timings {
  readonly decode: number;
  readonly image: number;
  readonly text: number;
  readonly total: number;
}

/** Base64 of the little-endian float32 values. */
export function encodeMap(values: Float32Array): string {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * The similarities of one prompt, `[rows * cols]`.
 * @throws RangeError when the text is not base64 of exactly that many finite values.
 */
export function decodeMap(map: string, grid: Grid): Float32Array {
  const count = grid.rows * grid.cols;
  let binary: string;
  try {
    binary = atob(map);
  } catch {
    throw new RangeError('The map is not base64 text.');
  }
  if (binary.length !== count * 4) {
    throw new RangeError(
      `The map holds ${binary.length} bytes, not the ${count * 4} of its ${grid.rows} x ${grid.cols} grid.`,
    );
  }
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let i = 0; i < binary.length; i++) view.setUint8(i, binary.charCodeAt(i));
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4, true));
  if (!values.every(Number.isFinite)) throw new RangeError('The map holds values that are not finite.');
  return values;
}
