import { ModelError } from '../clip/errors';
import type { EngineFailure, ErrorCode } from '../protocol/engine';
import { PromptError } from '../protocol/promptExpression';

/** An error with a code, one sentence, and what to do about it. */
export class EngineError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** The same error as a value that crosses the process edge. */
export function toFailure(error: unknown): EngineFailure {
  if (error instanceof EngineError) return { code: error.code, message: error.message, hint: error.hint };
  if (error instanceof ModelError) return { code: 'bad-model', message: error.message, hint: error.hint };
  if (error instanceof PromptError) return { code: 'bad-prompt', message: error.message, hint: error.hint };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  return { code: 'internal', message: `Unexpected error: ${error instanceof Error ? error.message : String(error)}` };
}
