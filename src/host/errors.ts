/** What went wrong and, where the engine knows, what can be done about it. */
export function failureOf(error: unknown): { readonly message: string; readonly hint?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, hint } = error as Error & { readonly hint?: unknown };
  return typeof hint === 'string' ? { message, hint } : { message };
}

/** The same as one text. */
export function failureText(error: unknown): string {
  const { message, hint } = failureOf(error);
  return hint ? `${message} ${hint}` : message;
}
