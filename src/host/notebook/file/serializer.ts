import * as vscode from 'vscode';
import { CELL_LANGUAGE, EXPLANATION_MIME } from '../../../protocol/notebook';
import { isObject, isText, type Fields } from '../fields';
import {
  parseNotebook,
  writeNotebook,
  type ClipCell,
  type ClipItem,
  type ClipNotebook,
  type ClipOutput,
} from './format';
import { checkedOutput, explanationOutput } from '../outputs';

const MARKDOWN = 'markdown';

/** What the editor keeps for us between loading and saving. */
interface KeptNotebook {
  readonly version?: number;
  readonly unknown?: Fields;
}
interface KeptCell {
  /** What a newer version calls the cell. */
  readonly kind?: string;
  readonly unknown?: Fields;
}
interface KeptOutput {
  readonly unknown?: Fields;
  /** The fields that each item has beside the known ones. */
  readonly items?: readonly (Fields | null)[];
  /** An output of a newer version as it was. */
  readonly other?: Fields;
}

/** Reads and writes `*.clipnb`. A file that cannot be read is never written: the editor shows the error instead. */
export class ClipNotebookSerializer implements vscode.NotebookSerializer {
  /** @throws Error with one sentence on what is wrong with the file, and where */
  deserializeNotebook(content: Uint8Array): vscode.NotebookData {
    const { cells, version, unknown } = parseNotebook(new TextDecoder().decode(content));
    const data = new vscode.NotebookData(cells.map(toCellData));
    data.metadata = { ...(version !== undefined && { version }), ...(unknown && { unknown }) };
    return data;
  }

  serializeNotebook({ cells, metadata }: vscode.NotebookData): Uint8Array {
    const { version, unknown } = (metadata ?? {}) as KeptNotebook;
    // Asked at every save: whether outputs are transient for the editor is fixed once and for all.
    const hasOutputs = vscode.workspace.getConfiguration('clipSurgery.notebook').get('saveOutputs', true);
    const notebook: ClipNotebook = {
      cells: cells.map((cell) => fromCellData(cell, hasOutputs)),
      version,
      unknown: hasOutputs || !unknown ? unknown : { ...unknown, thumbnails: undefined },
    };
    return new TextEncoder().encode(writeNotebook(notebook));
  }
}

function toCellData({ kind, text, language, outputs, unknown }: ClipCell): vscode.NotebookCellData {
  const isCode = kind === 'code';
  const data = new vscode.NotebookCellData(
    isCode ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup,
    text,
    language ?? (isCode ? CELL_LANGUAGE : MARKDOWN),
  );
  const isNewKind = !isCode && kind !== MARKDOWN;
  data.outputs = outputs.map(toOutput);
  data.metadata = { ...(isNewKind && { kind }), ...(unknown && { unknown }) };
  return data;
}

function fromCellData(data: vscode.NotebookCellData, hasOutputs: boolean): ClipCell {
  const { kind: newKind, unknown } = (data.metadata ?? {}) as KeptCell;
  const isCode = data.kind === vscode.NotebookCellKind.Code;
  const usual = isCode ? CELL_LANGUAGE : MARKDOWN;
  return {
    kind: isCode ? 'code' : (newKind ?? MARKDOWN),
    // The lines of a file are the same on every system.
    text: data.value.replace(/\r\n?/g, '\n'),
    language: data.languageId === usual ? undefined : data.languageId,
    outputs: hasOutputs ? (data.outputs ?? []).map(fromOutput) : [],
    unknown,
  };
}

function toOutput(output: ClipOutput): vscode.NotebookCellOutput {
  switch (output.kind) {
    case 'explanation': {
      const { record, unknown } = output;
      const checked = checkedOutput(record);
      if (checked) return explanationOutput(checked, kept({ unknown }));
      const item = vscode.NotebookCellOutputItem.json(record, EXPLANATION_MIME);
      return new vscode.NotebookCellOutput([item], kept({ unknown }));
    }
    case 'items': {
      const { items, unknown } = output;
      const each = items.some((item) => item.unknown) ? items.map((item) => item.unknown ?? null) : undefined;
      return new vscode.NotebookCellOutput(items.map(toItem), kept({ unknown, items: each }));
    }
    case 'other': {
      const note = vscode.l10n.t('A newer version of CLIP Surgery made this output.');
      const item = vscode.NotebookCellOutputItem.text(note);
      return new vscode.NotebookCellOutput([item], kept({ other: output.fields }));
    }
  }
}

function fromOutput({ items, metadata }: vscode.NotebookCellOutput): ClipOutput {
  const { unknown, items: each, other } = (metadata ?? {}) as KeptOutput;
  if (other) return { kind: 'other', fields: other };
  const record = recordOf(items.find(({ mime }) => mime === EXPLANATION_MIME));
  if (record) return { kind: 'explanation', record, unknown };
  return { kind: 'items', items: items.map((item, i) => fromItem(item, each?.[i] ?? undefined)), unknown };
}

function recordOf(item: vscode.NotebookCellOutputItem | undefined): Fields | undefined {
  try {
    const record: unknown = item && JSON.parse(new TextDecoder().decode(item.data));
    return isObject(record) ? record : undefined;
  } catch {
    return undefined; // not ours to mend: it is stored as it is
  }
}

function toItem({ mime, data }: ClipItem): vscode.NotebookCellOutputItem {
  const bytes = 'text' in data ? new TextEncoder().encode(data.text) : Buffer.from(data.base64, 'base64');
  return new vscode.NotebookCellOutputItem(new Uint8Array(bytes), mime);
}

function fromItem({ mime, data }: vscode.NotebookCellOutputItem, unknown: Fields | undefined): ClipItem {
  const text = utf8(data);
  const content = isText(text) ? { text } : { base64: Buffer.from(data).toString('base64') };
  return { mime, data: content, unknown };
}

/** Undefined for bytes that are no text. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function kept(fields: KeptOutput): Record<string, unknown> | undefined {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return there.length > 0 ? Object.fromEntries(there) : undefined;
}
