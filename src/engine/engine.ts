import { env } from 'onnxruntime-node';
import { version } from '../../package.json';
import { NO_REDUNDANCY, redundancyFor } from '../clip/explanation/redundancy';
import { promptScores } from '../clip/explanation/score';
import { dot, unitRows } from '../clip/explanation/similarity';
import { METHODS } from '../clip/methods';
import { normalise } from '../clip/preprocess/normalise';
import { resize } from '../clip/preprocess/resize';
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
import { DEFAULT_ASPECT, encodeMap, type Explanation } from '../protocol/explanation';
import { chosenProvider, listedProviders } from './executionProviders';
import { EngineError } from './failure';
import { figure } from './figure';
import { decodeImage, imageSize, readImageFile, readPicture, readThumbnail, type ImageFile } from './imageReader';
import { breathe, type Job } from './job';
import { Models, type Model } from './model';
import { overlay } from './overlay';
import { Sessions } from './sessions';
import { TextEncoder } from './textEncoder';
import { checkedSize, VisionEncoder, type VisionSetup } from './visionEncoder';

type Handlers = { readonly [M in Method]: (request: RequestOf<M>, job: Job) => Promise<AnswerOf<M>> };

/** The engine itself: models, sessions and caches, and one function per request. */
export class Engine implements Handlers {
  private readonly models = new Models();
  private readonly sessions = new Sessions();
  private readonly vision = new VisionEncoder(this.sessions);
  private readonly texts = new TextEncoder(this.sessions);
  private logitScales = new WeakMap<Model, Promise<number>>();

  describe = async ({ model }: RequestOf<'describe'>) => (await this.models.open(model)).info;

  picture = async ({ image }: RequestOf<'picture'>) => readPicture(await readImageFile(image));

  thumbnail = async ({ image, side }: RequestOf<'thumbnail'>) => readThumbnail(await readImageFile(image), side);

  providers = () => Promise.resolve(listedProviders());

  overlay = async ({ image, explanation, prompt }: RequestOf<'overlay'>) =>
    overlay(await decodeImage(await readImageFile(image)), explanation, prompt);

  figure = async ({ image, ...request }: RequestOf<'figure'>) =>
    figure(await decodeImage(await readImageFile(image)), request);

  explain = async (request: ExplainRequest, job: Job): Promise<Explanation> => {
    const started = performance.now();
    const prompts = checkedPrompts(request.prompts);
    const provider = chosenProvider(request.provider);
    job.stage({ name: 'loading-model' });
    const model = await this.models.open(request.model);
    const method = METHODS[request.method];
    const file = await readImageFile(request.image);
    const picture = await imageSize(file);
    const aspect = request.aspect ?? DEFAULT_ASPECT;
    const size = checkedSize(model, request.size, { aspect, picture });
    const setup = visionSetup(model, request, size, provider);
    const image = await this.imageTokens(file, setup, job);

    const textStarted = performance.now();
    const templates = request.templates ?? 'clip-surgery';
    const redundancy = method.removesRedundancy
      ? redundancyFor(prompts, model.config.surgery?.referenceWords)
      : NO_REDUNDANCY;
    const width = model.text.embed;
    const textSetup = { model, templates, provider };
    const texts = unitRows(await this.texts.encode([...prompts, ...redundancy.words], textSetup, job), width);
    const single = prompts.length === 1;
    const empty = single ? unitRows(await this.texts.encode([''], textSetup, job), width) : undefined;
    const textTime = performance.now() - textStarted;

    const tokens = unitRows(image.tokens, width);
    const maps = method.similarities({
      tokens,
      texts,
      width,
      shown: prompts.length,
      empty: redundancy.rule === 'empty-string' ? empty : undefined,
      classWeights: request.classWeights ?? 'published',
    });
    const cosines = prompts.map((_, t) => dot(tokens, 0, texts, t, width));
    const scores = promptScores(cosines, empty && dot(tokens, 0, empty, 0, width), await this.logitScale(model));
    const grid = { rows: setup.size.height / model.vision.patch, cols: setup.size.width / model.vision.patch };
    const patches = grid.rows * grid.cols;
    return {
      version: 1,
      image: { path: request.imageName, width: picture.width, height: picture.height, sha256: file.sha256 },
      grid,
      mapping: aspect,
      encoded: { width: setup.size.width, height: setup.size.height },
      prompts: prompts.map((text, t) => ({
        text,
        score: scores[t]!,
        cosine: cosines[t]!,
        map: encodeMap(maps.subarray(t * patches, (t + 1) * patches)),
      })),
      method: {
        name: request.method,
        surgeryBlocks: setup.blocks,
        redundancy: redundancy.rule,
        referenceWords: redundancy.words.length,
        score: single ? 'empty-string' : 'prompts',
      },
      model: { id: model.id, name: model.info.name, sha256: model.sha256, licence: model.info.licence },
      templates,
      provider,
      precision: 'fp32',
      timings: { decode: image.decode, image: image.encode, text: textTime, total: performance.now() - started },
      versions: { 'clip-surgery': version, 'onnxruntime-node': env.versions.node ?? env.versions.common },
    };
  };

