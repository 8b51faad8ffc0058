import { join } from 'node:path';
import { featureSurgery } from '../../src/clip/explanation/featureSurgery';
import { PictureCosines } from '../../src/engine/pictureCosines';
import { differenceOf, savedAnswer } from './difference';
import { inTurn, timed } from './measure';
import { noisyRows } from './noise';
import { npyFile, type Bench } from './setup';

const TOKENS = 1 + 32 * 32;
const WIDTH = 512;
/** PyTorch holds all products of tokens and words: with the larger number several times 2 GB. */
const WORDS = [59, 1000] as const;
const FEW = WORDS[0];

/** Feature surgery at 512 px, in this process. */
export async function benchSurgery(bench: Bench): Promise<void> {
  const { pytorch, rounds, report } = bench;
  const tokens = noisyRows('tokens', TOKENS, WIDTH);
  for (const words of WORDS) {
    const texts = noisyRows('texts', words, WIDTH);
    const rows = Array.from({ length: words }, (_, t) => texts.data.subarray(t * WIDTH, (t + 1) * WIDTH));
    const cosines = new PictureCosines({ threads: bench.machine.cores });
    // A picture is another one when its tokens are another object.
    const input = async (picture = tokens.data.slice()) =>
      ({ cosines: await cosines.of(picture, rows), shown: words, classWeights: 'published' }) as const;
    const known = await input();
    const own = { name: 'closed form, words seen before', run: () => timed(() => featureSurgery(known)) };
    const first = {
      name: 'closed form, with the cosines',
      run: () => timed(async () => featureSurgery(await input())),
    };
    const title = `Feature surgery, ${TOKENS} tokens and ${words} words`;
    const answer = featureSurgery(known);
    if (!pytorch || words !== FEW) {
      report.add({ title, figures: await inTurn(rounds, [first, own]) });
      continue;
    }
    const files = [npyFile(bench, 'tokens.npy', tokens), npyFile(bench, 'texts.npy', texts)] as const;
    const saved = join(bench.scratch, 'similarities.npy');
    await pytorch.surgery(...files, saved);
    const figures = await inTurn(rounds, [{ name: pytorch.name, run: () => pytorch.surgery(...files) }, first, own]);
    report.add({
      title,
      reference: pytorch.name,
      figures: [...figures, differenceOf('fp32', answer, shownPatches(savedAnswer(saved), words))],
    });
  }
}

/** PyTorch's `[1, 1 + N, words]` as our `[words, N]`. */
function shownPatches(similarities: Float32Array, words: number): Float32Array {
  const patches = TOKENS - 1;
  const at = (i: number) => (1 + (i % patches)) * words + Math.floor(i / patches);
  return Float32Array.from({ length: words * patches }, (_, i) => similarities[at(i)]!);
}
