import { env } from 'onnxruntime-node';
import { version } from '../../package.json';
import { explainClasses } from '../clip/explanation/explainClasses';
import { labelsOf } from '../clip/explanation/labels';
import { METHODS } from '../clip/methods';
import type { Execution } from '../protocol/execution';
import type {
  AnswerOf,
  ExplainRequest,
  ExplainSize,
  FeaturesRequest,
  Method,
  RequestOf,
  Tensor,
  TextRequest,
} from '../protocol/engine';
import { DEFAULT_ASPECT, DEFAULT_RESNET_KEYS, encodeMap, type Explanation } from '../protocol/explanation';
import { parsePrompt } from '../protocol/promptExpression';
import { CheckpointHashes } from './checkpointHashes';
import { checkPrompts } from './checkPrompts';
import { executionOf, listedProviders } from './executionProviders';
import { EngineError } from './failure';
import { figure } from './figure';
import { decodeImage, imageSize, readImageFile, readPicture, readThumbnail } from './imageReader';
import type { Job } from './job';
import { Models, type Model } from './model';
import { compareMaps } from './int8/compareMaps';
import { overlay } from './overlay';
import { PictureCosines } from './pictureCosines';
import { pictureTokens } from './pictureTokens';
import { promptClasses } from './promptClasses';
import { Answers } from './selfTest/answers';
import { selfTest } from './selfTest/selfTest';
import type { SessionOptions } from './session';
import { Sessions, type QuantisedWeights } from './sessions';
import { templatesOf } from './templates';
import type { FeatureCache } from './featureCache';
import { joined, TextEncoder } from './textEncoder';
import { checkedSize, VisionEncoder, type VisionSetup } from './visionEncoder';

type Handlers = { readonly [M in Method]: (request: RequestOf<M>, job: Job) => Promise<AnswerOf<M>> };

/** Where an engine keeps what it can use again, and how it loads models. */
export interface EngineOptions extends SessionOptions {
  /** Left out: encoded words are not kept on disk. */
  readonly features?: FeatureCache;
  /** Left out: hashes of checkpoints are not kept on disk. */
  readonly hashes?: CheckpointHashes;
  /** Left out: nothing can be computed in int8. */
  readonly quantised?: QuantisedWeights;
  /** Paths of the pictures on which the maps of int8 are judged. */
  readonly judged?: readonly string[];
}

/** The engine itself: models, sessions and caches, and one function per request. */
export class Engine implements Handlers {
  private readonly models: Models;
  private readonly sessions: Sessions;
  private readonly vision: VisionEncoder;
  private readonly texts: TextEncoder;
  private readonly cosines: PictureCosines;
  private readonly answers: Answers;
  private readonly judged: readonly string[];

  constructor({ features, hashes = new CheckpointHashes(), quantised, judged = [], ...session }: EngineOptions = {}) {
    this.judged = judged;
    this.models = new Models(hashes);
    this.sessions = new Sessions(session, quantised);
    this.vision = new VisionEncoder(this.sessions);
    this.cosines = new PictureCosines(session);
    this.texts = new TextEncoder(this.sessions, features);
    this.answers = new Answers(this.sessions, features);
  }

  describe = async ({ model }: RequestOf<'describe'>) => (await this.models.open(model)).info;

  picture = async ({ image }: RequestOf<'picture'>) => readPicture(await readImageFile(image));

  thumbnail = async ({ image, side }: RequestOf<'thumbnail'>) => readThumbnail(await readImageFile(image), side);

  providers = () => Promise.resolve(listedProviders());

  overlay = async ({ image, explanation, prompt }: RequestOf<'overlay'>) =>
    overlay(await decodeImage(await readImageFile(image)), explanation, prompt);

  figure = async ({ image, ...request }: RequestOf<'figure'>) =>
    figure(await decodeImage(await readImageFile(image)), request);

  checkPrompts = async ({ model, texts, templates }: RequestOf<'checkPrompts'>, job: Job) => ({
    problems: await checkPrompts(await this.models.open(model), texts, templatesOf(templates), job),
  });

