import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { explainClasses } from '../../src/clip/explanation/explainClasses';
import { labelsOf, type Labels } from '../../src/clip/explanation/labels';
import { METHODS } from '../../src/clip/methods';
import { parsePrompt } from '../../src/protocol/promptExpression';
import { compared } from '../fixtures/compared';
import { describeGolden, readJson, readNpy } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';

const SCALE = 10;

/** Features of words that are unit vectors in space, with a class token and three patches. */
const VECTORS: Record<string, readonly number[]> = {
  a: [1, 0, 0],
  b: [0, 1, 0],
  c: [0.6, 0.8, 0],
  d: [0, 0, 1],
  e: [0.8, 0, 0.6],
  '': [0, 0.6, 0.8],
};
const TOKENS = [1, 0, 0, /* patches */ 1, 0, 0, 0, 1, 0, 0.6, 0.8, 0];

function explain(method: keyof typeof METHODS, prompts: readonly string[], distractors: readonly string[] = []) {
  const read = (texts: readonly string[]) => texts.map(parsePrompt);
  const { removesRedundancy } = METHODS[method];
  const labels = labelsOf(read(prompts), read(distractors), removesRedundancy, ['d', 'e']);
  const input = compared({
    tokens: Float32Array.from(TOKENS),
    texts: Float32Array.from(labels.texts.flatMap((text) => VECTORS[text]!)),
    empty: labels.needsEmpty ? Float32Array.from(VECTORS['']!) : undefined,
    width: 3,
  });
  return explainClasses(METHODS[method], labels, input, SCALE);
}

/** `softmax(SCALE x cosines)` at one of them. */
const share = (cosines: readonly number[], at: number) =>
  Math.exp(SCALE * cosines[at]!) / cosines.reduce((sum, c) => sum + Math.exp(SCALE * c), 0);

describe('labels', () => {
  const words = ['red', 'blue'];
  it('are all members in rows: shown ones, distractors, reference words', () => {
    const labels = labelsOf([parsePrompt('a | b'), parsePrompt('c')], [parsePrompt('d | red')], true, words);
    assert.deepEqual(labels.texts, ['a', 'b', 'c', 'd', 'red', 'blue']);
    assert.deepEqual(labels.classes, [
      { kind: 'synonyms', members: [0, 1] },
      { kind: 'word', members: [2] },
    ]);
    assert.equal(labels.needsEmpty, false);
  });

  it('of methods without feature surgery are the shown ones alone', () => {
    const labels = labelsOf([parsePrompt('a'), parsePrompt('b + c')], [parsePrompt('d')], false, words);
    assert.deepEqual(labels.texts, ['a', 'b', 'c']);
    assert.equal(labels.redundancy.rule, 'none');
    assert.equal(labels.needsEmpty, false);
  });

  it('of a single prompt with a distractor are compared with reference words, and scored against the empty prompt', () => {
    const labels = labelsOf([parsePrompt('a')], [parsePrompt('b')], true, words);
    assert.deepEqual(labels.redundancy, { rule: 'reference-words', words });
    assert.equal(labels.needsEmpty, true);
  });
});

describe('a class of synonyms', () => {
  it('has the maximum over its members as map, cosine and score', () => {
    const [synonyms, word] = explain('raw', ['b | a', 'c']);
    assertNear(synonyms!.map, [1, 1, 0.8], 1e-6);
    assertNear(word!.map, [0.6, 0.8, 1], 1e-6);
    assertNear([synonyms!.cosine, word!.cosine], [1, 0.6], 1e-6);
    assertNear([synonyms!.score, word!.score], [share([0, 1, 0.6], 1), share([0, 1, 0.6], 2)], 1e-6);
  });

  it('alone is compared with the empty prompt, as a word alone', () => {
    const [lone] = explain('clip-surgery', ['a | c']);
    // Cosines with the empty prompt: 0, 0.6 and 0.48 at the patches, 0 at the class token.
    assertNear(lone!.map, [1 - 0, 0.8 - 0.6, 1 - 0.48], 1e-6);
    assertNear([lone!.score], [share([1, 0.6, 0], 0)], 1e-6);
  });

  it('takes part in feature surgery with every member', () => {
    const [synonyms, d] = explain('clip-surgery', ['a | b', 'd']);
    const [a, b, alone] = explain('clip-surgery', ['a', 'b', 'd']);
    assertNear(synonyms!.map, a!.map.map((value, i) => Math.max(value, b!.map[i]!)), 0); // prettier-ignore
    assert.deepEqual(d!.map, alone!.map);
  });
});

describe('a combination', () => {
  it('is the mean of its members, each min-max over the patches', () => {
    const [combination, word] = explain('raw', ['a + c', 'b']);
    assertNear(combination!.map, [0.5, 0.25, 0.8], 1e-6);
    assertNear([combination!.cosine, combination!.score], [0.8, share([0.8, 0], 0)], 1e-6);
    assertNear(word!.map, [0, 1, 0.8], 1e-6);
  });

  it('shows nothing of a member without contrast', () => {
    const [combination] = explain('raw', ['a + d']); // d is at right angles to all patches
    assertNear(combination!.map, [0.5, 0, 0.3], 1e-6);
  });

  it('is made of similarities against the empty prompt in feature surgery, whatever is beside it', () => {
    // a - empty is 1, -0.6, 0.12 at the patches, c - empty 0.6, 0.2, 0.52.
    const expected = [(1 + 1) / 2, 0, (0.72 / 1.6 + 0.32 / 0.4) / 2];
    assertNear(explain('clip-surgery', ['a + c'])[0]!.map, expected, 1e-6);
    assertNear(explain('feature-surgery', ['b', 'a + c', 'd'], ['e'])[1]!.map, expected, 1e-6);
  });

  it('takes part in the feature surgery of others with every member', () => {
    const [, beside] = explain('clip-surgery', ['a + c', 'b']);
    const [, , among] = explain('clip-surgery', ['a', 'c', 'b']);
    assert.deepEqual(beside!.map, among!.map);
  });
});

