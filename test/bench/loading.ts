import { join } from 'node:path';
import { GraphBuilder } from '../../src/clip/graph/graphBuilder';
import { textTreeGraph } from '../../src/clip/graph/textTree';
import { visionGraph } from '../../src/clip/graph/visionTransformer';
import { METHODS } from '../../src/clip/methods';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { QuantisedModels } from '../../src/engine/int8/quantisedModels';
import { Model } from '../../src/engine/model';
import { createSession } from '../../src/engine/session';
import { quietJob } from '../fixtures/job';
import { inTurn, timed, type Figure, type Task } from './measure';
import { cacheFolder, calibrationPictures, onCpu, type Bench } from './setup';

const BLOCKS = 6;
const GRAPH_MS = 100;

/** What stands between a checkpoint and the first picture, in this process: graphs of ViT-B/16 and their sessions. */
export async function benchLoading(bench: Bench): Promise<void> {
  const hashes = new CheckpointHashes();
  const first: Figure[] = [];
  const once = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    first.push({ name, unit: 'ms', values: [performance.now() - started] });
    return result;
  };
  const model = await once('open and hash the checkpoint', () => Model.open(bench.vitB16, hashes));
  const folder = join(cacheFolder(bench), 'int8');
  const quantised = new QuantisedModels({ folder, examples: calibrationPictures, hashes });

  const tasks: Task[] = [];
  for (const precision of bench.precisions) {
    const weights =
      precision === 'int8'
        ? await once('int8 weights, made or found', () => quantised.of(model, quietJob))
        : model.weights;
    const path = METHODS['clip-surgery'].image.path(BLOCKS);
    const graphs = {
      image: (builder: GraphBuilder) => {
        if (model.vision.kind !== 'vision') throw new RangeError('this is no vision transformer');
        return visionGraph(builder, model.vision, path);
      },
      text: (builder: GraphBuilder) => textTreeGraph(builder, model.text),
    };
    for (const [encoder, write] of Object.entries(graphs)) {
      let bytes: Uint8Array;
      tasks.push({
        name: `${precision}, graph of the ${encoder} encoder`,
        goal: { atMost: GRAPH_MS },
        run: () => timed(() => (bytes = write(new GraphBuilder(weights.checkpoint, onCpu(precision))))),
      });
      tasks.push({
        name: `${precision}, session of the ${encoder} encoder`,
        run: () =>
          timed(async () =>
            (await createSession(bytes, weights.folder, 'cpu', { threads: bench.machine.cores })).release(),
          ),
      });
    }
  }
  const figures = await inTurn(bench.rounds, tasks);
  bench.report.add({ title: 'Loading ViT-B/16', figures: [...first, ...figures] });
}
