import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EngineHost } from '../../../src/host/engineHost';
import { ImageHover } from '../../../src/host/text/imageHover';

describe('ImageHover', () => {
  let document: vscode.TextDocument;
  const place = new vscode.Position(0, 3);

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: 'living-room.png' });
  });

  /** A hover over an engine that does this. */
  function hoverWith(call: (signal: AbortSignal) => Promise<unknown>): ImageHover {
    const client = { call: (_method: string, _request: unknown, { signal }: { signal: AbortSignal }) => call(signal) };
    return new ImageHover({ client } as unknown as EngineHost);
  }

  it('stops the engine when nobody waits any more', async () => {
    const source = new vscode.CancellationTokenSource();
    const hover = hoverWith((signal) => {
      const stopped = new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('Cancelled.'))),
      );
      source.cancel();
      return stopped;
    });
    assert.equal(await hover.provideHover(document, place, source.token), undefined);
  });

  it('asks for nothing when nobody waits', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const hover = hoverWith(() => assert.fail('the engine was asked'));
    assert.equal(await hover.provideHover(document, place, source.token), undefined);
  });

  it('leaves out a picture that the editor would cut off', async () => {
    const bytes = new Uint8Array(80_000);
    const hover = hoverWith(() => Promise.resolve({ width: 640, height: 480, bytes, mime: 'image/webp' }));
    const { token } = new vscode.CancellationTokenSource();
    const [contents] = (await hover.provideHover(document, place, token))!.contents as vscode.MarkdownString[];
    assert.match(contents!.value, /^640 × 480 · \[/);
  });
});
