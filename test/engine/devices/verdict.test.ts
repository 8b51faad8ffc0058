import { strict as assert } from 'node:assert';
import { chosen, unproven, type Outcome, type Verdict } from '../../../src/engine/devices/verdict';
import { REFERENCE, type Execution } from '../../../src/protocol/execution';

const INT8: Execution = { provider: 'cpu', precision: 'int8', attention: 'fused' };
const FP16: Execution = { provider: 'webgpu', precision: 'fp16', attention: 'fused' };
const PLAIN: Execution = { ...FP16, attention: 'plain' };
const on = (execution: Execution, outcome: Outcome, milliseconds?: number): Verdict => ({
  execution,
  outcome,
  milliseconds,
});

describe('what is chosen from verdicts', () => {
  const all = [on(REFERENCE, 'works', 100), on(INT8, 'works', 50), on(FP16, 'wrong', 1), on(PLAIN, 'works', 9)];

  it('is the fastest that works', () => assert.deepEqual(chosen(all), PLAIN));
  it('is more exact where the gain is small: a tenth for half precision, for int8 a quarter and 10 ms', () => {
    assert.deepEqual(chosen([on(REFERENCE, 'works', 100), on(INT8, 'works', 73)]), REFERENCE);
    assert.deepEqual(chosen([on(REFERENCE, 'works', 100), on(INT8, 'works', 71)]), INT8);
    assert.deepEqual(chosen([on(REFERENCE, 'works', 17), on(INT8, 'works', 9)]), REFERENCE);
    assert.deepEqual(chosen([on(REFERENCE, 'works', 100), on(FP16, 'works', 92)]), REFERENCE);
    assert.deepEqual(chosen([on(REFERENCE, 'works', 100), on(FP16, 'works', 90)]), FP16);
  });

  it('is the fastest of those that may be chosen', () => assert.deepEqual(chosen(all, [REFERENCE, { ...INT8 }]), INT8));
  it('is the reference where no other works', () => {
    assert.deepEqual(chosen(all, [REFERENCE, FP16]), REFERENCE);
    assert.deepEqual(chosen(all, [FP16]), REFERENCE);
    assert.deepEqual(chosen([on(FP16, 'failed')]), REFERENCE);
    assert.deepEqual(chosen([]), REFERENCE);
  });
  it('is nothing where the reference does not work', () => {
    assert.equal(chosen([on(REFERENCE, 'crashed'), on(INT8, 'works', 1)]), undefined);
  });
  it('needs proofs of those without a verdict', () => {
    assert.deepEqual(unproven([REFERENCE, { ...FP16 }, { ...FP16, precision: 'fp32' }], all), [
      { ...FP16, precision: 'fp32' },
    ]);
  });
});
