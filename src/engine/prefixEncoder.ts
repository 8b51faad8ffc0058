import { LRUCache } from 'lru-cache';
import { Tensor } from 'onnxruntime-node';
import { templatePrefix } from '../clip/tokenizer/templates';
import { treeOf, type TokenTree } from '../clip/tokenizer/tokenTree';
import { answersKey } from './int8/answersKey';
import type { Job } from './job';
import type { Sessions } from './sessions';
import type { FeatureCache } from './featureCache';
import type { TextSetup } from './textSetup';
import { runTree } from './textTree';

/** What the templates of a set begin with, read by the model: ready for words to grow on it. */
export interface Prefixes {
  readonly tree: TokenTree;
  /** Keys and values of its nodes, `[2 * layers, nodes, width]`. */
  readonly past: Tensor;
}

/** Some megabytes each; rarely is more than one set of templates in use. */
const MOST_SETS = 2;
/** Enough for any usual set. Of what does not fit nothing is lost: it is read with each word. */
const MOST_NODES = 512;

/** Reads what comes before the word in a set of templates once, and not with every word. */
export class PrefixEncoder {
  private readonly cache = new LRUCache<string, Prefixes>({ max: MOST_SETS });

  /** @param stored what other processes and other days computed */
  constructor(
    private readonly sessions: Sessions,
    private readonly stored?: FeatureCache,
  ) {}

  /** @throws ModelError when the model computes values that are not numbers. */
  async encode(setup: TextSetup, job: Job): Promise<Prefixes> {
    const { model, templates, execution } = setup;
    const identity = await model.textIdentity();
    const key = JSON.stringify([identity, answersKey(execution), templates]);
    let prefixes = this.cache.get(key);
    if (!prefixes) {
      const tokenizer = await model.tokenizer();
      const tree = treeOf(
        templates.map((template) => tokenizer.encodePrefix(templatePrefix(template))),
        MOST_NODES,
      );
      // The tree itself stands in the key, so that the values on disk can only be those of its nodes.
      const storedKey = JSON.stringify([identity, 'prefixes', answersKey(execution), tree.ids, tree.parents]);
      let past = this.stored?.read(storedKey);
      if (!past) {
        past = await this.compute(tree, setup, job);
        void this.stored?.write(storedKey, past);
      }
      prefixes = { tree, past: pastOf(past, tree.size, setup) };
      this.cache.set(key, prefixes);
    }
    return prefixes;
  }

  private compute(tree: TokenTree, setup: TextSetup, job: Job): Promise<Float32Array> {
    const nothing = pastOf(new Float32Array(), 0, setup);
    return runTree({ tree, past: nothing, ends: [0] }, 'present', this.sessions, setup, job);
  }
}

function pastOf(values: Float32Array, nodes: number, { model }: TextSetup): Tensor {
  return new Tensor('float32', values, [2 * model.text.layers, nodes, model.text.width]);
}
