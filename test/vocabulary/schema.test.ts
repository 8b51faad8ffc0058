import assert from 'node:assert/strict';
import { parseVocabularyFile } from '../../src/host/vocabulary/file/parseVocabularyFile';
import schema from '../../src/host/vocabulary/file/vocabulary.schema.json';
import { TEMPLATE_SETS } from '../../src/protocol/explanation';

/** What an editor inserts, with the texts that its placeholders start with. */
function inserted(body: unknown): string {
  return JSON.stringify(body).replace(/\$\{\d+:(.*?)\}/g, '$1');
}

describe('the schema of vocabulary files', () => {
  const { templateSets, vocabularies, templates } = schema.properties;

  it('suggests what is read without a problem', () => {
    const files = [
      ...schema.defaultSnippets.map(({ body }) => inserted(body)),
      ...templateSets.defaultSnippets.map(({ body }) => `{ "templateSets": ${inserted(body)} }`),
      ...vocabularies.defaultSnippets.map(({ body }) => `{ "vocabularies": ${inserted(body)} }`),
      ...schema.definitions.prompt.defaultSnippets.map(
        ({ body }) => `{ "vocabularies": { "a": [${inserted(body)}] } }`,
      ),
    ];
    assert.equal(files.length, 7);
    for (const text of files) assert.deepEqual(parseVocabularyFile(text, []).problems, [], text);
  });

  it('knows the built-in template sets', () => assert.deepEqual(templates.anyOf[0]!.enum, TEMPLATE_SETS));
});
