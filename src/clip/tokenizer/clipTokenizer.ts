import { Tokenizer } from '@huggingface/tokenizers';
import { decode } from 'html-entities';
import { PromptError } from '../../protocol/promptExpression';
import { ModelError } from '../errors';

const START = '<|startoftext|>';
const END = '<|endoftext|>';

/** Printable ASCII without HTML entities: as many bytes as characters, also after they are made ready for the tokenizer. */
const PLAIN = /^[ -%'-~]*$/;

/** A prompt as token ids, start and end included, and where it is pooled. */
export interface EncodedPrompt {
  readonly ids: readonly number[];
  /** Index of the first end-of-text token. */
  readonly end: number;
}

/** CLIP's byte-level BPE tokenizer, from a checkpoint's tokenizer.json. */
export class ClipTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly endId: number;
  private readonly startId: number;

  /**
   * @param json text of tokenizer.json
   * @param context the most tokens of a prompt, start and end included
   * @throws ModelError when this is not a CLIP tokenizer.
   */
  constructor(
    json: string,
    private readonly context: number,
  ) {
    try {
      this.tokenizer = new Tokenizer(JSON.parse(json) as object, {});
    } catch (error) {
      throw new ModelError(`tokenizer.json of the model cannot be read: ${(error as Error).message}`);
    }
    const [start, end] = [this.tokenizer.token_to_id(START), this.tokenizer.token_to_id(END)];
    if (start === undefined || end === undefined) {
      throw new ModelError(`tokenizer.json is not one of CLIP: it has no ${START} and ${END} tokens.`);
    }
    this.startId = start;
    this.endId = end;
  }

  /**
   * HTML entities are decoded twice, as the official code does, before the tokenizer sees the text.
   * @param prompt what the user wrote, when `text` is a template with it
   * @throws PromptError when the text is longer than the context; it is never silently cut.
   */
  encode(text: string, prompt = text): EncodedPrompt {
    const inner = this.innerIds(text);
    if (inner.length + 2 > this.context) {
      throw new PromptError(
        `The prompt "${shortened(prompt)}" has ${inner.length} tokens; this model reads at most ${this.context - 2}.`,
        'Shorten the prompt.',
      );
    }
    const ids = [this.startId, ...inner, this.endId];
    return { ids, end: ids.indexOf(this.endId) };
  }

  /**
   * How a prompt most likely begins that begins with this text: the start and the text's own tokens, before any
   * end of text and within the context. What follows in a prompt may change the last of them.
   */
  encodePrefix(text: string): readonly number[] {
    const ids = [this.startId, ...this.innerIds(text), this.endId];
    return ids.slice(0, Math.min(ids.indexOf(this.endId), this.context));
  }

  /**
   * Throws what {@link encode} throws. Most texts need no look at their tokens, of which each has one byte
   * or more: a thousand words in all templates are checked at once.
   */
  check(text: string, prompt = text): void {
    if (!PLAIN.test(text) || text.length + 2 > this.context) this.encode(text, prompt);
  }

  private innerIds(text: string): readonly number[] {
    return this.tokenizer.encode(decode(decode(text)).trim(), { add_special_tokens: false }).ids;
  }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text;
}
