import assert from 'node:assert/strict';
import { parse } from 'papaparse';
import { numbers } from '../../../src/host/panel/numbers';
import { explanation } from '../../webview/support/explanation';

const MAPS = { 'red, "big" circle': [0.1, -0.2, 0.3, 0.4, 0.5, 1e-9], '=SUM(A1)': [1, 2, 3, 4, 5, 6] };
const record = explanation(MAPS, 2, 3);

describe('the numbers of maps', () => {
  it('as CSV: one line per word and patch, no formulas', () => {
    const { data, errors } = parse<Record<string, string>>(numbers(record, 'csv'), {
      header: true,
      skipEmptyLines: true,
    });
    assert.deepEqual(errors, []);
    assert.equal(data.length, 12);
    assert.deepEqual(data[5], {
      prompt: 'red, "big" circle',
      score: '0.6',
      cosine: '0.25',
      row: '2',
      column: '3',
      similarity: '1e-9',
    });
    assert.equal(data[1]!.similarity, '-0.2');
    assert.equal(data[6]!.prompt, "'=SUM(A1)");
  });

  it('as JSON: rows of the grid, and how they were made', () => {
    const read = JSON.parse(numbers(record, 'json')) as typeof record & { prompts: { similarities: number[][] }[] };
    assert.deepEqual(read.prompts[0]!.similarities, [
      [0.1, -0.2, 0.3],
      [0.4, 0.5, 1e-9],
    ]);
    assert.deepEqual(read.model, record.model);
    assert.deepEqual(read.grid, { rows: 2, cols: 3 });
  });
});
