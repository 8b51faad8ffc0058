import * as vscode from 'vscode';

/** Something that is only done in a trusted workspace; trusting it helps. */
export class NeedsTrust extends Error {}

/** @throws NeedsTrust with this sentence in a workspace that is not trusted. */
export function requireTrust(sentence: string): void {
  if (!vscode.workspace.isTrusted) throw new NeedsTrust(sentence);
}
