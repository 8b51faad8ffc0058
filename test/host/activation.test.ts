import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'clip-surgery.clip-surgery';

describe('activation', () => {
  it('waits for a text, a notebook or a panel', () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    assert.ok(extension, 'the extension is not there');
    const { activationEvents } = extension.packageJSON as { activationEvents: string[] };
    assert.deepEqual(activationEvents, ['onNotebook:*', 'onWebviewPanel:clipSurgery.panel', 'onLanguage']);
  });

  it('brings the commands', async () => {
    const extension = vscode.extensions.getExtension<unknown>(id)!;
    await extension.activate();
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const commands = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.filter(({ command }) => !commands.has(command)),
      [],
    );
  });

  it('loads no library that is needed on demand', () => {
    const loaded = Object.keys(require.cache).filter((file) => /[/\\](yaml|papaparse|html-entities)[/\\]/.test(file));
    assert.deepEqual(loaded, []);
  });

  it('loads no native module into the extension host', () => {
    const report = process.report.getReport() as unknown as { sharedObjects: string[] };
    const native = [...Object.keys(require.cache), ...report.sharedObjects].filter((file) =>
      /onnxruntime|[/\\]sharp[/\\]|libvips/.test(file),
    );
    assert.deepEqual(native, []);
  });
});
