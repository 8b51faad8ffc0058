import * as vscode from 'vscode';

/** What went wrong and what to do about it, as the engine says it. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { hint } = error as { hint?: unknown };
  return typeof hint === 'string' ? `${error.message} ${hint}` : error.message;
}

export const isGone = () => vscode.l10n.t('The output is not there any more.');
