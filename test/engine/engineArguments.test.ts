import { strict as assert } from 'node:assert';
import { readArguments, writeArguments, type EngineArguments } from '../../src/engine/engineArguments';
import { usualThreads } from '../../src/engine/session';

describe('what the engine is told when it starts', () => {
  const told: EngineArguments[] = [
    {},
    { cacheFolder: '/a folder/with=signs', examples: ['/x/--low-memory.png', '/y.png'], lowMemory: true, threads: 3 },
    { cacheFolder: '', examples: [] },
  ];
  for (const args of told) {
    it(`arrives as it was: ${JSON.stringify(args)}`, () => {
      const nothing = { cacheFolder: undefined, examples: [], lowMemory: undefined, threads: undefined };
      assert.deepEqual(readArguments(writeArguments(args)), { ...nothing, ...args });
    });
  }
});

describe('threads of the CPU', () => {
  it('are all cores but one, and never one of two', () => {
    assert.deepEqual([1, 2, 3, 8].map(usualThreads), [1, 2, 2, 7]);
  });
});
