import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { CallOptions } from '../../../engine/client';
import { REQUEST_MIME, type ExplanationOutput, type FromRenderer } from '../../../protocol/notebook';
import { imageSource } from '../../images/imageSource';
import { explanationOutput, checkedOutput } from '../outputs';
import { replaceOutput } from './cellOutputs';
import { checkedRequest } from './checkedRequest';
import { explainPicture, type NamedPicture } from '../explainPicture';
import { figureOf } from './figureOf';
import { withFigure } from './figureItem';
import { isGone } from './isGone';
import { notebookImage } from '../notebookImage';
import { findOutput, outputId } from './outputPictures';
import { imageBytes } from './requestBytes';
import type { RunningCells } from './runningCells';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';

/** So many answered requests are remembered, to find their outputs again. */
const MOST_REMEMBERED = 200;

type Message<T extends FromRenderer['type']> = FromRenderer & { readonly type: T };

/** Answers the requests that programs print as outputs, and puts the answers in their place when asked to. */
export class NotebookRequests {
  /** Hashes of the requests' contents, by the names of their messages. */
  private readonly contents = new Map<string, string>();

  constructor(
    private readonly services: VocabularyServices,
    private readonly running: RunningCells,
  ) {}

  /**
   * The answer, for a live view. Its id is the message's.
   * @throws Error with one sentence when the request is no good, or the engine's failure
   */
  async request(
    { notebook }: Pick<vscode.NotebookEditor, 'notebook'>,
    { id, request }: Pick<Message<'request'>, 'id' | 'request'>,
    options?: CallOptions,
  ): Promise<ExplanationOutput> {
    const { image, prompts, method, size, aspect } = checkedRequest(request);
    this.remember(id, hashOf(request));
    const asked = { prompts, methods: method && [method], side: size, aspect };
    const picture = await this.pictureOf(notebook, image);
    return { ...(await explainPicture(this.services, picture, asked, options)), id };
  }

  /**
   * Puts the answer into the notebook in place of the request; one step that can be undone.
   * @throws Error with one sentence when the request is not there any more
   */
  async keep(
    { notebook }: Pick<vscode.NotebookEditor, 'notebook'>,
    { id, outputId: name, output }: Pick<Message<'keep'>, 'id' | 'outputId' | 'output'>,
  ): Promise<void> {
    const find = () =>
      findOutput([notebook], (other) => outputId(other) === name && contentOf(other) !== undefined) ??
      findOutput([notebook], (other) => this.contents.has(id) && contentOf(other) === this.contents.get(id));
    const asked = find();
    if (!asked) throw new Error(isGone());
    if (!(await this.running.mayChange(asked.cell))) return;
    const answer = await this.stored(output);
    await replaceOutput(find, () => [answer]);
  }

  /** What came from the page, read as strictly as a file would be. */
  private async stored(output: ExplanationOutput): Promise<vscode.NotebookCellOutput> {
    const read = checkedOutput(output);
    if (!read) throw new Error(vscode.l10n.t('The answer cannot be stored: it is not complete.'));
    const answer = explanationOutput(read);
    if (!read.thumbnail) return answer;
    return withFigure(
      answer,
      await figureOf(this.services.engine, read, { bytes: Buffer.from(read.thumbnail, 'base64') }),
    );
  }

  private async pictureOf(notebook: vscode.NotebookDocument, image: string): Promise<NamedPicture> {
    const given = imageBytes(image);
    if (given) return { image: { bytes: given.bytes }, name: given.name, notebook: notebook.uri };
    const { uri, path } = await notebookImage(notebook, image);
    return { image: await imageSource(uri), name: path, notebook: notebook.uri };
  }

  private remember(id: string, content: string): void {
    this.contents.delete(id);
    this.contents.set(id, content);
    const [oldest] = this.contents.keys();
    if (this.contents.size > MOST_REMEMBERED) this.contents.delete(oldest!);
  }
}

/** The hash of the request in an output; undefined where there is none. */
function contentOf(output: vscode.NotebookCellOutput): string | undefined {
  const item = output.items.find(({ mime }) => mime === REQUEST_MIME);
  if (!item) return undefined;
  try {
    return hashOf(JSON.parse(new TextDecoder().decode(item.data)));
  } catch {
    return '';
  }
}

function hashOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
