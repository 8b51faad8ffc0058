import { join } from 'node:path';
import type { Precision } from '../../src/protocol/execution';
import labels from '../../src/protocol/pascalContext.json';
import { differenceOf, savedAnswer } from './difference';
import { inTurn, timed, type Figure, type Task } from './measure';
import { goalAgainstPytorch, type Bench } from './setup';
import { textWays, type TextWays } from './textWays';

/** How many times as fast as PyTorch the labels are encoded. */
const GOALS: Partial<Record<Precision, number>> = { fp32: 30, int8: 75 };

/** The text encoder of ViT-B/16: sentences in whole as published, cut to the longest, and sharing their beginnings. */
export async function benchText(bench: Bench): Promise<void> {
  const text = await textWays(bench);
  try {
    const differences = await warmUp(bench, text);
    await benchOneLabel(bench, text, differences);
    await benchAllLabels(bench, text);
  } finally {
    for (const way of text.ways) way.dispose();
  }
}

/** Loads all sessions, computes the beginnings, and compares the answers. */
async function warmUp({ pytorch, scratch }: Bench, { ways, ids }: TextWays): Promise<Figure[]> {
  const saved = join(scratch, 'text.npy');
  await pytorch?.text([ids('warm')], saved);
  const figures: Figure[] = [];
  for (const way of ways) {
    await way.whole('warm', 'needed');
    const { data } = await way.shared(['warm']);
    if (pytorch) figures.push(differenceOf(way.precision, data, savedAnswer(saved)));
  }
  return figures;
}

async function benchOneLabel(bench: Bench, { ways, ids }: TextWays, differences: readonly Figure[]): Promise<void> {
  const { pytorch, rounds, report } = bench;
  const tasks = ways.flatMap(({ precision, whole, shared }): Task[] => [
    { name: `${precision}, all 77 positions`, run: (round) => timed(() => whole(labels[round]!, 'all')) },
    { name: `${precision}, cut to the longest`, run: (round) => timed(() => whole(labels[round]!, 'needed')) },
    { name: `${precision}, beginnings known`, run: (round) => timed(() => shared([labels[round]!])) },
  ]);
  const published = pytorch && { name: pytorch.name, run: (round: number) => pytorch.text([ids(labels[round]!)]) };
  const figures = await inTurn(rounds, published ? [published, ...tasks] : tasks);
  report.add({
    title: 'Text encoder of ViT-B/16, 1 label x 85 templates',
    reference: published?.name ?? tasks[0]!.name,
    figures: [...figures, ...differences],
  });
}

/** Work that does not depend on the label is measured with one of them: all of it takes PyTorch minutes. */
async function benchAllLabels(bench: Bench, { ways, ids }: TextWays): Promise<void> {
  const { pytorch, rounds, report } = bench;
  const count = labels.length;
  const tasks = ways.flatMap(({ precision, whole, shared }): Task[] => {
    return [
      {
        name: `${precision}, all 77 positions, ${count} x one label`,
        run: async (round) => count * (await timed(() => whole(labels[round]!, 'all'))),
      },
      {
        name: `${precision}, cut to the longest`,
        run: () =>
          timed(async () => {
            for (const label of labels) await whole(label, 'needed');
          }),
      },
      {
        name: `${precision}, beginnings known`,
        goal: goalAgainstPytorch(bench, precision, GOALS[precision]),
        run: (round) => timed(() => shared(respelled(labels, 1 + round))),
      },
    ];
  });
  const published = pytorch && {
    name: `${pytorch.name}, ${count} x one label`,
    run: async (round: number) => count * (await pytorch.text([ids(labels[round]!)])),
  };
  const figures = await inTurn(Math.ceil(rounds / 3), published ? [published, ...tasks] : tasks);
  const title = `Text encoder of ViT-B/16, ${count} labels x 85 templates`;
  report.add({ title, reference: published?.name ?? tasks[0]!.name, figures });
}

/** The same tokens in a spelling of their own, which the engine does not remember: other letters are capitals. */
function respelled(words: readonly string[], spelling: number): string[] {
  const letter = (small: string, at: number) => (at < 31 && spelling & (1 << at) ? small.toUpperCase() : small);
  return words.map((word) => Array.from(word, letter).join(''));
}
