import { t } from '@vscode/l10n';
import type { ExplanationOutput, LiveRequest, ToRenderer } from '../../src/protocol/notebook';
import type { HostLink } from './hostLink';
import { bringsStored, hasSameMaps, requestOf, wordsOf } from './liveRequest';
import { readOutput } from './readOutput';

/**
 * What a reader changes in an output to look at it, and what the vocabulary changes in one that shows it. Nothing
 * of it is stored; the stored output is there all the time.
 */
export class LiveEdit {
  /** What was asked for instead of what is stored. */
  request: LiveRequest | undefined;
  /** What is being done for it. */
  stage: string | undefined;
  failure: string | undefined;
  #answer: ExplanationOutput | undefined;
  /** Whether maps are on their way. */
  #isAsked = false;
  /** Whether the vocabulary is another one than when the output was stored. */
  #isOutdated = false;
  #isNear = false;
  /** Whether the vocabulary changed while nobody could see it here. */
  #isWaiting = false;
  readonly #stopListening: () => void;
  readonly #host: HostLink;
  readonly #onChange: () => void;

  /** @param onChange called when there is something else to show */
  constructor(
    readonly stored: ExplanationOutput,
    host: HostLink,
    onChange: () => void,
  ) {
    this.#host = host;
    this.#onChange = onChange;
    this.#stopListening = host.listen((message) => this.#receive(message));
  }

  get shown(): ExplanationOutput {
    return this.#answer ?? this.stored;
  }

  /** What there is to see, once it is there. */
  get wanted(): LiveRequest {
    return this.request ?? requestOf(this.stored, this.#host.hello);
  }

  /** The prompts to show. */
  get words(): readonly string[] {
    return this.wanted.prompts ?? wordsOf(this.shown.explanations[0]!);
  }

  /** Whether the prompts are those of a vocabulary that changed. */
  get followsChange(): boolean {
    return this.#isOutdated && !this.wanted.prompts;
  }

  /** Where it is far from sight, it asks for the maps of a new vocabulary only when it comes near. */
  setNear(isNear: boolean): void {
    this.#isNear = isNear;
    if (isNear && this.#isWaiting) this.#follow();
  }

  change(part: Partial<LiveRequest>): void {
    const request = { ...this.wanted, ...part };
    const isStored = bringsStored(request, this.stored, this.#host.hello);
    if (isStored && (request.prompts || !this.#isOutdated)) return this.discard();
    this.#ask(request);
  }

  /** Writes it into the cell, which then runs and brings another output. */
  update(): void {
    if (!this.request || this.words.length === 0) return;
    this.#stop();
    this.failure = undefined;
    this.stage = t('updating the cell');
    this.#host.post({ type: 'update', id: this.stored.id, request: this.request });
    this.#onChange();
  }

  discard(): void {
    this.#stop();
    this.request = this.#answer = this.failure = undefined;
    this.#isOutdated = false;
    this.#onChange();
  }

  dispose(): void {
    this.#stopListening();
    this.#stop();
  }

  #ask(request: LiveRequest): void {
    this.request = request;
    this.failure = undefined;
    if (request.prompts?.length === 0) this.#stop();
    else {
      this.stage = t('waiting');
      this.#isAsked = true;
      this.#host.post({ type: 'explain', id: this.stored.id, request });
    }
    this.#onChange();
  }

  /** Prompts of the reader's own are left alone. */
  #follow(): void {
    this.#isWaiting = false;
    if (this.stored.vocabulary === undefined || this.wanted.prompts) return;
    this.#isOutdated = true;
    this.#ask(this.wanted);
  }

  #stop(): void {
    if (this.#isAsked) this.#host.post({ type: 'cancel', id: this.stored.id });
    this.#rest();
  }

  #rest(): void {
    this.#isAsked = false;
    this.stage = undefined;
  }

  #receive(message: ToRenderer): void {
    if (message.type === 'hello') return this.#onChange();
    if (message.type === 'vocabulary') {
      this.#isWaiting = true;
      return this.setNear(this.#isNear);
    }
    // A copied cell has an output of the same name: only the one that asked takes the answer.
    if (message.id !== this.stored.id || !this.request) return;
    switch (message.type) {
      case 'working':
        this.stage = message.stage;
        break;
      case 'explained':
        this.#take(message.output);
        break;
      case 'failed':
        this.#rest();
        this.failure = [message.message, message.hint].filter(Boolean).join(' ');
        break;
    }
    this.#onChange();
  }

  #take(output: unknown): void {
    try {
      const answer = readOutput(output, this.stored.id);
      if (this.#isAnswered(answer)) this.#rest();
      // The change was taken back: there is nothing to store.
      if (this.followsChange && hasSameMaps(answer, this.stored)) this.discard();
      else this.#answer = answer;
    } catch (error) {
      this.#rest();
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** An answer may be older than the last edit. */
  #isAnswered({ explanations }: ExplanationOutput): boolean {
    const { prompts = [], methods } = this.wanted;
    const texts = wordsOf(explanations[0]!);
    const names = explanations.map(({ method }) => method.name);
    return prompts.every((word) => texts.includes(word)) && methods.every((name) => names.includes(name));
  }
}
