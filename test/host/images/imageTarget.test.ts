import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { imageTargets } from '../../../src/host/images/imageTarget';
import { ScratchFolder, warningsOf, workspaceFile } from '../fixtures';

describe('imageTargets', () => {
  const folder = new ScratchFolder();
  let document: vscode.Uri;
  let hearts: vscode.Uri;

  before(async () => {
    const text =
      '![](<my hearts.png>)\n\n<!-- <img src="no.png"> --><img alt=">" src="my%20hearts.png?a&amp;b">\n\n<img>\n';
    document = folder.file('notes.md', text);
    hearts = folder.picture('my hearts.png');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', workspaceFile('pond.png'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    folder.remove();
  });

  async function targets(clicked?: unknown, selection?: unknown): Promise<string[] | undefined> {
    return (await imageTargets(clicked, selection))?.map(String);
  }

  it('takes the selection of the explorer, without what is no image', async () => {
    const [a, b] = [workspaceFile('living-room.png'), workspaceFile('sailboat.png')];
    assert.deepEqual(await targets(a, [a, workspaceFile('scenes.json'), b]), [String(a), String(b)]);
  });

  it('takes the file of a tab or a title button', async () => {
    assert.deepEqual(await targets(hearts, { groupId: 0 }), [String(hearts)]);
  });

  it('takes what links deliver: text or the parts of a URI', async () => {
    assert.deepEqual(await targets(String(hearts)), [String(hearts)]);
    assert.deepEqual(await targets(hearts.toJSON()), [String(hearts)]);
    assert.deepEqual(await targets(JSON.parse(JSON.stringify(hearts)) as unknown), [String(hearts)]);
  });

  it('takes the active picture where nothing or nothing known is passed', async () => {
    const active = [String(workspaceFile('pond.png'))];
    for (const clicked of [
      undefined,
      null,
      {},
      'living-room.png',
      '/living-room.png',
      'C:\\living-room.png',
      42,
      { webviewSection: 'tile', prompt: 'red circle' },
      { webviewSection: 'image', outputId: 'x' },
      { webviewSection: 'localImage', resource: 7, imageSource: 'a.png' },
      { scheme: 'file', path: 3 },
      { scheme: 'no scheme', path: '/a.png' },
      { scheme: 'file', path: '/etc/passwd' },
    ]) {
      assert.deepEqual(await targets(clicked), active, JSON.stringify(clicked));
    }
    assert.deepEqual(await targets(undefined, [{}]), active);
  });

  it('does not fetch what is on the web', async () => {
    const warnings = await warningsOf(async () => {
      assert.equal(await targets('https://example.org/a.png'), undefined);
    });
    assert.deepEqual(warnings, ['Pictures on the web are not fetched: save this one into the workspace first.']);
  });

  describe('in the Markdown preview', () => {
    const clicked = (imageSource: string | null, more: object = {}) => ({
      webviewSection: 'localImage',
      resource: String(document),
      imageSource,
      id: 'image-0',
      preventDefaultContextMenuItems: true,
      ...more,
    });

    it('finds the file beside the document', async () => {
      assert.deepEqual(await targets(clicked('my%20hearts.png#x')), [String(hearts)]);
      assert.deepEqual(await targets(clicked('my hearts.png', { resource: document.toJSON() as unknown })), [
        String(hearts),
      ]);
    });

    it('finds the file of a picture that is written in HTML', async () => {
      assert.deepEqual(await targets(clicked(null, { webviewSection: 'image', id: 'image-1' })), [String(hearts)]);
    });

    it('says in one sentence why there is nothing to explain', async () => {
      const warning = async (imageSource: string | null, id = 'image-0') => {
        const warnings = await warningsOf(async () => {
          assert.equal(await targets(clicked(imageSource, { id })), undefined);
        });
        assert.equal(warnings.length, 1);
        return warnings[0]!;
      };
      assert.match(await warning('https://example.org/badge'), /web are not fetched/);
      assert.match(await warning('data:image/png;base64,AAAA'), /in the text itself/);
      assert.equal(await warning('missing.png'), 'There is no picture at missing.png.');
      assert.match(await warning(null, 'image-2'), /does not say which file/);
      assert.match(await warning(null, 'image-9'), /does not say which file/);
    });
  });
});
