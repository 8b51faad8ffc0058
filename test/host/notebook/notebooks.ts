import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EngineHost } from '../../../src/host/engineHost';
import { readExplanationOutput } from '../../../src/host/notebook/outputs';
import type { ActiveVocabulary, Vocabularies } from '../../../src/host/vocabulary/vocabularies';
import type { ExplanationOutput } from '../../../src/protocol/notebook';

const storage = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-host-storage-'));
after(() => rmSync(storage, { recursive: true, force: true }));

const extension = () => vscode.extensions.getExtension('clip-surgery.clip-surgery')!;

export async function activate(): Promise<void> {
  await extension().activate();
}

/** An engine of the test's own. */
export function startEngineHost(): EngineHost & { readonly log: vscode.LogOutputChannel } {
  // Channels of one name share a file: the first that is disposed closes it.
  const log = vscode.window.createOutputChannel(`test ${randomUUID()}`, { log: true });
  const context = {
    asAbsolutePath: (name: string) => path.join(extension().extensionPath, name),
    globalStorageUri: vscode.Uri.file(storage),
  };
  return Object.assign(new EngineHost(context as vscode.ExtensionContext, log), { log });
}

/** The words of the model as a vocabulary that is followed. */
export class TestVocabulary implements Pick<Vocabularies, 'active' | 'onDidChange'> {
  private readonly changed = new vscode.EventEmitter<void>();
  private part: Partial<ActiveVocabulary> = {};
  readonly onDidChange = this.changed.event;

  constructor(private readonly engine: EngineHost) {}

  async active(): Promise<ActiveVocabulary> {
    const { id, prompts } = await this.engine.models.info();
    return { name: id, prompts: prompts.map((text) => ({ text })), distractors: [], ...this.part };
  }

  change(part: Partial<ActiveVocabulary>): void {
    this.part = part;
    this.changed.fire();
  }
}

/** An engine and a vocabulary of the test's own. */
export function startServices() {
  const engine = startEngineHost();
  const vocabularies = new TestVocabulary(engine);
  const dispose = () => {
    engine.dispose();
    engine.log.dispose();
  };
  return { engine, vocabularies, dispose };
}

export function code(text: string): vscode.NotebookCellData {
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'clip-explain');
}

/** A notebook without a file: its paths are relative to the workspace, the examples. */
export async function openUntitled(...cells: (string | vscode.NotebookCellData)[]): Promise<vscode.NotebookDocument> {
  const data = new vscode.NotebookData(cells.map((cell) => (typeof cell === 'string' ? code(cell) : cell)));
  const notebook = await vscode.workspace.openNotebookDocument('clip-notebook', data);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

/** Starts cells, all where none are named. */
export async function start({ uri, cellCount }: vscode.NotebookDocument, from = 0, to = cellCount): Promise<void> {
  await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: from, end: to }], document: uri });
}

/** Runs cells to their end, all where none are named. */
export async function run(notebook: vscode.NotebookDocument, from = 0, to = notebook.cellCount): Promise<void> {
  const cells = notebook.getCells(new vscode.NotebookRange(from, to));
  const before = cells.map((cell) => cell.executionSummary?.executionOrder);
  await start(notebook, from, to);
  await until('the cells are done', () =>
    cells.every(
      ({ executionSummary }, i) =>
        executionSummary?.executionOrder !== before[i] && executionSummary?.timing?.endTime !== undefined,
    ),
  );
}

export async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !isTrue(); await sleep(20)) {
    assert.ok(Date.now() < end, `not within 30 seconds: ${what}`);
  }
}

export function explanationsOf(cell: vscode.NotebookCell): ExplanationOutput[] {
  return cell.outputs.flatMap((output) => readExplanationOutput(output) ?? []);
}

/** What an output says that is an error. */
export function failureOf({ items }: vscode.NotebookCellOutput): { name: string; message: string } | undefined {
  const item = items.find(({ mime }) => mime === 'application/vnd.code.notebook.error');
  return item && (JSON.parse(new TextDecoder().decode(item.data)) as { name: string; message: string });
}

/** Throws an untitled notebook away. */
export async function close(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
