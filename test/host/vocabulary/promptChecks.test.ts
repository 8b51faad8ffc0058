import assert from 'node:assert/strict';
import type { EngineClient } from '../../../src/engine/client';
import { PromptChecks } from '../../../src/host/vocabulary/promptChecks';

describe('the check of prompts', () => {
  it('asks again only for something else, or after a failure', async () => {
    const asked: unknown[] = [];
    let failure: Error | undefined;
    const call = (_: string, request: { readonly texts: readonly string[] }) => {
      asked.push(request.texts.join());
      const problems = request.texts.map((text) => ({ text, message: `${text} is too long` }));
      return failure ? Promise.reject(failure) : Promise.resolve({ problems });
    };
    const checks = new PromptChecks({ call } as unknown as Pick<EngineClient, 'call'>);
    const problems = async (texts: readonly string[], model = 'demo') =>
      (await checks.problems({ model, texts })).map(({ text }) => text);

    assert.deepEqual(await problems(['a', 'b']), ['a', 'b']);
    assert.deepEqual(await problems(['a', 'b']), ['a', 'b']);
    assert.deepEqual(asked, ['a,b']);
    assert.deepEqual(await problems(['a', 'b'], 'other'), ['a', 'b']);
    failure = new Error('cancelled');
    await assert.rejects(problems(['c']), failure);
    failure = undefined;
    assert.deepEqual(await problems(['c']), ['c']);
    assert.deepEqual(asked, ['a,b', 'a,b', 'c', 'c']);
  });
});