  explain = async (request: ExplainRequest, job: Job): Promise<Explanation> => {
    const started = performance.now();
    const shown = promptClasses(request.prompts);
    const distractors = (request.distractors ?? []).map(parsePrompt);
    const { templates = 'clip-surgery', aspect = DEFAULT_ASPECT, classWeights = 'published' } = request;
    const execution = executionOf(request);
    const sentences = templatesOf(templates);
    job.stage({ name: 'loading-model' });
    const model = await this.models.open(request.model);
    const method = METHODS[request.method];
    const file = await readImageFile(request.image);
    const picture = await imageSize(file);
    const size = checkedSize(model, request.size, { aspect, picture });
    const setup = visionSetup(model, request, size, execution);
    const image = await pictureTokens(file, this.vision, setup, job);

    const textStarted = performance.now();
    const labels = labelsOf(shown, distractors, method.removesRedundancy, model.config.surgery?.referenceWords);
    const words = labels.needsEmpty ? [...labels.texts, ''] : labels.texts;
    const texts = await this.texts.encode(words, { model, templates: sentences, execution }, job);
    const textTime = performance.now() - textStarted;

    const rows = await this.cosines.of(image.tokens, texts);
    const compared = { cosines: rows.slice(0, labels.texts.length), empty: rows[labels.texts.length], classWeights };
    const explained = explainClasses(method, labels, compared, await model.logitScale());
    const isCompared = method.removesRedundancy && distractors.length > 0;
    return {
      version: 1,
      image: { path: request.imageName, width: picture.width, height: picture.height, sha256: file.sha256 },
      grid: { rows: size.height / model.vision.patch, cols: size.width / model.vision.patch },
      mapping: aspect,
      encoded: { width: size.width, height: size.height },
      prompts: request.prompts.map((text, i) => {
        const { map, cosine, score } = explained[i]!;
        return { text, score, cosine, map: encodeMap(map) };
      }),
      ...(isCompared && { distractors: request.distractors }),
      method: {
        name: request.method,
        surgeryBlocks: setup.blocks,
        ...(setup.keys && { keys: setup.keys }),
        redundancy: labels.redundancy.rule,
        referenceWords: labels.redundancy.words.length,
        score: shown.length === 1 ? 'empty-string' : 'prompts',
      },
      model: { id: model.id, name: model.info.name, sha256: model.sha256, licence: model.info.licence },
      templates,
      provider: execution.provider,
      precision: execution.precision,
      timings: { decode: image.decode, image: image.encode, text: textTime, total: performance.now() - started },
      versions: { 'clip-surgery': version, 'onnxruntime-node': env.versions.node ?? env.versions.common },
    };
  };

  features = async (request: FeaturesRequest, job: Job): Promise<Tensor> => {
    const model = await this.models.open(request.model);
    const execution = executionOf(request);
    const { pixels, image } = request;
    if (pixels) {
      const [batch, channels, height, width] = pixels.dims;
      if (pixels.dims.length !== 4 || channels !== 3) {
        throw new EngineError('bad-request', `Pixels are [batch, 3, height, width], not [${pixels.dims.join(', ')}].`);
      }
      const size = checkedSize(model, { height: height!, width: width! });
      const setup = visionSetup(model, request, size, execution);
      return tokensTensor(await this.vision.encode(pixels.data, batch!, setup, job), batch!, model);
    }
    if (!image) throw new EngineError('bad-request', 'Features need an image or pixels.');
    const setup = visionSetup(model, request, checkedSize(model, request.size), execution);
    const { tokens } = await pictureTokens(await readImageFile(image), this.vision, setup, job);
    return tokensTensor(tokens, 1, model);
  };

  selfTest = async (request: RequestOf<'selfTest'>, job: Job) => {
    const model = await this.models.open(request.model);
    const tools = {
      sessions: this.sessions,
      answers: this.answers,
      compareMaps: (execution: Execution) =>
        compareMaps((asked) => this.explain(asked, job), { model, images: this.judged, execution }),
    };
    return selfTest(tools, model, executionOf(request), job);
  };

  text = async (request: TextRequest, job: Job): Promise<Tensor> => {
    const model = await this.models.open(request.model);
    const setup = { model, templates: templatesOf(request.templates), execution: executionOf(request) };
    const data = joined(await this.texts.encode(request.texts, setup, job));
    return { dims: [request.texts.length, model.text.embed], data };
  };
}

function visionSetup(
  model: Model,
  {
    method,
    surgeryBlocks,
    resnetKeys = DEFAULT_RESNET_KEYS,
  }: Pick<ExplainRequest, 'method' | 'surgeryBlocks' | 'resnetKeys'>,
  size: ExplainSize,
  execution: Execution,
): VisionSetup {
  const path = METHODS[method].image;
  const wanted = surgeryBlocks ?? model.config.surgery?.surgeryBlocks;
  const blocks = path.blocks(model.vision, wanted);
  const keys = model.vision.kind === 'resnet' && blocks > 0 ? resnetKeys : undefined;
  return { model, path, blocks, keys, size, execution };
}

function tokensTensor(data: Float32Array, batch: number, model: Model): Tensor {
  const width = model.vision.embed;
  return { dims: [batch, data.length / batch / width, width], data };
}
