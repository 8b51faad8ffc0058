import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ClipTokenizer } from '../../src/clip/tokenizer/clipTokenizer';
import { promptEnsemble, templatePrefix, TEMPLATES } from '../../src/clip/tokenizer/templates';
import { describeGolden, golden, readJson } from '../fixtures/golden';

interface Row {
  text: string;
  ids: number[];
  too_long: boolean;
  ids_without_ftfy?: number[];
}

describeGolden('official tokenizer', () => {
  const tokenizer = () => new ClipTokenizer(readFileSync(golden('clip-tokenizer.json'), 'utf8'), 77);

  it('gives the same ids for every string of the list', () => {
    const { rows } = readJson<{ rows: Row[] }>('tokens.json');
    const it_ = tokenizer();
    const wrong = rows
      .filter((row) => !row.too_long)
      .filter(({ text, ids, ids_without_ftfy }) => {
        // Repairing mojibake is left to whoever wrote the prompt: the ids of the official code without it count as well.
        const found = JSON.stringify(it_.encode(text).ids.slice(1, -1));
        return found !== JSON.stringify(ids) && found !== JSON.stringify(ids_without_ftfy);
      });
    assert.deepEqual(wrong.map(({ text }) => text), []); // prettier-ignore
    assert.ok(rows.length > 150);
  });

  it('refuses the strings that are too long, naming them', () => {
    const { rows } = readJson<{ rows: Row[] }>('tokens.json');
    const tooLong = rows.filter((row) => row.too_long);
    assert.ok(tooLong.length > 0);
    for (const { text } of tooLong)
      assert.throws(() => tokenizer().encode(text), { message: /^The prompt ".*" has \d+ tokens/su });
  });

  it('checks as it encodes, at the edge of the context', () => {
    const it_ = tokenizer();
    const throws = (run: () => void) => {
      try {
        run();
        return false;
      } catch {
        return true;
      }
    };
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('!', 'q', '~ ', 'dog', '&amp;', '&nGt;', 'İ', '\u0958', '🦊'), minLength: 20, maxLength: 80 }),
      fc.string({ minLength: 60, maxLength: 90 }),
    ); // prettier-ignore
    fc.assert(fc.property(text, (t) => throws(() => it_.check(t)) === throws(() => it_.encode(t))));
    assert.ok(throws(() => it_.check('! '.repeat(76))));
  });

  it('pools at the first end-of-text token, even one inside the text', () => {
    const { ids, end } = tokenizer().encode('a cat <|endoftext|> a dog');
    assert.equal(end, 3);
    assert.equal(ids[end], 49407);
  });
});

describe('demo tokenizer', () => {
  const json = readFileSync(join(__dirname, '../../models/demo/tokenizer.json'), 'utf8');
  const tokenizer = new ClipTokenizer(json, 77);

  it('has one token for each word it knows', () => {
    assert.equal(tokenizer.encode('a photo of a red circle.').ids.length, 2 + 7);
  });

  it('spells any other text in bytes', () => {
    const { ids } = tokenizer.encode('Zürich 🦊');
    assert.ok(ids.length > 4 && new Set(ids).size > 4);
  });

  it('checks to the byte what fits the context, also where it must not count characters', () => {
    for (const fits of ['x'.repeat(75), '🦊'.repeat(18), `${'x'.repeat(69)}&nGt;`, 'x&amp;'.repeat(37)]) {
      tokenizer.check(fits);
    }
    // The entity has five characters and six bytes, the emoji two and four.
    for (const tooLong of ['x'.repeat(76), '🦊'.repeat(19), `${'x'.repeat(70)}&nGt;`]) {
      assert.throws(() => tokenizer.check(tooLong), { message: /has 76 tokens; this model reads at most 75/ });
    }
  });

  it('begins a prompt with the start, up to an end of text or the end of the context', () => {
    const whole = tokenizer.encode('a photo of a red circle').ids;
    assert.deepEqual(tokenizer.encodePrefix('a photo of a '), whole.slice(0, 5));
    assert.deepEqual(tokenizer.encodePrefix(''), whole.slice(0, 1));
    assert.deepEqual(tokenizer.encodePrefix('a photo <|endoftext|> of'), whole.slice(0, 3));
    assert.equal(tokenizer.encodePrefix('red '.repeat(99)).length, 77);
  });

  it('encodes an empty text as start and end', () => assert.equal(tokenizer.encode('').ids.length, 2));

  it('rejects a file that is no tokenizer of CLIP', () => {
    assert.throws(() => new ClipTokenizer('{', 77), { message: /tokenizer.json of the model cannot be read/ });
  });
});

describe('prompt templates', () => {
  const sizes = { none: 0, photo: 1, openai: 80, 'clip-surgery': 85 };

  it('are so many, all different, each with one place for the word', () => {
    for (const [name, size] of Object.entries(sizes)) {
      const templates = TEMPLATES[name as keyof typeof sizes];
      assert.equal(new Set(templates).size, size);
      assert.ok(templates.every((template) => template.split('{}').length === 2));
    }
  });

  it('of CLIP Surgery are the 80 of ImageNet and 5 more', () => {
    assert.deepEqual(TEMPLATES['clip-surgery'].slice(0, 80), TEMPLATES.openai);
  });

  it('take a word as it is, at every place', () => {
    assert.deepEqual(promptEnsemble('$& {}', TEMPLATES.photo), ['a photo of a $& {}.']);
    assert.deepEqual(promptEnsemble('cat', ['{} and {}', 'no {}']), ['cat and cat', 'no cat']);
    assert.deepEqual(promptEnsemble('cat', TEMPLATES.none), ['cat']);
  });

  it('have a beginning, before the first place for the word', () => {
    assert.deepEqual(['a {} of {}.', '{}'].map(templatePrefix), ['a ', '']); // prettier-ignore
  });
});
