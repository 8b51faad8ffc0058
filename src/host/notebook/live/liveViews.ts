import * as vscode from 'vscode';
import type { CallOptions } from '../../../engine/client';
import type { ModelInfo, Stage } from '../../../protocol/engine';
import {
  RENDERER_ID,
  type ExplanationOutput,
  type FromRenderer,
  type LiveRequest,
  type ToRenderer,
} from '../../../protocol/notebook';
import { failureOf } from '../../errors';
import { stageText } from '../../stageText';
import { fileName } from '../../images/fileName';
import { imageSource } from '../../images/imageSource';
import type { ExplainPanels } from '../../panel/explainPanels';
import { savePicture } from '../../panel/savePicture';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';
import { checkedLive, checkedPng, checkedTemplates } from './checkedLive';
import { explainPicture } from '../explainPicture';
import { isObject, isText } from '../fields';
import { notebookImage, type NotebookImage } from '../notebookImage';
import { modelOfCell } from './modelOfCell';
import { findOutput, type StoredOutput } from './storedOutput';
import { updateCellOf } from './updateCellOf';

/** Answers the page of the editor that a message came from. */
type Post = (message: ToRenderer) => void;
type MessageOf<T extends FromRenderer['type']> = Extract<FromRenderer, { readonly type: T }>;

/** What is done with requests that programs print. Nothing but `id` and `outputId` of the messages is checked. */
export interface RequestHandlers {
  /** @throws Error with one sentence */
  request(
    editor: vscode.NotebookEditor,
    message: MessageOf<'request'>,
    options: CallOptions,
  ): Promise<ExplanationOutput>;
  /** @throws Error with one sentence */
  keep(editor: vscode.NotebookEditor, message: MessageOf<'keep'>): Promise<void>;
}

/**
 * The host's side of the outputs in notebooks: explains pictures anew for whoever looks at them. Such a live view
 * changes nothing in the notebook and runs no cell, unless the reader says so.
 */
export class LiveViews implements vscode.Disposable {
  private readonly messaging = vscode.notebooks.createRendererMessaging(RENDERER_ID);
  private readonly listeners = [
    this.messaging.onDidReceiveMessage(({ editor, message }) => void this.receive(message, editor)),
  ];
  /** Whether pages offer sizes, which another model may not have. */
  private hasToldSizes = false;
  /** By notebook and output. */
  private readonly works = new Map<string, AbortController>();

  constructor(
    private readonly services: VocabularyServices,
    private readonly panels: ExplainPanels,
    private readonly handlers: RequestHandlers,
  ) {
    const tellAll: Post = (message) => void this.messaging.postMessage(message);
    this.listeners.push(
      // Pages ask for the new maps themselves, once somebody looks at them.
      services.vocabularies.onDidChange(() => tellAll({ type: 'vocabulary' })),
      services.engine.models.onDidChange(() => this.hasToldSizes && void this.tellSizes(tellAll)),
    );
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners).dispose();
    for (const work of this.works.values()) work.abort();
  }

  /** Everything from the page is checked here: it draws what stands in files of whatever origin. */
  async receive(
    message: unknown,
    editor: vscode.NotebookEditor,
    post: Post = (answer) => void this.messaging.postMessage(answer, editor),
  ): Promise<void> {
    if (!isObject(message)) return;
    const { type } = message;
    if (type === 'ready') return post(hello(this.services.engine.models.knownInfo));
    if (type === 'sizes') return this.tellSizes(post);
    if (type === 'save') return this.save(message, editor);
    const { id, outputId } = message;
    if (!isText(id)) return;
    try {
      if (type === 'cancel') return this.works.get(workName(editor, id))?.abort();
      if (type === 'explain' || type === 'update' || type === 'open') {
        const { stored, request } = asked(message, id, editor);
        if (type === 'update') return await updateCellOf(stored.cell, request);
        const picture = () => notebookImage(editor.notebook, stored.output.explanations[0]!.image.path);
        if (type === 'open') return this.open((await picture()).uri, request);
        const explain = async (options: CallOptions) => this.explain(stored, await picture(), request, options);
        return await this.answer(id, editor, post, explain);
      }
      if (!isText(outputId)) return;
      if (type === 'keep') return await this.handlers.keep(editor, message as MessageOf<'keep'>);
      if (type !== 'request') return;
      const asks = message as MessageOf<'request'>;
      return await this.answer(id, editor, post, (options) => this.handlers.request(editor, asks, options));
    } catch (error) {
      post(failed(id, error));
    }
  }

  /** Several methods stand side by side here; a panel shows one at a time. */
  private open(image: vscode.Uri, { prompts = [], methods, side, aspect }: LiveRequest): void {
    this.panels.show([image], { prompts, settings: { method: methods[0]!, side, aspect } });
  }

  /** Starts the engine: an output that is only looked at does not. */
  private async tellSizes(post: Post): Promise<void> {
    try {
      post(hello(await this.services.engine.models.info()));
      this.hasToldSizes = true;
    } catch {
      // The outputs stay as they are stored; whoever runs a cell is told what is wrong with the model.
    }
  }

  /** A live view differs from what is stored in what the reader chose, and in nothing else. */
  private async explain(
    { output, cell }: StoredOutput,
    { uri, path }: NotebookImage,
    request: LiveRequest,
    options: CallOptions,
  ): Promise<ExplanationOutput> {
    const { threshold } = output;
    const picture = { image: await imageSource(uri), name: path, notebook: cell.notebook.uri };
    const templates = request.prompts && checkedTemplates(output.explanations[0]!.templates);
    const model = await modelOfCell(cell, await this.services.engine.models.ids());
    return explainPicture(this.services, picture, { ...request, templates, threshold, model }, options);
  }

  /** The latest question about an output counts. */
  private async answer(
    id: string,
    editor: vscode.NotebookEditor,
    post: Post,
    explain: (options: CallOptions) => Promise<ExplanationOutput>,
  ): Promise<void> {
    const name = workName(editor, id);
    this.works.get(name)?.abort();
    const work = new AbortController();
    const { signal } = work;
    this.works.set(name, work);
    const onStage = (stage: Stage) => {
      if (!signal.aborted) post({ type: 'working', id, stage: stageText(stage) });
    };
    try {
      const output = await explain({ signal, onStage });
      if (!signal.aborted) post({ type: 'explained', id, output: { ...output, id } });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.works.get(name) === work) this.works.delete(name);
    }
  }

  private async save(
    { name, png: encoded }: { readonly name?: unknown; readonly png?: unknown },
    editor: vscode.NotebookEditor,
  ) {
    const png = checkedPng(encoded);
    const saved = (message: string) => void vscode.window.setStatusBarMessage(message, 3000);
    if (png) await savePicture(fileName(isText(name) ? name : '', 'maps.png'), png, editor.notebook.uri, saved);
  }
}

function hello(model: ModelInfo | undefined): ToRenderer {
  return { type: 'hello', sizes: model?.sizes, defaultSide: model?.explainSize };
}

function workName({ notebook }: vscode.NotebookEditor, id: string): string {
  return `${notebook.uri.toString()} ${id}`;
}

/** @throws Error with one sentence */
function asked(message: { readonly request?: unknown }, id: string, { notebook }: vscode.NotebookEditor) {
  const stored = findOutput(notebook, id);
  if (!stored) throw new Error(vscode.l10n.t('This output is not in the notebook any more.'));
  const request = checkedLive(message.request);
  if (!request) throw new Error(vscode.l10n.t('These words or settings cannot be used.'));
  return { stored, request };
}

function failed(id: string, error: unknown): ToRenderer {
  return { type: 'failed', id, ...failureOf(error) };
}
