import type { Prompt } from './file/prompt';

/** The model in use, which brings words of its own. */
export interface ModelWords {
  /** Also the name of the vocabulary that its words make. */
  readonly modelId: string;
  words(): Promise<readonly string[]>;
}

/** The vocabularies that are there without a file: the model's own words, and the word lists of well-known data sets. */
export class BuiltIns {
  constructor(private readonly model: ModelWords) {}

  /** The one that is in use where nothing is said. */
  get first(): string {
    return this.model.modelId;
  }

  async names(): Promise<readonly string[]> {
    const { BUILT_IN } = await import('./file/builtIn');
    return [...new Set([this.first, ...BUILT_IN.keys()])];
  }

  /** @throws Error when the model cannot say its words */
  async prompts(name: string): Promise<readonly Prompt[] | undefined> {
    const { BUILT_IN } = await import('./file/builtIn');
    const words = name === this.first ? await this.model.words() : BUILT_IN.get(name);
    return words?.map((text) => ({ text }));
  }
}
