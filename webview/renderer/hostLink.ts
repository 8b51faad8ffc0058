import { t } from '@vscode/l10n';
import type { RendererContext } from 'vscode-notebook-renderer';
import type { FromRenderer, ToRenderer } from '../../src/protocol/notebook';

export type Hello = Extract<ToRenderer, { type: 'hello' }>;

/** The extension, which may not be there: stored outputs are drawn without it. */
export class HostLink {
  /** What the extension said when it came; undefined while it has not. */
  hello: Hello | undefined;
  #isLearning = false;
  readonly #listeners = new Set<(message: ToRenderer) => void>();
  readonly #context: RendererContext<unknown>;

  constructor(context: RendererContext<unknown>) {
    this.#context = context;
    context.onDidReceiveMessage?.((message: unknown) => this.#receive(message));
    this.greet();
  }

  get canPost(): boolean {
    return this.#context.postMessage !== undefined;
  }

  post(message: FromRenderer): void {
    this.#context.postMessage?.(message);
  }

  /** Asks whether anybody is there, until somebody is. */
  greet(): void {
    if (!this.hello) this.post({ type: 'ready' });
  }

  /** Asks for the sizes of the model, which nobody needs to look at maps. */
  learnSizes(): void {
    if (!this.hello || this.hello.sizes || this.#isLearning) return;
    this.#isLearning = true;
    this.post({ type: 'sizes' });
  }

  /** @returns what ends it */
  listen(listener: (message: ToRenderer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('type' in message)) return;
    const given = message as ToRenderer;
    if (given.type === 'hello') this.hello = given;
    for (const listener of [...this.#listeners]) listener(given);
  }
}

/** Why something that only the extension can do is not offered. */
export function needsExtension(): string {
  return t('needs the CLIP Surgery extension to be active');
}
