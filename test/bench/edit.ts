import coco from '../../src/host/vocabulary/file/builtIn/coco80.json';
import type { Precision } from '../../src/protocol/execution';
import pascalContext from '../../src/protocol/pascalContext.json';
import { inTurn, timed, type Task } from './measure';
import { explainRequest, startWithCache, type Bench } from './setup';

const words = ['heart', 'star', 'circle'];
/** Not among the words that they are compared with. */
const newWords = coco.filter((word) => !word.includes(' ') && !pascalContext.includes(word));
const CACHED_WORD_MS = 5;
const NEW_WORD_MS: Partial<Record<Precision, number>> = { fp32: 120, int8: 60 };

/** An edit of the prompts of a picture that is encoded: whole requests with ViT-B/16 at 512 px, 62 words compared. */
export async function benchEdit(bench: Bench): Promise<void> {
  const engines = bench.precisions.map((precision) => ({ precision, engine: startWithCache(bench) }));
  try {
    const tasks: Task[] = [];
    for (const { precision, engine } of engines) {
      const explain = (prompts: readonly string[]) => engine.call('explain', explainRequest(bench, precision, prompts));
      await explain(words);
      await explain([...words, 'warm']);
      const limit = NEW_WORD_MS[precision];
      tasks.push({
        name: `${precision}, a new word`,
        goal: limit === undefined ? undefined : { atMost: limit },
        run: (round) => timed(() => explain([...words, newWords[round]!])),
      });
      tasks.push({
        name: `${precision}, a word seen before`,
        goal: { atMost: CACHED_WORD_MS },
        run: (round) => timed(() => explain([...words, newWords[round]!])),
      });
    }
    const figures = await inTurn(2 * bench.rounds, tasks);
    bench.report.add({ title: 'Prompt edit of an encoded picture, ViT-B/16 at 512 px', figures });
  } finally {
    for (const { engine } of engines) engine.dispose();
  }
}
