import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readExplanationOutput } from '../../../src/host/notebook/outputs';
import { EXPLANATION_MIME } from '../../../src/protocol/notebook';

const PROMPT = { text: 'a', score: 1, cosine: 0.2, map: 'AAAA' };
const EXPLANATION = {
  image: { path: 'a.png', sha256: '' },
  grid: { rows: 1, cols: 1 },
  method: { name: 'raw' },
  prompts: [PROMPT],
};
const OUTPUT = { version: 1, id: 'x', explanations: [EXPLANATION] };

describe('reading an output of whatever origin', () => {
  function read(text: string): unknown {
    const item = new vscode.NotebookCellOutputItem(new TextEncoder().encode(text), EXPLANATION_MIME);
    return readExplanationOutput(new vscode.NotebookCellOutput([item]));
  }

  it('gives the record', () => assert.deepEqual(read(JSON.stringify(OUTPUT)), OUTPUT));

  for (const [what, output] of Object.entries({
    'a newer record': { ...OUTPUT, version: 2 },
    'no name': { ...OUTPUT, id: undefined },
    'no maps': { ...OUTPUT, explanations: [] },
    'maps that are none': { ...OUTPUT, explanations: [null] },
    'a picture without a path': { ...OUTPUT, explanations: [{ ...EXPLANATION, image: {} }] },
    'a prompt that is none': { ...OUTPUT, explanations: [{ ...EXPLANATION, prompts: ['a'] }] },
    'no prompts': { ...OUTPUT, explanations: [{ ...EXPLANATION, prompts: [] }] },
    'a score that is none': { ...OUTPUT, explanations: [{ ...EXPLANATION, prompts: [{ ...PROMPT, score: 'NaN' }] }] },
    'a grid that is none': { ...OUTPUT, explanations: [{ ...EXPLANATION, grid: { rows: 1.5, cols: 1 } }] },
    'a threshold that is none': { ...OUTPUT, threshold: '1' },
    'a list': [],
  })) {
    it(`finds no record in ${what}`, () => assert.equal(read(JSON.stringify(output)), undefined));
  }

  it('finds no record in what is no JSON', () => assert.equal(read('{'), undefined));
});
