import * as vscode from 'vscode';
import { EXPLANATION_MIME, type ExplanationOutput } from '../../protocol/notebook';
import { isObject, isText } from './fields';

const PLAIN_TEXT = 'text/plain';

/** One picture's maps as an output: for our renderer, and as text for everything else. */
export function explanationOutput(
  output: ExplanationOutput,
  metadata?: Record<string, unknown>,
): vscode.NotebookCellOutput {
  const record = vscode.NotebookCellOutputItem.json(output, EXPLANATION_MIME);
  const scores = vscode.NotebookCellOutputItem.text(scoreText(output), PLAIN_TEXT);
  return new vscode.NotebookCellOutput([record, scores], metadata);
}

/** One thing that went wrong, in one sentence; `name` is what it is about. */
export function failureOutput(name: string, message: string): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error({ name, message })]);
}

/** The maps in an output of whatever origin; undefined where there are none that can be drawn. */
export function readExplanationOutput(output: vscode.NotebookCellOutput): ExplanationOutput | undefined {
  const item = output.items.find(({ mime }) => mime === EXPLANATION_MIME);
  if (!item) return undefined;
  try {
    return checkedOutput(JSON.parse(new TextDecoder().decode(item.data)));
  } catch {
    return undefined; // no JSON
  }
}

/** The record if it has everything that the host uses of it; maps are checked by whoever draws them. */
export function checkedOutput(value: unknown): ExplanationOutput | undefined {
  if (!isObject(value)) return undefined;
  const { version, id, explanations, thumbnail, threshold } = value;
  const isWhole = version === 1 && isText(id) && Array.isArray(explanations) && explanations.length > 0;
  const hasOptional =
    (thumbnail === undefined || isText(thumbnail)) && (threshold === undefined || typeof threshold === 'number');
  return isWhole && hasOptional && explanations.every(isExplanation)
    ? (value as unknown as ExplanationOutput)
    : undefined;
}

/** The scores of every method, one line for each prompt, for readers that draw nothing. */
export function scoreText({ explanations }: ExplanationOutput): string {
  const lines = explanations.flatMap(({ method, prompts }) => {
    const width = Math.max(...prompts.map(({ text }) => text.length));
    const line = ({ text, score, cosine }: (typeof prompts)[number]) =>
      `  ${text.padEnd(width)}  ${score.toFixed(3)}  (cosine ${cosine.toFixed(3)})`;
    return [`${method.name}:`, ...prompts.map(line)];
  });
  return [explanations[0]!.image.path, ...lines].join('\n');
}

function isExplanation(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { image, grid, prompts, method } = value;
  const hasImage = isObject(image) && isText(image['path']) && isText(image['sha256']);
  const hasGrid = isObject(grid) && [grid['rows'], grid['cols']].every((count) => Number.isSafeInteger(count));
  const hasMethod = isObject(method) && isText(method['name']);
  return hasImage && hasGrid && hasMethod && Array.isArray(prompts) && prompts.length > 0 && prompts.every(isPrompt);
}

function isPrompt(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { text, score, cosine, map } = value;
  return isText(text) && isText(map) && [score, cosine].every((number) => typeof number === 'number');
}