  features = async (request: FeaturesRequest, job: Job): Promise<Tensor> => {
    const model = await this.models.open(request.model);
    const provider = chosenProvider(request.provider);
    const { pixels, image } = request;
    if (pixels) {
      const [batch, channels, height, width] = pixels.dims;
      if (pixels.dims.length !== 4 || channels !== 3) {
        throw new EngineError('bad-request', `Pixels are [batch, 3, height, width], not [${pixels.dims.join(', ')}].`);
      }
      const size = checkedSize(model, { height: height!, width: width! });
      const setup = visionSetup(model, request, size, provider);
      return tokensTensor(await this.vision.encode(pixels.data, batch!, setup), batch!, model);
    }
    if (!image) throw new EngineError('bad-request', 'Features need an image or pixels.');
    const setup = visionSetup(model, request, checkedSize(model, request.size), provider);
    const { tokens } = await this.imageTokens(await readImageFile(image), setup, job);
    return tokensTensor(tokens, 1, model);
  };

  text = async (request: TextRequest, job: Job): Promise<Tensor> => {
    const model = await this.models.open(request.model);
    const setup = { model, templates: request.templates, provider: chosenProvider(request.provider) };
    const data = await this.texts.encode(request.texts, setup, job);
    return { dims: [request.texts.length, model.text.embed], data };
  };

  /** Tokens `[1+N, D]` of one picture, from the cache where it was encoded before. */
  private async imageTokens(file: ImageFile, setup: VisionSetup, job: Job) {
    const known = this.vision.known(file.sha256, setup);
    if (known) return { tokens: known, decode: 0, encode: 0 };
    await breathe(job);
    const started = performance.now();
    const { height, width } = setup.size;
    const decoded = resize(await decodeImage(file), width, height);
    job.stage({ name: 'encoding-image', height, width });
    await breathe(job);
    const prepared = performance.now();
    const { mean, std } = setup.model.config;
    const tokens = await this.vision.encode(normalise(decoded, mean, std), 1, setup);
    this.vision.remember(file.sha256, setup, tokens);
    return { tokens, decode: prepared - started, encode: performance.now() - prepared };
  }

  /** The factor that CLIP was trained to multiply cosines with; stored as its logarithm. */
  private logitScale(model: Model): Promise<number> {
    let scale = this.logitScales.get(model);
    if (!scale) {
      const { checkpoint } = model;
      scale = checkpoint.has('logitScale')
        ? model.values(checkpoint.tensor('logitScale')).then(([value]) => Math.exp(value!))
        : Promise.resolve(100);
      this.logitScales.set(model, scale);
    }
    return scale;
  }
}

function visionSetup(
  model: Model,
  { method, surgeryBlocks }: Pick<ExplainRequest, 'method' | 'surgeryBlocks'>,
  size: ExplainSize,
  provider: string,
): VisionSetup {
  const path = METHODS[method].image;
  const wanted = surgeryBlocks ?? model.config.surgery?.surgeryBlocks;
  return { model, path, blocks: path.blocks(model.vision, wanted), size, provider };
}

function tokensTensor(data: Float32Array, batch: number, model: Model): Tensor {
  const width = model.vision.embed;
  return { dims: [batch, data.length / batch / width, width], data };
}

/** @throws EngineError when there is nothing to explain. */
function checkedPrompts(prompts: readonly string[]): readonly string[] {
  if (prompts.length === 0)
    throw new EngineError('bad-prompt', 'There is no prompt to explain the picture with.', 'Add a word.');
  const blank = prompts.findIndex((prompt) => prompt.trim() === '');
  if (blank >= 0)
    throw new EngineError('bad-prompt', `Prompt ${blank + 1} is empty.`, 'Write a word or remove the prompt.');
  return prompts;
}
