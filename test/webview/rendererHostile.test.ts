import assert from 'node:assert/strict';
import { describeRenderer } from './support/rendererSuite';

describeRenderer('the renderer says one sentence about', (suite) => {
  const { open, record, output, text, count } = suite;

  const hostile: [string, () => unknown][] = [
    ['malformed JSON', () => '{"version": 1,'],
    ['no record', () => 'null'],
    ['a list', () => []],
    ['another version', () => ({ ...output(), version: 2 })],
    ['another version of a record', () => ({ ...record(), version: 7 })],
    ['no explanations', () => output({ explanations: [] })],
    ['many explanations', () => output({ explanations: Array.from({ length: 50 }, () => record()) })],
    ['a record that is null', () => ({ ...output(), explanations: [null] })],
    ['no image', () => ({ ...record(), image: undefined })],
    ['no prompts', () => ({ ...record(), prompts: [] })],
    ['prompts that are no list', () => ({ ...record(), prompts: { length: 3 } })],
    ['a prompt that is null', () => ({ ...record(), prompts: [null] })],
    ['10,000 prompts', () => ({ ...record(), prompts: Array.from({ length: 10_000 }, () => record().prompts[0]) })],
    ['a huge grid', () => ({ ...record(), grid: { rows: 1e9, cols: 1e9 } })],
    ['a large grid', () => ({ ...record(), grid: { rows: 1024, cols: 1024 } })],
    ['a grid of nothing', () => ({ ...record(), grid: { rows: 0, cols: 2 } })],
    ['a huge picture', () => ({ ...record(), image: { ...record().image, width: 1e12 } })],
    ['wrong base64', () => withMap('<<not base64>>')],
    ['maps of another length', () => withMap('AAAA')],
    ['NaN', () => withMap(Buffer.from(new Float32Array([NaN, 0, 0, 0]).buffer).toString('base64'))],
    ['a label that is no text', () => ({ ...record(), prompts: [{ ...record().prompts[0], label: { toString: 1 } }] })],
    ['negative prompts that are no texts', () => ({ ...record(), distractors: [{ toString: 1 }] })],
    ['unknown templates', () => ({ ...record(), templates: 'constructor' })],
    ['templates that are no texts', () => ({ ...record(), templates: { name: 'a', templates: [7] } })],
    ['templates that are null', () => ({ ...record(), templates: null })],
    ['NaN as a score', () => ({ ...record(), prompts: [{ ...record().prompts[0], score: null }] })],
    ['another redundancy', () => ({ ...record(), method: { ...record().method, redundancy: 'constructor' } })],
    ['versions of anything', () => ({ ...record(), versions: { a: { toString: 1 } } })],
    ['a licence that is no text', () => ({ ...record(), model: { ...record().model, licence: { toString: 1 } } })],
  ];
  const withMap = (map: string) => ({ ...record(), prompts: [{ ...record().prompts[0], map }] });
  for (const [name, content] of hostile) {
    it(name, async () => {
      const page = await open();
      await page.render('a', content());
      await page.waitUntil(`out('a').querySelector('[role=alert].sentence') !== null`);
      assert.equal(await count('a', 'canvas'), 0);
      const sentence = await text('a', '.sentence');
      assert.ok(sentence.length > 10 && sentence.length <= 300, sentence);
    });
  }
});
