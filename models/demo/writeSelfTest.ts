// `npx tsx models/demo/writeSelfTest.ts`: writes self-test.safetensors, what the CPU answers to the self-test in fp32.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { Model } from '../../src/engine/model';
import { ANSWERS_FILE, answerName, KEPT_PARTS } from '../../src/engine/selfTest/answers';
import { KnownWork } from '../../src/engine/selfTest/knownWork';
import { Sessions } from '../../src/engine/sessions';
import { REFERENCE } from '../../src/protocol/execution';
import { quietJob } from '../../test/fixtures/job';
import { writeSafetensors, type TensorData } from '../../test/fixtures/safetensors';

async function main(): Promise<void> {
  const model = await Model.open(__dirname, new CheckpointHashes());
  const tensors = new Map<string, TensorData>();
  for (const part of KEPT_PARTS) {
    const answers = await new KnownWork(new Sessions(), model, REFERENCE, quietJob).compute(part);
    const bytes = new Uint8Array(answers.buffer, answers.byteOffset, answers.byteLength);
    tensors.set(answerName(model, part), { dtype: 'F32', shape: [answers.length], bytes });
  }
  writeFileSync(join(__dirname, ANSWERS_FILE), writeSafetensors(tensors));
}

void main();
