import { resolve } from 'node:path';
import { candidates, unavailableChoice } from '../engine/devices/candidates';
import { prove } from '../engine/devices/prover';
import type { Verdict } from '../engine/devices/verdict';
import type { Execution } from '../protocol/execution';
import type { Command } from './command';
import { readExecution, readOptions } from './options';
import { write } from './write';

/** Tries what could compute on this machine and prints how it did. */
export const devices: Command = async (args, { engine, options, demoModel }) => {
  const { values } = readOptions(args, ['model', 'provider', 'precision', 'json']);
  const choice = readExecution(values);
  const listed = await engine.call('providers', {});
  const impossible = unavailableChoice(listed, process, choice);
  if (impossible !== undefined) throw new Error(impossible);
  const proof = await prove({
    model: resolve(values.model ?? demoModel),
    candidates: candidates(listed, process, choice),
    engineFor: () => options,
    onProgress: ({ trying, verdicts }) => process.stderr.write(`trying ${nameOf(trying)} (${verdicts.length} done)\n`),
  });
  if (values.json !== undefined) await write(values.json, JSON.stringify(proof, undefined, 2) + '\n');
  else for (const line of proof.verdicts.map(lineOf)) console.log(line);
  if (values.json === undefined && proof.chosen) console.log(`fastest: ${nameOf(proof.chosen)}`);
};

function lineOf({ execution, outcome, milliseconds, reason, maps }: Verdict): string {
  const time = milliseconds ? `${Math.round(milliseconds)} ms` : '';
  const difference = maps ? `maps differ by ${maps.mean.toFixed(4)} from fp32` : undefined;
  const why = [difference, reason].filter(Boolean).join('. ');
  return [nameOf(execution).padEnd(22), outcome.padEnd(12), time.padStart(8), why].join(' ').trimEnd();
}

function nameOf({ provider, precision, attention }: Execution): string {
  return [provider, precision, ...(provider === 'cpu' ? [] : [attention])].join(' ');
}
