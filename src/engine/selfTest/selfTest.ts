import { REFERENCE, type Execution } from '../../protocol/execution';
import type { MapDifference, SelfTest } from '../../protocol/selfTest';
import { breathe, type Job } from '../job';
import type { Model } from '../model';
import type { Sessions } from '../sessions';
import type { Answers } from './answers';
import { relativeDifference, TOLERANCE } from './difference';
import { KnownWork, PARTS } from './knownWork';

const TIMED_RUNS = 3;
/** What takes longer is timed once: on a GPU that is none, pictures take many seconds. */
const LONG_RUN_MS = 2_000;
/** int8 changes maps: by no more than anyone would see. */
const LARGEST_MEAN_DIFFERENCE = 0.02;
const FEWEST_SAME_PEAKS = 0.95;

export interface SelfTestTools {
  readonly sessions: Sessions;
  readonly answers: Answers;
  /** Maps of example pictures in the execution and in the reference. */
  readonly compareMaps: (execution: Execution) => Promise<MapDifference>;
}

/**
 * Whether an execution computes what the reference computes, and how long it takes. Floats must give the same
 * features; int8 gives others, and must give nearly the same maps.
 * @throws EngineError when the provider does not work here
 */
export async function selfTest(
  { sessions, answers, compareMaps }: SelfTestTools,
  model: Model,
  execution: Execution,
  job: Job,
): Promise<SelfTest> {
  const work = new KnownWork(sessions, model, execution, job);
  const { precision } = execution;
  if (precision === 'int8') {
    const maps = await compareMaps(execution);
    return { wrong: wrongMaps(maps), maps, milliseconds: await timeOf(work, model, job) };
  }
  for (const part of PARTS) {
    await breathe(job);
    // The reference first: a process in which a device has failed may have nothing more to say.
    const expected = await answers.of(model, part, job);
    const difference = relativeDifference(await work.compute(part), expected);
    if (!(difference <= TOLERANCE[precision])) {
      return { wrong: `Its ${NAMES[part]} differs by ${percent(difference)} from the CPU's.`, milliseconds: 0 };
    }
  }
  return { milliseconds: await timeOf(work, model, job) };
}

const NAMES = { attention: 'attention', image: 'image encoder', text: 'text encoder' } as const;

function wrongMaps({ mean, samePeak, maps }: MapDifference): string | undefined {
  if (mean < LARGEST_MEAN_DIFFERENCE && samePeak >= FEWEST_SAME_PEAKS) return undefined;
  return `Its maps differ too much from those in ${REFERENCE.precision}: by ${mean.toFixed(3)} on average, and the maximum stays in ${percent(samePeak)} of ${maps}.`;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}

/** Median milliseconds of one picture at the side that the model is explained at, after a warm-up. */
async function timeOf(work: KnownWork, model: Model, job: Job): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= TIMED_RUNS; run++) {
    await breathe(job);
    const started = performance.now();
    await work.encode(model.info.explainSize);
    if (run === 0) continue;
    times.push(performance.now() - started);
    if (times.at(-1)! > LONG_RUN_MS) break;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
