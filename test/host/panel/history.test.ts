import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { History } from '../../../src/host/panel/history';

const image = (name: string) => vscode.Uri.file(`/pictures/${name}.png`);
const one = (name: string) => ({ images: [image(name)], index: 0 });

describe('the history of a panel', () => {
  let history: History;
  const name = () => /(\w+)\.png/.exec(history.current!.images[history.current!.index]!.path)![1];
  beforeEach(() => (history = new History()));

  it('starts with nowhere to go', () => {
    assert.equal(history.current, undefined);
    assert.ok(!history.canGoBack && !history.canGoForward);
    assert.equal(history.walk(-1), false);
  });

  it('walks back and forward, and forgets what was ahead', () => {
    for (const each of ['a', 'b', 'c']) history.push(one(each));
    assert.ok(history.walk(-1) && history.walk(-1));
    assert.equal(name(), 'a');
    assert.ok(!history.canGoBack && history.canGoForward);
    assert.ok(history.walk(1));
    assert.equal(name(), 'b');
    history.push(one('d'));
    assert.equal(history.walk(1), false);
    assert.ok(history.walk(-1));
    assert.equal(name(), 'b');
  });

  it('comes back to the set that a picture was chosen with', () => {
    history.push({ images: ['a', 'b', 'c'].map(image), index: 1 });
    history.push(one('d'));
    history.walk(-1);
    assert.equal(history.current!.images.length, 3);
    assert.equal(name(), 'b');
  });

  it('makes no step of the picture that is shown already', () => {
    history.push(one('a'));
    history.push({ images: [image('a'), image('b')], index: 0 });
    assert.equal(history.canGoBack, false);
    assert.equal(history.current!.images.length, 2);
  });

  it('does not grow without end', () => {
    for (let i = 0; i < 1000; i++) history.push(one(`p${i}`));
    let steps = 0;
    while (history.walk(-1)) steps++;
    assert.ok(steps >= 100 && steps < 300, `${steps} steps`);
  });
});
