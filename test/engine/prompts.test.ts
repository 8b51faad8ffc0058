import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import type { ExplainRequest } from '../../src/protocol/engine';
import { decodeMap, type Explanation, type TemplateChoice } from '../../src/protocol/explanation';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';
import { describeGolden, golden, goldenModel, readJson, readNpy } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';

const COSINES = 1e-5;

describeGolden('official answers for prompts of several words', function () {
  let engine: EngineClient;
  let model: string;
  before(() => {
    model = goldenModel('tiny_vit');
    engine = startEngine();
  });
  after(() => {
    engine?.dispose();
    rmSync(model, { recursive: true });
  });

  const labels = () => readJson<string[]>('tiny_vit/labels.json');
  const maps = async (prompts: readonly string[], distractors?: readonly string[]) => {
    const image = { path: golden('tiny_vit/image.png') };
    const explanation = await engine.call('explain', {
      ...{ model, image, imageName: 'image.png', method: 'clip-surgery', size: 56, prompts, distractors },
    });
    return { ...explanation, maps: explanation.prompts.map(({ map }) => decodeMap(map, explanation.grid)) };
  };
  const column = (file: string, name: string) => {
    const { data } = readNpy(`tiny_vit/${file}_56.npy`);
    const label = labels().indexOf(name);
    return Float32Array.from({ length: 49 }, (_, i) => data[(1 + i) * 8 + label]!);
  };

  it('a lone class of synonyms', async () => {
    const { maps: found, method } = await maps(['bench | sky']);
    assert.equal(method.redundancy, 'empty-string');
    const [bench, sky] = [column('sim_redundant', 'bench'), column('sim_redundant', 'sky')];
    assertNear(found[0]!, bench.map((value, i) => Math.max(value, sky[i]!)), COSINES); // prettier-ignore
  });

  it('a combination among others', async () => {
    const { maps: found } = await maps(['ground', 'person + bench', 'sky']);
    const scaled = ['person', 'bench'].map((name) => {
      const values = column('sim_redundant', name);
      const [min, max] = [Math.min(...values), Math.max(...values)];
      return values.map((value) => (value - min) / (max - min));
    });
    // Min-max divides by the range of about a tenth.
    assertNear(found[1]!, scaled[0]!.map((value, i) => (value + scaled[1]![i]!) / 2), 10 * COSINES); // prettier-ignore
  });

  it('five words with three distractors: the published eight labels', async () => {
    const [shown, distractors] = [labels().slice(0, 5), labels().slice(5)];
    const { maps: found, method, distractors: recorded, prompts } = await maps(shown, distractors);
    assert.equal(method.redundancy, 'prompts');
    assert.deepEqual(recorded, distractors);
    shown.forEach((name, i) => assertNear(found[i]!, column('sim', name), COSINES));
    assert.ok(Math.abs(prompts.reduce((sum, { score }) => sum + score, 0) - 1) < 1e-9, 'scores are of the shown ones');
  });
});

