import { t } from '@vscode/l10n';
import { METHOD_NAMES, type Explanation } from '../../src/protocol/explanation';
import type { ExplanationOutput } from '../../src/protocol/notebook';
import { checkRecord, MOST_VALUES } from '../camView/maps';

const LONGEST_NAME = 200;

/**
 * What an output holds, which anybody may have written. A bare record is an output of its own.
 * The maps themselves are decoded when they are drawn.
 * @param id the name of an output that has none
 * @throws RangeError with one sentence on what is wrong.
 */
export function readOutput(stored: unknown, id: string): ExplanationOutput {
  const given = (typeof stored === 'object' ? stored : undefined) as Partial<ExplanationOutput> | undefined | null;
  if (!given) throw new RangeError(t('The output holds no record.'));
  if (!('explanations' in given)) return { version: 1, id, explanations: [checked(given)] };
  if (given.version !== 1) throw new RangeError(t('The output was written by a newer version.'));
  const { explanations, thumbnail, threshold, vocabulary } = given;
  if (!Array.isArray(explanations) || explanations.length === 0 || explanations.length > METHOD_NAMES.length) {
    throw new RangeError(t('The output holds no record.'));
  }
  const records = explanations.map(checked);
  const values = records.map(({ prompts, grid }) => prompts.length * grid.rows * grid.cols);
  if (values.reduce((sum, count) => sum + count, 0) > MOST_VALUES) {
    throw new RangeError(t('The output has too many values.'));
  }
  const name: unknown = given.id;
  return {
    version: 1,
    id: isName(name) ? name : id,
    explanations: records,
    ...(typeof thumbnail === 'string' && { thumbnail }),
    ...(typeof threshold === 'number' && threshold >= 0 && threshold <= 1 && { threshold }),
    ...(isName(vocabulary) && { vocabulary }),
  };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}

function checked(record: unknown): Explanation {
  checkRecord(record);
  return record;
}
