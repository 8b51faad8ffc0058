import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { KeptPictures } from '../../../src/host/images/keptPictures';

describe('pasted pictures', () => {
  let storage: string;
  let kept: KeptPictures;
  const bytes = (value: number) => Uint8Array.of(value, value >> 8, 1);

  beforeEach(() => {
    storage = mkdtempSync(path.join(os.tmpdir(), 'kept-'));
    const context = { storageUri: undefined, globalStorageUri: vscode.Uri.file(storage) };
    kept = new KeptPictures(context as unknown as vscode.ExtensionContext);
  });
  afterEach(() => rmSync(storage, { recursive: true }));

  it('become files with their names', async () => {
    const [file] = await kept.keep([{ name: 'boat.png', bytes: bytes(7) }]);
    assert.equal(path.basename(file!.fsPath), 'boat.png');
    assert.deepEqual([...readFileSync(file!.fsPath)], [...bytes(7)]);
  });

  it('stay in their folder, whatever their names say', async () => {
    for (const name of ['../../evil.png', '..\\evil.png', '/etc/evil.png', '..', '.', '', 'a:b*?.png', '\u0000.png']) {
      const [file] = await kept.keep([{ name, bytes: bytes(1) }]);
      const relative = path.relative(path.join(storage, 'pictures'), file!.fsPath);
      assert.match(relative, /^[\da-f]{16}[\\/][^\\/]+$/, name);
      assert.ok(!relative.includes('..'), name);
    }
  });

  it('go when there are many, the oldest first, never the new ones', async () => {
    for (let i = 0; i < 40; i++) await kept.keep([{ name: `${i}.png`, bytes: bytes(i) }]);
    const left = readdirSync(path.join(storage, 'pictures'), { recursive: true, encoding: 'utf8' });
    const names = left.filter((name) => name.endsWith('.png')).map((name) => path.basename(name));
    assert.equal(names.length, 30);
    assert.ok(names.includes('39.png'));
  });

  it('say why they cannot be kept', async () => {
    writeFileSync(path.join(storage, 'pictures'), 'a file where the folder should be');
    await assert.rejects(kept.keep([{ name: 'a.png', bytes: bytes(1) }]));
  });
});
