import type { Event } from 'vscode';
import type { Prompt } from './file/prompt';

/** The model in use, which may bring words of its own. */
export interface ModelWords {
  /** What may differ now is everything below. */
  readonly onDidChange: Event<void>;
  /** The name of the vocabulary that its words make; undefined where it has none. */
  vocabulary(): Promise<string | undefined>;
  words(): Promise<readonly string[]>;
}

/** The vocabularies that are there without a file: the model's own words, and the word lists of well-known data sets. */
export class BuiltIns {
  constructor(private readonly model: ModelWords) {}

  /** The one in use where nothing is said: of the model, or the first of the word lists. */
  async first(): Promise<string> {
    return (await this.names())[0]!;
  }

  async names(): Promise<readonly string[]> {
    const { BUILT_IN } = await import('./file/builtIn');
    const own = await this.own();
    return [...new Set([...(own === undefined ? [] : [own]), ...BUILT_IN.keys()])];
  }

  /** @throws Error when the model cannot say its words */
  async prompts(name: string): Promise<readonly Prompt[] | undefined> {
    const { BUILT_IN } = await import('./file/builtIn');
    const words = name === (await this.own()) ? await this.model.words() : BUILT_IN.get(name);
    return words?.map((text) => ({ text }));
  }

  /** A model that cannot be asked has no words either. */
  private own(): Promise<string | undefined> {
    return this.model.vocabulary().catch(() => undefined);
  }
}
