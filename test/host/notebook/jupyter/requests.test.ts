import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { checkedOutput, readExplanationOutput } from '../../../../src/host/notebook/outputs';
import { outputId } from '../../../../src/host/notebook/jupyter/outputPictures';
import { NotebookRequests } from '../../../../src/host/notebook/jupyter/requests';
import { RunningCells } from '../../../../src/host/notebook/jupyter/runningCells';
import { REQUEST_MIME } from '../../../../src/protocol/notebook';
import { ScratchFolder, workspaceFile } from '../../fixtures';
import { startServices } from '../notebooks';
import { ExampleNotebook } from './support';

const REQUEST_CELL = 5;

describe('requests in notebooks', () => {
  const services = startServices();
  let example: ExampleNotebook;
  let running: RunningCells;
  let requests: NotebookRequests;
  let elsewhere: ScratchFolder;

  before(async () => {
    running = new RunningCells();
    requests = new NotebookRequests(services, running);
    example = await new ExampleNotebook().open();
    elsewhere = new ScratchFolder();
    elsewhere.picture('secret.png');
    symlinkSync(elsewhere.path, path.join(example.folder.path, 'linked'));
    symlinkSync(path.join(elsewhere.path, 'secret.png'), path.join(example.folder.path, 'link.png'));
    example.folder.file('text.png', 'not a picture');
  });
  after(async () => {
    running.dispose();
    services.dispose();
    elsewhere.remove();
    await example.close();
  });

  const ask = (request: unknown) => requests.request(example.editor, { id: 'one', request });
  const picture = 'kitchen-table.png';
  const base64 = async () => Buffer.from(await vscode.workspace.fs.readFile(workspaceFile(picture))).toString('base64');

  it('are answered for a file beside the notebook', async () => {
    const { id, explanations, thumbnail } = await ask({
      image: picture,
      prompts: ['a star'],
      method: 'raw',
      aspect: 'keep',
    });
    assert.equal(id, 'one');
    const [{ image, prompts, method, mapping } = assert.fail()] = explanations;
    assert.equal(image.path, picture);
    assert.deepEqual(prompts.map(({ text }) => text), ['a star']); // prettier-ignore
    assert.deepEqual([method.name, mapping], ['raw', 'keep']);
    assert.ok(thumbnail);
  });

  it('are answered for a picture that is written out', async () => {
    const bare = await base64();
    const lines = bare.replace(/.{76}/g, '$&\n');
    for (const image of [bare, lines, `data:image/png;base64,${bare}`]) {
      const { explanations } = await ask({ image });
      assert.match(explanations[0]!.image.path, /^output-[\da-f]{8}\.png$/);
      assert.ok(explanations[0]!.prompts.length > 1, 'the model’s own words');
    }
  });

  it('are refused when they want anything else', async () => {
    const many = Array.from({ length: 201 }, (_, i) => `word ${i}`);
    const relative = path.relative(example.folder.path, path.join(elsewhere.path, 'secret.png'));
    const table: [request: unknown, reason: RegExp][] = [
      [undefined, /no object/],
      [null, /no object/],
      [['a.png'], /no object/],
      ['a.png', /no object/],
      [{}, /“image”/],
      [{ image: 7 }, /“image”/],
      [{ image: '' }, /“image”/],
      [{ image: picture, model: '/models/evil' }, /“model”/],
      [{ image: picture, templates: 'none' }, /“templates”/],
      [JSON.parse(`{"image":"${picture}","__proto__":{}}`), /“__proto__”/],
      [{ image: picture, prompts: 'a star' }, /“prompts”/],
      [{ image: picture, prompts: [] }, /“prompts”/],
      [{ image: picture, prompts: ['  '] }, /“prompts”/],
      [{ image: picture, prompts: [1] }, /“prompts”/],
      [{ image: picture, prompts: ['a'.repeat(1001)] }, /“prompts”/],
      [{ image: picture, prompts: many }, /“prompts”/],
      [{ image: picture, method: 'constructor' }, /“method”/],
      [{ image: picture, method: ['raw'] }, /“method”/],
      [{ image: picture, size: 15 }, /“size”/],
      [{ image: picture, size: 1025 }, /“size”/],
      [{ image: picture, size: 64.5 }, /“size”/],
      [{ image: picture, size: '64' }, /“size”/],
      [{ image: picture, aspect: null }, /“aspect”/],
      [{ image: path.join(elsewhere.path, 'secret.png') }, /relative/],
      [{ image: `C:\\${picture}` }, /relative/],
      [{ image: `file:///${picture}` }, /relative/],
      [{ image: 'https://example.org/a.png' }, /relative/],
      [{ image: '\\\\server\\share\\a.png' }, /relative/],
      [{ image: 'a\u0000.png' }, /relative/],
      [{ image: relative }, /neither in/],
      [{ image: `linked/../${relative}` }, /neither in/],
      [{ image: '..\\..\\a.png' }, /neither in/],
      [{ image: 'linked/secret.png' }, /neither in/],
      [{ image: 'link.png' }, /neither in/],
      [{ image: '../../../../../etc/passwd' }, /not called like an image/],
      [{ image: 'gone.png' }, /no file/],
      [{ image: 'text.png' }, /not an image/],
      [{ image: 'data:image/png,abc' }, /base64/],
      [{ image: 'data:text/html;base64,PHNjcmlwdD4=' }, /base64/],
      [{ image: 'data:image/png;base64,*' }, /base64/],
      [{ image: 'data:image/png;base64,' }, /base64/],
      [{ image: 'QUJD' }, /not an image/],
      [{ image: `${'A'.repeat(95 * 2 ** 20)}` }, /larger than/],
    ];
    for (const [request, reason] of table) {
      const text = (JSON.stringify(request) ?? 'undefined').slice(0, 200);
      await assert.rejects(ask(request), reason, text);
    }
  });

  describe('kept', () => {
    const requestOutput = () => example.document.cellAt(REQUEST_CELL).outputs[0]!;

    it('are replaced by their answers, and Ctrl+Z brings them back', async () => {
      assert.deepEqual(example.mimes(REQUEST_CELL)[0]?.includes(REQUEST_MIME), true);
      const before = example.outputs(REQUEST_CELL);
      const output = await ask({ image: picture });
      await requests.keep(example.editor, { id: 'one', outputId: outputId(requestOutput())!, output });
      const kept = readExplanationOutput(requestOutput());
      assert.deepEqual(kept?.explanations, output.explanations);
      assert.ok(!example.mimes(REQUEST_CELL).flat().includes(REQUEST_MIME));
      assert.ok(example.mimes(REQUEST_CELL)[0]?.includes('text/plain'));
      await example.undo();
      assert.deepEqual(example.outputs(REQUEST_CELL), before);
    });

    it('are found by what they say when their name is another one by now', async () => {
      const item = requestOutput().items.find(({ mime }) => mime === REQUEST_MIME)!;
      const output = await ask(JSON.parse(new TextDecoder().decode(item.data)));
      const message = { id: 'one', outputId: 'gone', output };
      await assert.rejects(requests.keep(example.editor, { ...message, id: 'unknown' }), /not there any more/);
      await requests.keep(example.editor, message);
      assert.ok(readExplanationOutput(requestOutput()));
      await example.undo();
    });

    it('never replace anything but a request', async () => {
      const other = outputId(example.document.cellAt(1).outputs[0]!)!;
      const output = await ask({ image: picture });
      await assert.rejects(requests.keep(example.editor, { id: 'x', outputId: other, output }), /not there any more/);
    });

    it('are as complete as a record in a file', async () => {
      const name = outputId(requestOutput())!;
      const output = { version: 1, id: 'x', explanations: [] } as const;
      assert.equal(checkedOutput(output), undefined);
      await assert.rejects(requests.keep(example.editor, { id: 'x', outputId: name, output }), /not complete/);
    });
  });
});
