import * as vscode from 'vscode';

/**
 * The URI in what somebody else passed: a URI, its text, or its parts, as menus, command links and web pages have it.
 * Undefined for anything else, a bare path among them, because nobody says what it is relative to.
 */
export function asUri(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  try {
    // One letter before the colon is a drive of Windows, not a scheme.
    if (typeof value === 'string') return /^[a-z][a-z\d+.-]+:/i.test(value) ? vscode.Uri.parse(value, true) : undefined;
    return isParts(value) ? vscode.Uri.from(value) : undefined;
  } catch {
    return undefined; // parts that no URI may have
  }
}

type Parts = Parameters<typeof vscode.Uri.from>[0];

function isParts(value: unknown): value is Parts {
  if (typeof value !== 'object' || value === null) return false;
  const { scheme, path, authority, query, fragment } = value as Record<string, unknown>;
  const isOptionalText = (part: unknown) => part === undefined || part === null || typeof part === 'string';
  const hasScheme = typeof scheme === 'string' && /^[a-z][a-z\d+.-]+$/i.test(scheme) && typeof path === 'string';
  return hasScheme && [authority, query, fragment].every(isOptionalText);
}
