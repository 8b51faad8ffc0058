/** A checkpoint, a configuration or a tokenizer that cannot be used. The message says which and why. */
export class ModelError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** A prompt that cannot be encoded. The message names it. */
export class PromptError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
