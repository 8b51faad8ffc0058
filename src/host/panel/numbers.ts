import { unparse } from 'papaparse';
import { decodeMap, type Explanation } from '../../protocol/explanation';

export type NumberFormat = 'csv' | 'json';

/** Digits that a 32-bit float really has. */
const DIGITS = 7;
const round = (value: number) => Number(value.toPrecision(DIGITS));

/**
 * The numbers of all maps as text. CSV: one line per prompt and patch, rows and columns counted from
 * 1 as in the panel. JSON: how the maps were made, and per prompt the similarities as rows of numbers.
 */
export function numbers(explanation: Explanation, format: NumberFormat): string {
  return format === 'csv' ? csv(explanation) : json(explanation);
}

function csv({ prompts, grid }: Explanation): string {
  const lines = prompts.flatMap(({ text, score, cosine, map }) =>
    Array.from(decodeMap(map, grid), (similarity, i) => ({
      prompt: text,
      score: round(score),
      cosine: round(cosine),
      row: Math.floor(i / grid.cols) + 1,
      column: (i % grid.cols) + 1,
      similarity: round(similarity),
    })),
  );
  // A prompt that starts like a formula must not become one in a spreadsheet.
  return unparse(lines, { escapeFormulae: true }) + '\r\n';
}

function json(explanation: Explanation): string {
  const { prompts, grid, ...made } = explanation;
  const readable = prompts.map(({ text, score, cosine, map }) => {
    const values = [...decodeMap(map, grid)].map(round);
    const similarities = Array.from({ length: grid.rows }, (_, r) => values.slice(r * grid.cols, (r + 1) * grid.cols));
    return { text, score: round(score), cosine: round(cosine), similarities };
  });
  return JSON.stringify({ ...made, grid, prompts: readable });
}
