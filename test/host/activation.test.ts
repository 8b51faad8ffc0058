import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'clip-surgery.clip-surgery';

/** VS Code's own marks in this process; `activate()` as seen from here also waits for the window's answer. */
interface Marks {
  readonly MonacoPerformanceMarks: { getMarks(): { name: string; startTime: number }[] };
}
function markedAt(step: string): number {
  const marks = (globalThis as unknown as Marks).MonacoPerformanceMarks.getMarks();
  const mark = marks.find(({ name }) => name === `code/extHost/${step}/${id}`);
  assert.ok(mark, `VS Code has no mark ${step}`);
  return mark.startTime;
}

describe('activation', () => {
  it('waits for a text, a notebook or a panel', () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    assert.ok(extension, 'the extension is not there');
    const { activationEvents } = extension.packageJSON as { activationEvents: string[] };
    assert.deepEqual(activationEvents, ['onNotebook:*', 'onWebviewPanel:clipSurgery.panel', 'onLanguage']);
  });

  it('takes less than 50 ms', async () => {
    await vscode.extensions.getExtension(id)!.activate();
    const load = markedAt('didLoadExtensionCode') - markedAt('willLoadExtensionCode');
    const call = markedAt('didActivateExtension') - markedAt('willActivateExtension');
    assert.ok(load + call < 50, `loading took ${load} ms, activate() ${call} ms`);
  });

  it('brings the commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('clipSurgery.explainImage'));
  });

  it('loads no native module into the extension host', () => {
    const report = process.report.getReport() as unknown as { sharedObjects: string[] };
    const native = [...Object.keys(require.cache), ...report.sharedObjects].filter((file) =>
      /onnxruntime|[/\\]sharp[/\\]|libvips/.test(file),
    );
    assert.deepEqual(native, []);
  });
});
