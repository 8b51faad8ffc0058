// Milliseconds, and ratios of what was measured in the same run: `npm run bench`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchActivation } from './bench/activation';
import { benchEdit } from './bench/edit';
import { benchImage } from './bench/image';
import { benchLoading } from './bench/loading';
import { thisMachine } from './bench/machine';
import { benchMemory } from './bench/memory';
import { readOptions, USAGE, type BenchOptions } from './bench/options';
import { Pytorch } from './bench/pytorch';
import { Report } from './bench/report';
import { benchRequests } from './bench/requests';
import type { Bench } from './bench/setup';
import { benchSurgery } from './bench/surgery';
import { benchText } from './bench/text';
import { DEMO_MODEL } from './fixtures/engine';
import { formulaModel, VIT_B16 } from './fixtures/formulaModel';
import { golden, hasGolden } from './fixtures/golden';

const SECTIONS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  activation: benchActivation,
  requests: benchRequests,
  loading: benchLoading,
  image: benchImage,
  text: benchText,
  edit: benchEdit,
  surgery: benchSurgery,
  memory: benchMemory,
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const sections = chosenSections(options);
  const machine = thisMachine();
  // What is read by programs stays alone on the standard output.
  const isForPrograms = options.json !== undefined && options.json.file === undefined;
  const report = new Report(machine, isForPrograms ? console.error : console.log);
  const tokenizer = hasGolden ? golden('clip-tokenizer.json') : join(DEMO_MODEL, 'tokenizer.json');
  if (!hasGolden) report.note("The vocabulary of CLIP is not here: the demo model's, with more tokens per word.");
  const vitB16 = formulaModel(VIT_B16, { tokenizer: readFileSync(tokenizer, 'utf8') });
  const scratch = mkdtempSync(join(tmpdir(), 'clip-bench-'));
  let pytorch: Pytorch | undefined;
  try {
    if (options.againstPytorch) pytorch = await startPytorch(vitB16, options, report);
    const { precisions, quick } = options;
    const bench: Bench = { rounds: quick ? 3 : 7, precisions, vitB16, scratch, machine, pytorch, report };
    for (const section of sections) await section(bench);
  } finally {
    pytorch?.dispose();
    // Engines that were just ended may still hold a file.
    for (const folder of [vitB16, scratch]) rmSync(folder, { recursive: true, maxRetries: 5 });
  }
  if (options.json) report.writeJson(options.json.file);
}

/** @throws RangeError for a section that does not exist */
function chosenSections({ only }: BenchOptions) {
  const unknown = only?.find((name) => !(name in SECTIONS));
  if (unknown !== undefined) {
    throw new RangeError(`There is no section "${unknown}"; there are: ${Object.keys(SECTIONS).join(', ')}.`);
  }
  return Object.entries(SECTIONS).filter(([name]) => only?.includes(name) ?? true).map(([, section]) => section); // prettier-ignore
}

/** Without PyTorch the engine is measured alone. */
async function startPytorch(folder: string, { python }: BenchOptions, report: Report): Promise<Pytorch | undefined> {
  try {
    const pytorch = await Pytorch.start(join(folder, 'model.safetensors'), { python, threads: thisMachine().cores });
    report.compareWith(pytorch.about);
    return pytorch;
  } catch (error) {
    report.note(`Not compared with PyTorch: ${(error as Error).message}`);
    return undefined;
  }
}

main().catch((error: Error) => {
  console.error(error instanceof RangeError || error instanceof TypeError ? `${error.message}\n\n${USAGE}` : error);
  process.exitCode = 1;
});
