import { join } from 'node:path';
import type { Precision } from '../../src/protocol/execution';
import { differenceOf, savedAnswer } from './difference';
import { inTurn, timed, type Figure, type Task } from './measure';
import { noise } from './noise';
import { goalAgainstPytorch, npyFile, onCpu, startWithCache, type Bench } from './setup';

const SIDES = [224, 512] as const;
/** How many times as fast as PyTorch. */
const GOALS: Readonly<Record<(typeof SIDES)[number], Partial<Record<Precision, number>>>> = {
  224: { int8: 9 },
  512: { fp32: 3.2, int8: 6 },
};

/** ViT-B/16 with surgery in six blocks, from pixels to tokens; the engine's with the way to its process and back. */
export async function benchImage(bench: Bench): Promise<void> {
  const engines = bench.precisions.map((precision) => ({ precision, engine: startWithCache(bench) }));
  try {
    for (const side of SIDES) {
      const { pytorch, rounds, report } = bench;
      const pixels = noise('pixels', [1, 3, side, side]);
      const file = npyFile(bench, `pixels-${side}.npy`, pixels);
      const saved = join(bench.scratch, `tokens-${side}.npy`);
      await pytorch?.image(file, saved); // warms it up as well, as the engine's first calls do
      const differences: Figure[] = [];
      const tasks: Task[] = [];
      for (const { precision, engine } of engines) {
        const request = { ...onCpu(precision), model: bench.vitB16, method: 'clip-surgery', pixels } as const;
        const { data } = await engine.call('features', request);
        if (pytorch) differences.push(differenceOf(precision, data, savedAnswer(saved)));
        const goal = goalAgainstPytorch(bench, precision, GOALS[side][precision]);
        tasks.push({ name: precision, goal, run: () => timed(() => engine.call('features', request)) });
      }
      const published = pytorch && { name: pytorch.name, run: () => pytorch.image(file) };
      const figures = await inTurn(rounds, published ? [published, ...tasks] : tasks);
      const title = `Image encoder of ViT-B/16 at ${side} px`;
      report.add({ title, reference: published?.name ?? tasks[0]!.name, figures: [...figures, ...differences] });
    }
  } finally {
    for (const { engine } of engines) engine.dispose();
  }
}
