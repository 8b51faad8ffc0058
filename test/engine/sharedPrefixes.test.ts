import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { unitRows } from '../../src/clip/explanation/unitRows';
import { promptEnsemble, TEMPLATES } from '../../src/clip/tokenizer/templates';
import type { EngineClient } from '../../src/engine/client';
import { DEMO_MODEL, startEngine } from '../fixtures/engine';
import { goldenModel, hasGolden } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';
import { hasSwiftShader, swiftShaderEnv } from '../fixtures/swiftShader';

/** Sums of float32 in another order, of values below 1. */
const EXACT = 1e-6;

const WORDS = [
  ...['dog', '', 'traffic light', 'red circle, blue square', 'Zürich 🦊', "a dog's ball.", '{}', '<|endoftext|>'],
  ...['a cat <|endoftext|> a dog', '&amp;', '.', 'sehr '.repeat(9)],
];
const SETS: Record<string, readonly string[]> = {
  'the 85 of CLIP Surgery': TEMPLATES['clip-surgery'],
  'the word first, last, in the middle and twice': ['{}', '{} in a photo', 'a photo of {}', 'a {} of a {}.', 'a {}!'],
  'no space around the word': ['an un{}able, {}ish thing', '#{}', 'a{}', '"{}"', 'photo:{}', '{}{}'],
  'the same twice': ['a {}', 'a {}'],
  'an end of text before the word': ['a <|endoftext|> of {}', 'a photo of {}'],
  'entities around the word': ['&{}', 'a &amp{};', 'a &lt;{}&gt;'],
};

/** A token is at least one byte, so that so few bytes fit into any context of 77 tokens. */
const surelyFits = (sentence: string) => Buffer.byteLength(sentence.normalize('NFC').toLowerCase()) <= 75;

const cases = [
  { provider: 'cpu', model: 'demo', isHere: true },
  { provider: 'cpu', model: 'golden', isHere: hasGolden },
  { provider: 'webgpu', model: 'golden', isHere: hasGolden && hasSwiftShader },
];

for (const { provider, model: name, isHere } of cases) {
  describe(`sentences that share their beginnings, of the ${name} model on ${provider}`, () => {
    let engine: EngineClient;
    let model: string;
    before(function () {
      if (!isHere) this.skip();
      engine = startEngine(provider === 'webgpu' ? { env: swiftShaderEnv } : {});
      model = name === 'demo' ? DEMO_MODEL : goldenModel('tiny_vit');
    });
    after(() => {
      engine?.dispose();
      if (model && model !== DEMO_MODEL) rmSync(model, { recursive: true });
    });

    const encode = async (texts: readonly string[], templates: readonly string[]) => {
      const choice = templates.length === 0 ? 'none' : { name: 'mine', templates };
      return (await engine.call('text', { model, provider, texts, templates: choice })).data;
    };
    /** Each sentence by itself: the mean of their unit features, of unit length. */
    const plain = async (word: string, templates: readonly string[]) => {
      const sentences = promptEnsemble(word, templates);
      const rows = await encode(sentences, []);
      const width = rows.length / sentences.length;
      const unit = unitRows(rows, width);
      return unitRows(Float32Array.from({ length: width }, (_, i) => sentences.reduce((sum, _s, row) => sum + unit[row * width + i]!, 0)), width); // prettier-ignore
    };
    const assertSame = async (word: string, templates: readonly string[]) =>
      assertNear(await encode([word], templates), await plain(word, templates), EXACT);

    // The software driver takes seconds for what the processor does in milliseconds.
    const words = provider === 'cpu' ? WORDS : WORDS.slice(0, 2);
    for (const [set, templates] of Object.entries(SETS)) {
      it(`are encoded as each by itself: ${set}`, async () => {
        for (const word of words) await assertSame(word, templates);
      });
    }

    if (provider !== 'cpu') return;

    it('are encoded as each by itself: any words in any templates', async () => {
      const text = fc.string({ unit: fc.oneof(fc.constantFrom('a', ' ', 'b', '.', "'s", '&'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), maxLength: 12 }); // prettier-ignore
      const template = fc.tuple(text, text).map((around) => around.join('{}'));
      const set = fc.array(template, { minLength: 2, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(text, set, async (word, templates) => {
          fc.pre(promptEnsemble(word, templates).every(surelyFits));
          await assertSame(word, templates);
        }),
        { numRuns: 30 },
      );
    });

    it('of 200 long templates are divided among runs', async () => {
      const start = (i: number) => [...i.toString(2).padStart(8, '0')].map((bit) => (bit === '1' ? 'red' : 'blue'));
      const templates = Array.from({ length: 200 }, (_, i) => `${start(i).join(' ')} circle and a square {} star`);
      await assertSame('a red star in a blue square on a green heart', templates);
    });

    it('give a word the same features whatever was asked before or with it', async () => {
      const templates = TEMPLATES['clip-surgery'];
      const together = await encode(['bench', 'a much longer prompt, of many words', 'sky'], templates);
      const fresh = startEngine();
      try {
        const { data } = await fresh.call('text', { model, texts: ['sky'], templates: 'clip-surgery' });
        assert.deepEqual(together.slice(-data.length), data);
      } finally {
        fresh.dispose();
      }
    });
  });
}