describe('prompts', function () {
  let engine: EngineClient;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());

  const image = { path: join(EXAMPLES, 'park.png') };
  const explain = (prompts: readonly string[], more: Partial<ExplainRequest> = {}): Promise<Explanation> =>
    engine.call('explain', { ...{ model: DEMO_MODEL, image, imageName: 'scene.png', prompts }, method: 'clip-surgery', ...more }); // prettier-ignore

  it('keep their text in the record, and distractors leave no trace where there are none', async () => {
    const explanation = await explain(['dog | puppy', 'bicycle']);
    assert.deepEqual(explanation.prompts.map(({ text }) => text), ['dog | puppy', 'bicycle']); // prettier-ignore
    assert.ok(!('distractors' in explanation));
    assert.ok(!('distractors' in (await explain(['dog', 'cat'], { distractors: [] }))));
    assert.ok(!('distractors' in (await explain(['dog', 'cat'], { distractors: ['sky'], method: 'raw' }))));
  });

  it('alone with a distractor are scored against the empty one, and compared with reference words', async () => {
    const { method, prompts } = await explain(['dog'], { distractors: ['bicycle'] });
    const [alone] = (await explain(['dog'])).prompts;
    assert.deepEqual([method.score, method.redundancy], ['empty-string', 'reference-words']);
    assert.equal(prompts[0]!.score, alone!.score);
    assert.notEqual(prompts[0]!.map, alone!.map);
  });

  it('in a set of templates of one’s own: of one template it is the same as that one', async () => {
    const own = { name: 'mine', templates: ['a photo of a {}.'] };
    const [first, second] = [await explain(['dog'], { templates: own }), await explain(['dog'], { templates: 'photo' })]; // prettier-ignore
    assert.deepEqual(first.prompts, second.prompts);
    assert.deepEqual([first.templates, second.templates], [own, 'photo']);
    const openai = await explain(['dog'], { templates: 'openai' });
    assert.notEqual(openai.prompts[0]!.cosine, (await explain(['dog'])).prompts[0]!.cosine);
  });

  const bad: [string, Partial<ExplainRequest>, string, RegExp][] = [
    ['two signs', { prompts: ['a | b + c'] }, 'bad-prompt', /"a \| b \+ c" mixes/],
    ['nothing behind a sign', { prompts: ['dog', 'a |'] }, 'bad-prompt', /"a \|" needs a word on both sides/],
    ['a blank distractor', { distractors: [' '] }, 'bad-prompt', /is empty/],
    ['a long synonym', { prompts: [`dog | ${'x '.repeat(99)}`] }, 'bad-prompt', /^The prompt "x x.*" has \d+ tokens/],
    ['no templates', own(), 'bad-request', /^The template set "mine" has no template\.$/],
    ['201 templates', own(...Array<string>(201).fill('{}')), 'bad-request', /has 201 templates; at most 200/],
    ['a template without {}', own('a {}', 'a dog'), 'bad-request', /has the template "a dog" without \{\}/],
    ['a long template', own(`{} ${'x'.repeat(299)}`), 'bad-request', /more than 300 characters in template 1/],
    ['unknown templates', { templates: 'toString' as TemplateChoice }, 'bad-request', /no template set "toString"/],
  ]; // prettier-ignore
  for (const [what, part, code, message] of bad) {
    it(`with ${what}: one clear sentence`, async () => {
      await assert.rejects(explain(['dog'], part), { code, message });
    });
  }

  it('are checked without encoding: which ones the model cannot read, and why', async () => {
    const long = `dog | ${'x '.repeat(99)}`;
    const stages: string[] = [];
    const { problems } = await engine.call(
      'checkPrompts',
      { model: DEMO_MODEL, texts: ['dog', long, 'sofa | couch', '', 'a +'] },
      { onStage: ({ name }) => stages.push(name) },
    );
    assert.deepEqual(problems.map(({ text }) => text), [long, '', 'a +']); // prettier-ignore
    assert.match(problems[0]!.message, /^The prompt "x x.*" has \d+ tokens; this model reads at most \d+\.$/);
    assert.deepEqual(stages, []);
  });

  it('that fit alone may be too long for a template', async () => {
    const texts = [Array(20).fill('red').join(' ')];
    const check = (templates: TemplateChoice) => engine.call('checkPrompts', { model: DEMO_MODEL, texts, templates });
    assert.equal((await check('none')).problems.length, 0);
    assert.equal((await check({ name: 'long', templates: [`${'red '.repeat(70)}{}`] })).problems.length, 1);
  });

  it('to check are dropped when they are cancelled', async () => {
    const abort = new AbortController();
    const texts = Array.from({ length: 10_000 }, (_, i) => `wörd ${i}`);
    const checking = engine.call('checkPrompts', { model: DEMO_MODEL, texts }, { signal: abort.signal });
    const { pid } = engine;
    setTimeout(() => abort.abort(), 50);
    await assert.rejects(checking, { code: 'cancelled' });
    assert.equal((await engine.call('describe', { model: DEMO_MODEL })).name, 'Demo');
    assert.equal(engine.pid, pid);
  });

  function own(...templates: string[]): Partial<ExplainRequest> {
    return { templates: { name: 'mine', templates } };
  }
});
