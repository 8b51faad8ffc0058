import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ImageCodeActions } from '../../../src/host/text/imageCodeActions';
import { ScratchFolder, workspaceFile } from '../fixtures';

const webSentence = 'Pictures on the web are not fetched: save this one into the workspace first.';

describe('images in text', () => {
  const folder = new ScratchFolder();
  let markdown: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('clip-surgery.clip-surgery')!.activate();
    folder.picture('tall [1].png', 'pond.png');
    folder.file('damaged.png', 'no picture');
    const lines = [
      'A cat: ![a living room](living-room.png)',
      '![](missing.png)',
      '![](https://example.org/a.png)',
      '![](damaged.png)',
      '<img src="tall%20[1].png"> and living-room.png again, and sailboat.png',
      'no image',
    ];
    markdown = await vscode.workspace.openTextDocument(folder.file('notes.md', lines.join('\n')));
  });
  after(() => folder.remove());

  /** What the hover of this extension says at a place; others may add theirs. */
  async function hoverAt(document: vscode.TextDocument, text: string): Promise<vscode.MarkdownString | undefined> {
    const position = document.positionAt(document.getText().indexOf(text) + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
    return contents.find(({ value }) => /explainImage|not fetched|can be read/.test(value.replaceAll('&nbsp;', ' ')));
  }

  async function actionsAt(document: vscode.TextDocument, range: vscode.Range, kind?: string) {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind,
    );
    return all.filter(({ title }) => title.startsWith('Explain'));
  }

  function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
    const start = document.getText().indexOf(text);
    return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
  }

  function cursorIn(document: vscode.TextDocument, text: string): vscode.Range {
    const { start } = rangeOf(document, text);
    return new vscode.Range(start, start);
  }

  describe('the hover', () => {
    it('shows a thumbnail, the size and a way to explain', async () => {
      const hover = await hoverAt(markdown, 'living-room.png');
      assert.ok(hover, 'no hover');
      assert.match(hover.value, /!\[living-room\.png\]\(data:image\/webp;base64,[\w+/=]+\|width=\d+,height=\d+\)/);
      assert.match(hover.value, /\d+ × \d+/);
      const link = /\(command:clipSurgery\.explainImage\?([^)]+)\)/.exec(hover.value)![1]!;
      const [image] = JSON.parse(decodeURIComponent(link)) as [vscode.Uri];
      assert.equal(vscode.Uri.from(image).toString(), workspaceFile('living-room.png').toString());
      assert.deepEqual(hover.isTrusted, { enabledCommands: ['clipSurgery.explainImage'] });
    });

    it('is as large as the thumbnail and names the file', async () => {
      const hover = await hoverAt(markdown, 'tall%20');
      assert.match(hover!.value, /!\[tall \\\[1\\\]\.png\]\(.*\|width=(\d+),height=(\d+)\)/);
      const [, width, height] = /width=(\d+),height=(\d+)/.exec(hover!.value)!;
      assert.equal(Math.max(Number(width), Number(height)), 200);
    });

    it('says that pictures on the web are not fetched', async () => {
      assert.equal((await hoverAt(markdown, 'https://example'))?.value, webSentence);
    });

    it('says what is wrong with a damaged picture', async () => {
      const hover = await hoverAt(markdown, 'damaged.png');
      assert.match(hover!.value.replaceAll('&nbsp;', ' '), /not an image that can be read/);
    });

    it('is not there for files that are not there', async () => {
      assert.equal(await hoverAt(markdown, 'missing.png'), undefined);
      assert.equal(await hoverAt(markdown, 'no image'), undefined);
    });

    it('comes in any language and in new documents', async () => {
      for (const [language, content] of [
        ['json', '{"image": "living-room.png"}'],
        ['python', 'path = "living-room.png"'],
        ['plaintext', 'saved /living-room.png'],
      ]) {
        const document = await vscode.workspace.openTextDocument({ language, content });
        assert.match((await hoverAt(document, 'living-room'))?.value ?? '', /explainImage/, language);
      }
    });
  });

  describe('the code action', () => {
    it('explains the image under the cursor', async () => {
      const [action, ...others] = await actionsAt(markdown, cursorIn(markdown, 'living-room.png)'));
      assert.deepEqual(others, []);
      assert.equal(action!.title, 'Explain Image');
      assert.equal(action!.kind?.value, ImageCodeActions.kind.value);
      assert.equal(action!.command?.command, 'clipSurgery.explainImage');
      assert.deepEqual(action!.command.arguments?.map(String), Array(2).fill(String(workspaceFile('living-room.png'))));
    });

    it('explains all images of a selection, each once', async () => {
      const [action] = await actionsAt(markdown, rangeOf(markdown, markdown.getText()));
      assert.equal(action!.title, 'Explain Images');
      const images = action!.command!.arguments![1] as vscode.Uri[];
      assert.deepEqual(
        images.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
        ['living-room.png', 'damaged.png', 'tall [1].png', 'sailboat.png'],
      );
    });

    it('is not offered where no file is', async () => {
      for (const text of ['missing.png', 'https://example', 'no image', 'A cat']) {
        assert.deepEqual(await actionsAt(markdown, cursorIn(markdown, text)), [], text);
      }
    });

    it('is no fix, no refactoring, and nothing to apply on save', async () => {
      const cursor = cursorIn(markdown, 'living-room.png)');
      for (const kind of ['quickfix', 'refactor', 'source', 'source.fixAll']) {
        assert.deepEqual(await actionsAt(markdown, cursor, kind), [], kind);
      }
      assert.equal((await actionsAt(markdown, cursor, ImageCodeActions.kind.value)).length, 1);
    });
  });
});
