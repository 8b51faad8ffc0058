import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TensorRef } from '../../clip/checkpoint/checkpoint';
import { REFERENCE } from '../../protocol/execution';
import { SELF_TEST_VERSION } from '../../protocol/selfTest';
import { readHeader } from '../checkpointFiles';
import type { FeatureCache } from '../featureCache';
import type { Job } from '../job';
import type { Model } from '../model';
import type { Sessions } from '../sessions';
import { readTensor } from '../tensorFile';
import { KnownWork, PARTS, type Part } from './knownWork';

/** In the folder of a model that comes with its answers. */
export const ANSWERS_FILE = 'self-test.safetensors';

/** What no weights are needed for is sooner computed than read. */
export const KEPT_PARTS: readonly Part[] = PARTS.filter((part) => part !== 'attention');

/** What the reference answers: from the model's own folder, or computed here once and kept. */
export class Answers {
  constructor(
    private readonly sessions: Sessions,
    private readonly stored?: FeatureCache,
  ) {}

  async of(model: Model, part: Part, job: Job): Promise<Float32Array> {
    const compute = () => new KnownWork(this.sessions, model, REFERENCE, job).compute(part);
    if (!KEPT_PARTS.includes(part)) return compute();
    const key = JSON.stringify(['self-test', SELF_TEST_VERSION, model.identity, part]);
    const known = (await embedded(model, part)) ?? this.stored?.read(key);
    if (known) return known;
    const computed = await compute();
    await this.stored?.write(key, computed);
    return computed;
  }
}

/** What the answers file calls those to a part: they are of these weights and no others. */
export function answerName({ sha256 }: Model, part: Part): string {
  return `${SELF_TEST_VERSION}.${sha256}.${part}`;
}

async function embedded(model: Model, part: Part): Promise<Float32Array | undefined> {
  if (!existsSync(join(model.folder, ANSWERS_FILE))) return undefined;
  const tensor = (await readHeader(join(model.folder, ANSWERS_FILE))).get(answerName(model, part));
  if (tensor?.dtype !== 'F32') return undefined;
  const ref: TensorRef = { ...tensor, name: part, format: 'F32', file: ANSWERS_FILE, transposed: false };
  return readTensor(model.folder, ref);
}
