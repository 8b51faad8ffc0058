import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageEncoder, textTower } from '../../src/clip/architecture';
import { Checkpoint } from '../../src/clip/checkpoint/checkpoint';
import { headerLength, parseHeader } from '../../src/clip/checkpoint/safetensors';
import { ModelError } from '../../src/clip/errors';
import { GraphBuilder } from '../../src/clip/graph/graphBuilder';
import { resNetGraph } from '../../src/clip/graph/resNet';
import { textGraph } from '../../src/clip/graph/textTransformer';
import { visionGraph } from '../../src/clip/graph/visionTransformer';
import { METHODS } from '../../src/clip/methods';
import { REFERENCE } from '../../src/protocol/execution';
import { DEMO_MODEL } from '../fixtures/engine';
import { golden, hasGolden } from '../fixtures/golden';
import { mutated, seeded } from '../fixtures/mutations';

const MUTATIONS = 1000;
/** More than any header here needs, and far less than what a lying header asks for. */
const MOST_MEMORY = 512 * 2 ** 20;

const surgery = METHODS['clip-surgery'].image;

/** All that is computed from a header before weights are read. */
function load(file: Buffer): Uint8Array[] {
  const length = headerLength(file.subarray(0, 8), file.length);
  const header = parseHeader(file.subarray(8, 8 + length), file.length);
  const tensors = [...header].map(([name, tensor]) => [name, { ...tensor, file: 'model.safetensors' }] as const);
  const checkpoint = new Checkpoint(new Map(tensors));
  const encoder = imageEncoder(checkpoint, {});
  const builder = () => new GraphBuilder(checkpoint, REFERENCE);
  const image =
    encoder.kind === 'resnet'
      ? resNetGraph(builder(), encoder, surgery.pool('normalised'))
      : visionGraph(builder(), encoder, surgery.path(surgery.blocks(encoder, undefined)));
  return [image, textGraph(builder(), textTower(checkpoint, {}))];
}

const FILES = [
  ['the demo model', join(DEMO_MODEL, 'model.safetensors')],
  ['OpenAI names', golden('tiny_vit/openai.fp16.safetensors')],
  ['Hugging Face names', golden('tiny_vit/hf.fp16.safetensors')],
  ['a ResNet', golden('tiny_rn/openai.fp16.safetensors')],
] as const;

describe('checkpoints with a damaged header', () => {
  for (const [what, name] of hasGolden ? FILES : FILES.slice(0, 1)) {
    it(`of ${what}: a clear error, or no harm`, () => {
      const file = readFileSync(name);
      const random = seeded(7);
      const before = process.memoryUsage().rss;
      let refused = 0;
      for (let i = 0; i < MUTATIONS / FILES.length; i++) {
        try {
          load(mutated(file, random));
        } catch (error) {
          assert.ok(error instanceof ModelError, `mutation ${i}: ${(error as Error).stack}`);
          assert.match(error.message, /^[A-Z"].*\.$/s);
          refused++;
        }
      }
      assert.ok(refused > MUTATIONS / FILES.length / 2, `only ${refused} were refused`);
      assert.ok(process.memoryUsage().rss - before < MOST_MEMORY);
    });
  }
});
