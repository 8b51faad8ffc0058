import assert from 'node:assert/strict';
import { METHOD_NAMES, type Explanation, type ResNetKeys } from '../../src/protocol/explanation';
import { readMaps } from '../../webview/camView/maps';
import { provenance } from '../../webview/camView/provenance';
import { methodText, scoreMeaning, templatesName } from '../../webview/camView/texts';
import { explanation } from './support/explanation';

const record = explanation({ dot: [0, 1] }, 1, 2);
const lines = (part: Partial<Explanation> = {}) => Object.fromEntries(provenance({ ...record, ...part }));

describe('what is said of the maps', () => {
  it('names the four methods', () => {
    assert.deepEqual(
      METHOD_NAMES.map((name) => methodText({ ...record.method, name })),
      ['CLIP Surgery, last 6 blocks', 'Architecture surgery only, last 6 blocks', 'Feature surgery only', 'Raw CLIP'],
    );
  });

  it('says where a ResNet is changed, and how', () => {
    const said = (keys: ResNetKeys) => methodText({ ...record.method, surgeryBlocks: 1, keys });
    assert.equal(said('shipped'), 'CLIP Surgery, attention pool');
    assert.equal(said('normalised'), 'CLIP Surgery, attention pool with normalised keys');
  });

  it('states checkpoint, templates, sizes, precision and times', () => {
    const said = lines();
    assert.equal(said.checkpoint, `sha256 ${'cd'.repeat(32)}`);
    assert.equal(said.templates, 'none (the bare prompt)');
    assert.match(said.picture!, /^768 × 576 px/);
    assert.equal(said['encoded at'], '32 × 16 px, squashed');
    assert.equal(said.grid, '1 rows × 2 columns');
    assert.equal(said['computed on'], 'CPU, fp32');
    assert.equal(said['image encoder'], '38 ms');
  });

  it('knows what came from a cache, and what only took no time', () => {
    const said = lines({ timings: { decode: 0.2, image: 0, text: 6, total: 6.2 }, mapping: 'keep' });
    assert.equal(said['image encoder'], 'from the cache');
    assert.equal(said['picture read'], '< 1 ms');
    assert.equal(said['encoded at'], '32 × 16 px, aspect ratio kept');
  });

  it('names the templates, also those of one’s own', () => {
    const said = (templates: Explanation['templates']) => lines({ templates }).templates!;
    assert.match(said('clip-surgery'), /^the 85 of CLIP Surgery: 80 of ImageNet and 5/);
    assert.equal(said('photo'), 'one: “a photo of a {}”');
    assert.equal(said('openai'), 'the 80 that OpenAI wrote for ImageNet');
    const sketches = { name: 'sketches', templates: ['a sketch of a {}.', 'a drawing of the {}.'] };
    assert.equal(said(sketches), 'sketches: 2 of your own');
    assert.deepEqual((['none', 'photo', 'openai', 'clip-surgery', sketches] as const).map(templatesName), [
      ...['bare prompts', '“a photo of a {}”', '80 templates', '85 templates', '2 templates'],
    ]);
  });

  it('lists the negative prompts where there are some', () => {
    assert.equal(lines()['negative prompts'], undefined);
    assert.equal(lines({ distractors: [] })['negative prompts'], undefined);
    assert.equal(lines({ distractors: ['grass', 'sky'] })['negative prompts'], 'grass, sky');
  });

  it('says what scores are shares of', () => {
    const meaning = (words: readonly string[], part: Partial<Explanation['method']> = {}) =>
      scoreMeaning(readMaps(explanation(Object.fromEntries(words.map((word) => [word, [0, 1]])), 1, 2, part)));
    assert.equal(meaning(['dog', 'cat + dog']), 'share among these 2 words');
    assert.equal(meaning(['dog | puppy', 'cat']), 'share among these 2 words, of synonyms the largest');
    assert.equal(meaning(['dog'], { score: 'empty-string' }), 'against the empty prompt');
  });
});
