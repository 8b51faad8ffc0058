/** A checkpoint, a configuration or a tokenizer that cannot be used. The message says which and why. */
export class ModelError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
