/** Jupyter's file format, version 4.5: https://nbformat.readthedocs.io/en/latest/format_description.html */

/** What a notebook of any kind holds, in plain words. */
export interface PlainCell {
  readonly kind: 'markdown' | 'code';
  readonly source: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly executionCount?: number;
  readonly outputs?: readonly PlainOutput[];
}

/** The same thing in several types: text, the base64 of bytes, and objects for types that end in `json`. */
export type PlainOutput = Readonly<Record<string, string | object>>;

export interface Language {
  readonly name: string;
  readonly [key: string]: unknown;
}

interface JupyterCell {
  readonly id: string;
  readonly cell_type: 'markdown' | 'code';
  readonly source: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly outputs?: readonly JupyterOutput[];
}

interface JupyterOutput {
  readonly output_type: 'display_data';
  readonly data: Readonly<Record<string, string | readonly string[] | object>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface JupyterNotebook {
  readonly cells: readonly JupyterCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

/** The notebook as Jupyter has it. Cells are named by their place, so that another export differs only in what changed. */
export function toJupyter(
  cells: readonly PlainCell[],
  language: Language,
  metadata: Readonly<Record<string, unknown>> = {},
): JupyterNotebook {
  return {
    cells: cells.map((cell, i) => toJupyterCell(cell, `cell-${i + 1}`)),
    metadata: { ...metadata, language_info: language },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The text of the file, spaced as Jupyter's own. */
export function jupyterText(notebook: JupyterNotebook): string {
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

function toJupyterCell(
  { kind, source, metadata = {}, executionCount, outputs = [] }: PlainCell,
  id: string,
): JupyterCell {
  const common = { id, cell_type: kind, metadata, source: linesOf(source) };
  if (kind === 'markdown') return common;
  return { ...common, execution_count: executionCount ?? null, outputs: outputs.map(toJupyterOutput) };
}

function toJupyterOutput(output: PlainOutput): JupyterOutput {
  const entries = Object.entries(output).map(([mime, value]) => [mime, typeof value === 'string' && isText(mime) ? linesOf(value) : value]); // prettier-ignore
  return { output_type: 'display_data', data: Object.fromEntries(entries) as JupyterOutput['data'], metadata: {} };
}

/** Types whose content is written as text; all others are base64 or objects. */
export function isText(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'image/svg+xml' || /^application\/(.*\+)?xml$|javascript$/.test(mime);
}

/** Each with its line break, as Jupyter has them: a changed line is then one line of a diff. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
