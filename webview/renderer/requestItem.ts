import { t } from '@vscode/l10n';
import type { ExplanationOutput, ToRenderer } from '../../src/protocol/notebook';
import { OutputItem, type Surroundings } from './outputItem';
import type { Offer } from './outputBody';
import { readOutput } from './readOutput';
import type { Shell } from './shell';

/** Milliseconds until nobody is expected to answer any more; an answer that comes later is taken all the same. */
const PATIENCE = 10_000;

/** What a program asked for, answered live. */
export class RequestItem {
  readonly #id = nameless();
  readonly #stopListening: () => void;
  readonly #patience: ReturnType<typeof setTimeout> | undefined;
  #answer: OutputItem | undefined;
  #offer: Offer | undefined;
  #isOver = false;
  readonly #shell: Shell;
  readonly #outputId: string;
  readonly #around: Surroundings;

  /** @param outputId the editor's own name of the output */
  constructor(shell: Shell, outputId: string, request: unknown, around: Surroundings) {
    this.#shell = shell;
    this.#outputId = outputId;
    this.#around = around;
    const { host } = around;
    this.#stopListening = host.listen((message) => this.#receive(message));
    if (!host.canPost) {
      this.#shell.sentence(missing(), 'status');
      return;
    }
    this.#shell.sentence(t('waiting…'), 'status');
    this.#patience = setTimeout(() => !host.hello && this.#shell.sentence(missing(), 'status'), PATIENCE);
    host.post({ type: 'request', id: this.#id, outputId, request });
  }

  dispose(): void {
    clearTimeout(this.#patience);
    this.#stopListening();
    if (!this.#answer && !this.#isOver) this.#around.host.post({ type: 'cancel', id: this.#id });
    this.#answer?.dispose();
    this.#shell.host.remove();
  }

  #receive(message: ToRenderer): void {
    if (!('id' in message) || message.id !== this.#id) return;
    clearTimeout(this.#patience);
    if (message.type === 'working' && !this.#answer) this.#shell.sentence(message.stage, 'status');
    else if (message.type === 'explained') this.#show(message.output);
    else if (message.type === 'failed') this.#fail([message.message, message.hint].filter(Boolean).join(' '));
  }

  #fail(reason: string): void {
    this.#isOver = true;
    if (!this.#offer) return this.#shell.sentence(reason, 'alert');
    this.#offer.isTaken = false;
    this.#offer.failure = reason;
    this.#answer?.update();
  }

  #show(given: unknown): void {
    this.#isOver = true;
    this.#answer?.dispose();
    try {
      // Messages about it carry the name of the request: no cell holds the answer yet, and nothing can be asked about it.
      const output = { ...readOutput(given, this.#id), id: this.#id, vocabulary: undefined };
      const keep = () => this.#keep(given as ExplanationOutput);
      this.#offer = { isTaken: false, failure: undefined, keep };
      this.#answer = new OutputItem(this.#shell, output, this.#around, this.#offer);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #keep(output: ExplanationOutput): void {
    if (!this.#offer || this.#offer.isTaken) return;
    this.#offer.isTaken = true;
    this.#offer.failure = undefined;
    this.#around.host.post({ type: 'keep', id: this.#id, outputId: this.#outputId, output });
    this.#answer?.update();
  }
}

function missing(): string {
  return t('This output asks for a map: it needs the CLIP Surgery extension to be active.');
}

function nameless(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `request-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
