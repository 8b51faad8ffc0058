import { t } from '@vscode/l10n';
import type { ExplanationOutput, LiveRequest, ToRenderer } from '../../src/protocol/notebook';
import { same } from '../prompts/words';
import type { HostLink } from './hostLink';
import { requestOf } from './liveRequest';
import { readOutput } from './readOutput';

/**
 * What a reader changes in an output to look at it. Nothing of it is stored; the stored output is there all
 * the time.
 */
export class LiveEdit {
  /** What was asked for instead of what is stored. */
  request: LiveRequest | undefined;
  /** What is being done for it. */
  stage: string | undefined;
  failure: string | undefined;
  private answer: ExplanationOutput | undefined;
  /** Whether maps are on their way. */
  private isAsked = false;
  private readonly stopListening: () => void;

  /** @param onChange called when there is something else to show */
  constructor(
    readonly stored: ExplanationOutput,
    private readonly host: HostLink,
    private readonly onChange: () => void,
  ) {
    this.stopListening = host.listen((message) => this.receive(message));
  }

  get shown(): ExplanationOutput {
    return this.answer ?? this.stored;
  }

  /** What there is to see, once it is there. */
  get wanted(): LiveRequest {
    return this.request ?? requestOf(this.stored, this.host.hello);
  }

  change(part: Partial<LiveRequest>): void {
    const request = { ...this.wanted, ...part };
    if (isSame(request, requestOf(this.stored, this.host.hello))) return this.discard();
    this.request = request;
    this.failure = undefined;
    if (request.prompts.length > 0) {
      this.stage = t('waiting');
      this.isAsked = true;
      this.host.post({ type: 'explain', id: this.stored.id, request });
    } else this.stop();
    this.onChange();
  }

  /** Writes it into the cell, which then runs and brings another output. */
  update(): void {
    if (!this.request || this.request.prompts.length === 0) return;
    this.stop();
    this.failure = undefined;
    this.stage = t('updating the cell');
    this.host.post({ type: 'update', id: this.stored.id, request: this.request });
    this.onChange();
  }

  discard(): void {
    this.stop();
    this.request = this.answer = this.failure = undefined;
    this.onChange();
  }

  dispose(): void {
    this.stopListening();
    this.stop();
  }

  private stop(): void {
    if (this.isAsked) this.host.post({ type: 'cancel', id: this.stored.id });
    this.rest();
  }

  private rest(): void {
    this.isAsked = false;
    this.stage = undefined;
  }

  private receive(message: ToRenderer): void {
    if (message.type === 'hello') return this.onChange();
    // A copied cell has an output of the same name: only the one that asked takes the answer.
    if (message.id !== this.stored.id || !this.request) return;
    switch (message.type) {
      case 'working':
        this.stage = message.stage;
        break;
      case 'explained':
        this.take(message.output);
        break;
      case 'failed':
        this.rest();
        this.failure = [message.message, message.hint].filter(Boolean).join(' ');
        break;
    }
    this.onChange();
  }

  private take(output: unknown): void {
    try {
      this.answer = readOutput(output, this.stored.id);
      if (this.isAnswered(this.answer)) this.rest();
    } catch (error) {
      this.rest();
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** An answer may be older than the last edit. */
  private isAnswered({ explanations }: ExplanationOutput): boolean {
    const { prompts, methods } = this.wanted;
    const texts = explanations[0]!.prompts.map(({ text }) => text);
    const names = explanations.map(({ method }) => method.name);
    return prompts.every((word) => texts.includes(word)) && methods.every((name) => names.includes(name));
  }
}

function isSame(a: LiveRequest, b: LiveRequest): boolean {
  return same(a.prompts, b.prompts) && same(a.methods, b.methods) && a.side === b.side && a.aspect === b.aspect;
}
