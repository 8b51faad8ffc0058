import { Tensor } from 'onnxruntime-node';
import { GraphBuilder } from '../../clip/graph/graphBuilder';
import { normPeaksGraph } from '../../clip/graph/normPeaks';
import { positionsFor } from '../../clip/graph/positions';
import { normalise } from '../../clip/preprocess/normalise';
import { resize } from '../../clip/preprocess/resize';
import { promptEnsemble, TEMPLATES } from '../../clip/tokenizer/templates';
import { REFERENCE } from '../../protocol/execution';
import pascalContext from '../../protocol/pascalContext.json';
import type { VisionTower } from '../../clip/architecture';
import { decodeImage, readImageFile } from '../imageReader';
import { breathe, type Job } from '../job';
import type { Model } from '../model';
import { createSession, type Session } from '../session';

/** How many sentences show what the text encoder's norms let through. */
const SENTENCES = 32;

/** `[2 * layers, width]`: see normPeaksGraph. */
type Peaks = Float32Array;

/**
 * The largest values behind the image encoder's norms over some pictures, as the model is explained.
 * @param images paths of picture files
 */
export async function imagePeaks(
  model: Model & { readonly vision: VisionTower },
  images: readonly string[],
  job: Job,
): Promise<Peaks> {
  const tower = model.vision;
  const side = model.info.explainSize;
  const cells = side / tower.patch;
  const stored = await model.values(model.checkpoint.tensor('vision.positions'));
  const positions = positionsFor(stored, tower.width, { rows: cells, cols: cells });
  const { mean, std } = model.config;
  return largestOf(await peaksSession(model, tower), images, job, async (path) => ({
    pixels: new Tensor(
      'float32',
      normalise(resize(await decodeImage(await readImageFile({ path })), side, side), mean, std),
      [1, 3, side, side],
    ),
    positions: new Tensor('float32', positions, [1 + cells * cells, tower.width]),
  }));
}

/** The largest values behind the text encoder's norms over some sentences, each word in another template. */
export async function textPeaks(model: Model, job: Job): Promise<Peaks> {
  const { width } = model.text;
  const tokenizer = await model.tokenizer();
  const words = model.config.surgery?.referenceWords ?? pascalContext;
  const templates = TEMPLATES['clip-surgery'];
  const sentences = Array.from({ length: SENTENCES }, (_, i) => {
    const [sentence] = promptEnsemble(words[i % words.length]!, [templates[(i * 7) % templates.length]!]);
    const { ids, end } = tokenizer.encode(sentence!);
    return ids.slice(0, end + 1);
  });
  return largestOf(await peaksSession(model, model.text), sentences, job, async (ids) => ({
    embeddings: new Tensor('float32', await model.embeddings.of(ids, [...ids.keys()]), [1, ids.length, width]),
  }));
}

/** A session of its own, for this once. */
function peaksSession({ weights: { checkpoint, folder } }: Model, tower: Parameters<typeof normPeaksGraph>[1]) {
  const graph = normPeaksGraph(new GraphBuilder(checkpoint, REFERENCE), tower);
  return createSession(graph, folder, REFERENCE.provider, { lowMemory: true });
}

async function largestOf<T>(
  session: Session,
  samples: readonly T[],
  job: Job,
  inputs: (sample: T) => Promise<Record<string, Tensor>>,
): Promise<Peaks> {
  try {
    let largest: Peaks | undefined;
    for (const sample of samples) {
      await breathe(job);
      const peaks = await session.run(await inputs(sample), 'peaks');
      largest = largest?.map((value, i) => Math.max(value, peaks[i]!)) ?? peaks;
    }
    return largest!;
  } finally {
    session.release();
  }
}
