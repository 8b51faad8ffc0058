import assert from 'node:assert/strict';
import { savePrompts } from '../../../src/host/vocabulary/savePrompts';
import type { Vocabularies } from '../../../src/host/vocabulary/vocabularies';
import { activate } from '../notebook/notebooks';
import { answering, ownVocabularies, VocabularyPlace } from './support';

describe('savePrompts', () => {
  const place = new VocabularyPlace();
  let vocabularies: Vocabularies;

  before(activate);
  beforeEach(() => (vocabularies = ownVocabularies()));
  afterEach(() => vocabularies.dispose());
  after(() => place.remove());

  const active = async () => {
    const vocabulary = (await vocabularies.list()).find(({ isActive }) => isActive)!;
    return vocabulary.prompts.map(({ text }) => text);
  };

  it('keeps entries that stay, negatives, and what is left out for a while', async () => {
    const cat = '{ "text": "cat", "label": "Cat" }, // purrs';
    const grass = '{ "text": "grass", "negative": true }';
    await place.reset(`{ "vocabularies": { "demo": [\n${grass},\n"dog",\n${cat}\n"bird"\n] } }`);
    await vocabularies.leaveOut('demo', ['bird'], true);
    await savePrompts(vocabularies, ['cat', 'fish']);
    assert.deepEqual(await active(), ['grass', 'cat', 'fish', 'bird']);
    assert.ok(place.text!.includes(cat) && place.text!.includes(grass), place.text);
  });

  it('takes in again what was left out', async () => {
    await place.reset('{ "vocabularies": { "demo": ["dog", "cat"] } }');
    await vocabularies.leaveOut('demo', ['dog'], true);
    await savePrompts(vocabularies, ['cat', 'dog']);
    const { prompts } = await vocabularies.active();
    assert.deepEqual(prompts, [{ text: 'cat' }, { text: 'dog' }]);
  });

  it('copies a built-in vocabulary into a new file', async () => {
    await place.reset();
    await answering({}, () => savePrompts(vocabularies, ['a star', 'red circle']));
    assert.deepEqual(await active(), ['a star', 'red circle']);
  });
});
