import { Tensor } from 'onnxruntime-node';
import { ATTENTION_CASE, attentionCasesGraph } from '../../clip/graph/attentionCases';
import { surgeryPath } from '../../clip/methods/architectureSurgery';
import { TEMPLATES } from '../../clip/tokenizer/templates';
import { DEFAULT_RESNET_KEYS } from '../../protocol/explanation';
import type { Execution } from '../../protocol/execution';
import type { Job } from '../job';
import type { Model } from '../model';
import type { Sessions } from '../sessions';
import { joined, TextEncoder } from '../textEncoder';
import { VisionEncoder, type VisionSetup } from '../visionEncoder';
import { noise, samplePixels } from './samples';

/** What is computed, and in whose order answers are kept. */
export const PARTS = ['attention', 'image', 'text'] as const;
export type Part = (typeof PARTS)[number];

/** 15 x 15 patches and a class token: with fewer, mistakes of providers do not show. */
const CELLS = 15;
const BATCH = 2;
const WORDS = ['circle', 'a red square', ''];
/** Scores far apart: attention that looks at a few tokens only, as trained models have it. */
const PEAKED = 4;

/** The same work on any execution: its answers can be compared, and its time be taken. */
export class KnownWork {
  private readonly vision: VisionEncoder;

  constructor(
    private readonly sessions: Sessions,
    private readonly model: Model,
    private readonly execution: Execution,
    private readonly job: Job,
  ) {
    this.vision = new VisionEncoder(sessions);
  }

  /** Attention of every kind, tokens of two pictures by CLIP Surgery, features of words in 85 templates. */
  async compute(part: Part): Promise<Float32Array> {
    const { model, execution, job } = this;
    switch (part) {
      case 'attention':
        return this.attention();
      case 'image':
        return this.encode(CELLS * model.vision.patch, BATCH);
      case 'text': {
        const setup = { model, templates: TEMPLATES['clip-surgery'], execution };
        return joined(await new TextEncoder(this.sessions).encode(WORDS, setup, job));
      }
    }
  }

  /** Encodes a picture of that side, which is in whole patches, and throws the tokens away. */
  async encode(side: number, batch = 1): Promise<Float32Array> {
    const { model, execution, job } = this;
    const blocks = surgeryPath.blocks(model.vision, model.config.surgery?.surgeryBlocks);
    const keys = model.vision.kind === 'resnet' ? DEFAULT_RESNET_KEYS : undefined;
    const size = { height: side, width: side };
    const setup: VisionSetup = { model, path: surgeryPath, blocks, keys, size, execution };
    return this.vision.encode(samplePixels(batch, side), batch, setup, job);
  }

  private async attention(): Promise<Float32Array> {
    const purpose = { name: 'attention-cases', graph: attentionCasesGraph };
    const session = await this.sessions.get(this.model, this.execution, purpose, this.job);
    const { batch, tokens, width } = ATTENTION_CASE;
    const projection = (seed: number, deviation: number) =>
      new Tensor('float32', noise(batch * tokens * width, deviation, seed), [batch, tokens, width]);
    const inputs = {
      q: projection(1, PEAKED),
      k: projection(2, PEAKED),
      v: projection(3, 1),
      bias: new Tensor('float32', noise(tokens * tokens, PEAKED, 4), [1, 1, tokens, tokens]),
    };
    return session.run(inputs, 'attended');
  }
}
