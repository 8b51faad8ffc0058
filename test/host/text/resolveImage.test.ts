import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { resolveImage } from '../../../src/host/text/resolveImage';
import { ScratchFolder, workspaceFile } from '../fixtures';

describe('resolveImage', () => {
  const folder = new ScratchFolder();
  let document: vscode.Uri;
  let beside: vscode.Uri;
  let below: vscode.Uri;

  before(() => {
    document = folder.file('notes/notes.md', '');
    beside = folder.picture('notes/beside.png');
    below = folder.picture('notes/img/my picture.png');
    folder.picture('notes/pond.png');
    folder.file('notes/folder.png/readme', '');
  });
  after(() => folder.remove());

  async function resolved(target: string, from = document): Promise<string | undefined> {
    const image = await resolveImage(target, from);
    return image?.kind === 'file' ? image.uri.toString() : image?.address;
  }

  it('looks beside the document', async () => {
    assert.equal(await resolved('beside.png'), beside.toString());
    assert.equal(await resolved('./img/my picture.png'), below.toString());
    assert.equal(await resolved('../notes/beside.png'), beside.toString());
  });

  it('looks in the workspace', async () => {
    assert.equal(await resolved('living-room.png'), workspaceFile('living-room.png').toString());
    assert.equal(await resolved('/living-room.png'), workspaceFile('living-room.png').toString());
  });

  it('prefers what is beside the document, and with a leading slash the workspace', async () => {
    const near = vscode.Uri.joinPath(document, '../pond.png');
    assert.equal(await resolved('pond.png'), near.toString());
    assert.equal(await resolved('/pond.png'), workspaceFile('pond.png').toString());
  });

  it('takes absolute paths and URIs of files', async () => {
    assert.equal(await resolved(beside.path), beside.toString());
    assert.equal(await resolved(below.toString()), below.toString());
    assert.equal(await resolved(`${beside.toString()}?v=1#top`), beside.toString());
  });

  it('knows the workspace for new documents', async () => {
    const untitled = vscode.Uri.parse('untitled:Untitled-1');
    assert.equal(await resolved('living-room.png', untitled), workspaceFile('living-room.png').toString());
    assert.equal(await resolved(beside.path, untitled), beside.toString());
    assert.equal(await resolved('beside.png', untitled), undefined);
  });

  it('finds nothing where there is no file', async () => {
    for (const target of ['missing.png', '/missing.png', 'folder.png', 'memfs:///beside.png', 'C:/missing.png']) {
      assert.equal(await resolved(target), undefined, target);
    }
  });

  it('asks no other machine', async () => {
    const address = 'https://example.org/a.png';
    assert.deepEqual(await resolveImage(address, document), { kind: 'web', address });
    assert.equal(await resolved('//server/share/a.png'), undefined);
    assert.equal(await resolved('file://server/share/a.png'), undefined);
  });

  it('works in file systems of other extensions', async () => {
    const files = vscode.workspace.registerFileSystemProvider('clip-surgery-test', new OnePicture('/deep/a b.png'), {
      isReadonly: true,
    });
    try {
      const from = vscode.Uri.parse('clip-surgery-test://host/deep/folder/notes.md');
      const picture = 'clip-surgery-test://host/deep/a%20b.png';
      assert.equal(await resolved('../a b.png', from), picture);
      assert.equal(await resolved('/deep/a b.png', from), picture);
      assert.equal(await resolved('a b.png', from), undefined);
    } finally {
      files.dispose();
    }
  });

  it('looks beside the notebook of a cell', async () => {
    const cells = [{ cell_type: 'markdown', metadata: {}, source: ['![](beside.png)'] }];
    const content = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const notebook = await vscode.workspace.openNotebookDocument(folder.file('notes/notes.ipynb', content));
    assert.equal(await resolved('beside.png', notebook.cellAt(0).document.uri), beside.toString());
  });
});

/** A file system with one file. */
class OnePicture implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly path: string) {}

  watch = () => new vscode.Disposable(() => undefined);
  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path !== this.path) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0 };
  }
  readDirectory = () => [];
  readFile = () => new Uint8Array();
  createDirectory = forbidden;
  writeFile = forbidden;
  delete = forbidden;
  rename = forbidden;
}

function forbidden(): never {
  throw vscode.FileSystemError.NoPermissions();
}
