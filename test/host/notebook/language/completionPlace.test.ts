import assert from 'node:assert/strict';
import { completionPlace, unusedKeys } from '../../../../src/host/notebook/language/completionPlace';

/** The place at the bar: its kind or key, what is replaced, and the other entries. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = completionPlace(text, offset);
  if (!place) return undefined;
  const replaced = text.slice(place.start, place.end);
  return place.kind === 'key' ? ['(key)', replaced, ...place.used] : [place.key, replaced, ...place.others];
}

describe('completionPlace', () => {
  const cases: [text: string, expected: readonly string[] | undefined][] = [
    ['|', ['(key)', '']],
    ['pro|', ['(key)', 'pro']],
    ['image: a.png\n|', ['(key)', '', 'image']],
    ['image: a.png\nme|', ['(key)', 'me', 'image']],
    ['im|age: a.png\nsize: 5', ['(key)', 'image', 'size']],
    ['image: |', ['image', '']],
    ['image:|', ['image', '']],
    ['image: scenes/h|', ['image', 'scenes/h']],
    ['image: "my pi|ctures/a.png" # x', ['image', 'my pictures/a.png']],
    ["image: 'a|", ['image', 'a']],
    ['image: a, b|.png', ['image', 'a, b.png']],
    ['images: [a.png, b|]', ['images', 'b', 'a.png']],
    ['images: [|', ['images', '']],
    ['images:\n  - a.png\n  - |', ['images', '', 'a.png']],
    ['images:\n- a.png\n- b|.png\nsize: 5', ['images', 'b.png', 'a.png']],
    ['prompts: [a red circle, a s|, b]', ['prompts', 'a s', 'a red circle', 'b']],
    ['prompts: [a,|', ['prompts', '', 'a']],
    ['prompts: [\n  a,\n  b|\n]', ['prompts', 'b', 'a']],
    ['prompts: ["a, b", "c|"]', ['prompts', 'c', 'a, b']],
    ['prompts: a, b|', ['prompts', 'b', 'a']],
    ['method: |', ['method', '']],
    ['method: [raw, cl|]', ['method', 'cl', 'raw']],
    ['size: 5|12', ['size', '512']],
    ['# a comment|', undefined],
    ['image: a.png # b|', undefined],
    ['other: x|', undefined],
    ['- a\n- b|', ['prompts', 'b', 'a']],
    ['[a, |', ['prompts', '', 'a']],
    ['a cat, a d|', ['prompts', 'a d', 'a cat']],
    ['a cat\na d|', ['prompts', 'a d', 'a cat']],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(at(text), expected));
  }

  it('offers one of image and images', () => {
    assert.deepEqual(unusedKeys(['image', 'size', 'model', 'threshold']), ['prompts', 'method', 'aspect', 'templates']);
  });
});
