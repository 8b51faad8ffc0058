import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate } from '../notebook/notebooks';
import { closeAll, typeInto, VocabularyPlace } from './support';

describe('Mistakes in a vocabulary file', () => {
  const place = new VocabularyPlace();

  before(activate);
  after(() => place.remove());

  const found = (file = place.uri) =>
    vscode.languages
      .getDiagnostics(file)
      .filter(({ source }) => source === 'CLIP Surgery')
      .map(({ range, message, severity }) => `${range.start.line}:${range.start.character} ${severity} ${message}`);

  /** Waits for what is found to be so many. */
  async function count(expected: number): Promise<string[]> {
    for (const end = Date.now() + 20_000; found().length !== expected;) {
      assert.ok(Date.now() < end, `${found().length} instead of ${expected}: ${found().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return found();
  }

  it('are shown where they are while it is open', async () => {
    await place.reset('{\n  "active": "nobody",\n  "vocabularies": { "a": ["dog", "dog", ""] }\n}\n');
    await vscode.window.showTextDocument(place.uri);
    const [unknown, again, empty] = await count(3);
    assert.match(unknown!, /^1:12 1 There is no vocabulary/);
    assert.match(again!, /^2:33 1 "dog" is in this vocabulary already/);
    assert.match(empty!, /^2:40 0 /);
    await typeInto(place.uri, '{ "active": "demo", "vocabularies": { "a": ["dog"] } }');
    await count(0);
    await typeInto(place.uri, '{\n<<<<<<< HEAD\n');
    assert.match((await count(1))[0]!, /^1:0 0 This file has a merge conflict/);
  });

  it('are not looked for in other files', async () => {
    await place.reset('{ "vocabularies": { "a": [""] } }');
    const other = place.file('clip-vocabulary.json', '{ "vocabularies": { "a": [""] } }');
    await vscode.window.showTextDocument(other);
    await vscode.window.showTextDocument(place.uri);
    await count(1);
    assert.deepEqual(found(other), []);
    await closeAll();
  });
});
