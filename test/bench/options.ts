import { parseArgs } from 'node:util';
import { PRECISIONS, type Precision } from '../../src/protocol/execution';

export interface BenchOptions {
  /** Fewer rounds. */
  readonly quick: boolean;
  readonly againstPytorch: boolean;
  /** Interpreter that has torch; left out: the usual ones. */
  readonly python?: string;
  readonly precisions: readonly Precision[];
  /** Names of sections; left out: all of them. */
  readonly only?: readonly string[];
  /** Write what was measured: to a file, or to the standard output where none is named. */
  readonly json?: { readonly file?: string };
}

export const USAGE = `npm run bench -- [--quick] [--against-pytorch] [--json [FILE]] [--only SECTION,...]
                [--precisions fp32,int8] [--python PATH]`;

/** @throws TypeError for options that do not exist, RangeError for values that do not */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      'against-pytorch': { type: 'boolean', default: false },
      python: { type: 'string' },
      precisions: { type: 'string', default: 'fp32,int8' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length > (values.json ? 1 : 0)) throw new RangeError(`What is "${positionals[0]}"?`);
  return {
    quick: values.quick,
    againstPytorch: values['against-pytorch'],
    python: values.python,
    precisions: values.precisions.split(',').map(precision),
    only: values.only?.split(','),
    json: values.json ? { file: positionals[0] } : undefined,
  };
}

function precision(name: string): Precision {
  const found = PRECISIONS.find((known) => known === name);
  if (!found) throw new RangeError(`There is no precision "${name}"; there are: ${PRECISIONS.join(', ')}.`);
  return found;
}
