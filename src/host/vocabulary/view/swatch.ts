import * as vscode from 'vscode';

/** A small disc in a prompt's colour (`#rrggbb`), as an icon. */
export function swatch(color: string | undefined): vscode.Uri | undefined {
  if (!color || !/^#[\da-f]{6}$/i.test(color)) return undefined;
  const disc = `<circle cx="8" cy="8" r="5" fill="${color}" stroke="#888" stroke-width=".5"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">${disc}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}