describe('distractors', () => {
  it('change the maps as if they were shown, and not the scores', () => {
    const [a, b] = explain('clip-surgery', ['a', 'b'], ['c | d']);
    const [shownA, shownB] = explain('clip-surgery', ['a', 'b', 'c | d']);
    assert.deepEqual([a!.map, b!.map], [shownA!.map, shownB!.map]);
    assert.deepEqual([a!.score, b!.score], explain('clip-surgery', ['a', 'b']).map(({ score }) => score)); // prettier-ignore
  });

  it('leave methods without feature surgery as they are', () => {
    assert.deepEqual(explain('raw', ['a', 'b'], ['c']), explain('raw', ['a', 'b']));
  });
});

describe('members of a class', () => {
  const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 });
  const method = fc.constantFrom('clip-surgery' as const, 'raw' as const);

  for (const sign of [' | ', ' + ']) {
    it(`joined by${sign}may come in any order, and twice`, () => {
      fc.assert(
        fc.property(members, method, (words, name) => {
          const [first] = explain(name, [words.join(sign), 'a']);
          const [second] = explain(name, [[...words.toReversed(), words[0]].join(sign), 'a']);
          assertNear(second!.map, first!.map, 1e-6);
          assertNear([second!.cosine, second!.score], [first!.cosine, first!.score], 1e-9);
        }),
      );
    });
  }

  it('joined by | are never below the best member alone', () => {
    fc.assert(
      fc.property(members, (words) => {
        const [synonyms] = explain('raw', [words.join('|')]);
        const alone = explain('raw', words);
        assert.equal(synonyms!.cosine, Math.max(...alone.map(({ cosine }) => cosine)));
        for (const { map } of alone) map.forEach((value, i) => assert.ok(synonyms!.map[i]! >= value));
      }),
    );
  });
});

describeGolden('official answers of several labels', () => {
  const names = () => readJson<string[]>('tiny_vit/labels.json');
  const features = () =>
    compared({
      tokens: readNpy('tiny_vit/cs_image_32.npy').data,
      texts: readNpy('tiny_vit/text_ensemble.npy').data,
      empty: readNpy('tiny_vit/text_redundant.npy').data,
      width: 32,
    });
  const label = (name: string) => names().indexOf(name);
  const column = (file: string, name: string) => {
    const { shape, data } = readNpy(`tiny_vit/${file}_32.npy`);
    return Float32Array.from({ length: shape[1]! - 1 }, (_, i) => data[(1 + i) * shape[2]! + label(name)]!);
  };

  it('joined as synonyms', () => {
    const members = [label('bench'), label('person')];
    const others = names()
      .map((_, i) => i)
      .slice(2);
    const labels: Labels = {
      texts: names(),
      classes: [
        { kind: 'synonyms', members },
        ...others.map((row) => ({ kind: 'word' as const, members: [row] })),
      ],
      redundancy: { rule: 'prompts', words: [] },
      needsEmpty: false,
    }; // prettier-ignore
    const [synonyms] = explainClasses(METHODS['clip-surgery'], labels, { ...features(), empty: undefined }, 100);
    const [bench, person] = [column('sim', 'bench'), column('sim', 'person')];
    assertNear(synonyms!.map, bench.map((value, i) => Math.max(value, person[i]!)), 1e-6); // prettier-ignore
  });

  it('combined: the lowest places are the published negative points', () => {
    const labels: Labels = {
      texts: names(),
      classes: [{ kind: 'combination', members: [label('person'), label('bench')] }],
      redundancy: { rule: 'prompts', words: [] },
      needsEmpty: true,
    };
    const { map } = explainClasses(METHODS['clip-surgery'], labels, features(), 100)[0]!;
    const minMax = (values: Float32Array) => {
      const [min, max] = [Math.min(...values), Math.max(...values)];
      return values.map((value) => (value - min) / (max - min));
    };
    const [person, bench] = [minMax(column('sim_redundant', 'person')), minMax(column('sim_redundant', 'bench'))];
    assertNear(map, person.map((value, i) => (value + bench[i]!) / 2), 1e-5); // prettier-ignore

    // Halved by bilinear interpolation: means of 2 x 2. The lowest come first, as pixels of the picture of 75 x 53.
    const halved = [0, 2, 8, 10].map((at, cell) => {
      const value = map[at]! + map[at + 1]! + map[at + 4]! + map[at + 5]!;
      return { value, point: [Math.floor(((cell % 2) + 0.5) * 37.5), Math.floor((Math.floor(cell / 2) + 0.5) * 26.5)] };
    });
    const lowest = halved.sort((a, b) => a.value - b.value).map(({ point }) => point);
    const published = readJson<{ recipe?: string; points: number[][]; labels: number[] }[]>('tiny_vit/points_32.json');
    const { points, labels: signs } = published.find(({ recipe }) => recipe === 'combined')!;
    const negatives = points.filter((_, i) => signs[i] === 0);
    assert.equal(negatives.length, 2);
    assert.deepEqual(lowest.slice(0, 2), negatives);
  });
});
