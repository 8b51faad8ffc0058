import { t } from '@vscode/l10n';
import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Node } from 'yaml';
import { splitAtCommas } from './bareWords';
import type { Place, PlacedText, Problems } from './problems';

/** Each look-up walks the document: so many are enough for people, and not enough for a bomb. */
const MOST_ALIASES = 100;

export interface TextRule {
  /** Says what should stand here. */
  readonly expected: string;
  /** `*.png` is an alias in YAML; where wildcards are usual it is taken as it stands. */
  readonly starsAreText?: boolean;
}

/** Reads text out of a document's nodes, and says where there is something else. */
export class NodeReader {
  private aliases = 0;

  constructor(
    private readonly source: string,
    private readonly document: Document,
    readonly problems: Problems,
  ) {}

  /** One text, perhaps an empty one; undefined where something else is, which is a problem then. */
  text(node: unknown, { expected, starsAreText = false }: TextRule): PlacedText | undefined {
    const place = placeOf(node);
    if (isAlias(node)) {
      const target = this.resolve(node.source, node);
      if (isScalar(target) && typeof target.value === 'string') return { ...place, text: target.value.trim() };
      if (!target && starsAreText) return { ...place, text: this.source.slice(place.start, place.end) };
      const reason = target ? expected : t('Text that begins with * or & has to stand in quotes.');
      this.problems.error(place, reason);
      return undefined;
    }
    if (isScalar(node) && typeof node.value === 'string') return { ...place, text: node.value.trim() };
    this.problems.error(place, expected);
    return undefined;
  }

  /**
   * The entries of a list, or the one text that stands in its place.
   * @returns undefined where there is anything else
   */
  texts(node: unknown, rule: TextRule & { readonly most: number; readonly commas: boolean }) {
    const list = isAlias(node) ? (this.resolve(node.source, node) ?? node) : node;
    if (!isSeq(list)) {
      const one = this.text(node, rule);
      if (!one || one.text === '') return one && [one];
      return this.few(rule.commas ? this.split(one) : [one], rule.most, placeOf(node));
    }
    if (!this.few(list.items, rule.most, placeOf(node))) return undefined;
    // An alias's entries stand elsewhere: their mistakes are told once, there.
    const texts = list.items.map((item) => this.text(item, rule));
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }

  private few<T>(all: readonly T[], most: number, place: Place): readonly T[] | undefined {
    if (all.length <= most) return all;
    this.problems.error(place, t('These are {0}: at most {1} are taken.', all.length, most));
    return undefined;
  }

  /** Parts have places of their own where the text stands in the source as it is read, without escapes. */
  private split(text: PlacedText): readonly PlacedText[] {
    const offset = this.source.slice(text.start, text.end).indexOf(text.text);
    if (offset >= 0) return splitAtCommas({ ...text, start: text.start + offset }, this.problems);
    return splitAtCommas(text, this.problems).map((part) => ({ ...text, text: part.text }));
  }

  private resolve(name: string, alias: Node & { resolve(document: Document): unknown }): unknown {
    if (++this.aliases > MOST_ALIASES) return undefined;
    return name === '' ? undefined : alias.resolve(this.document);
  }
}

/** Of the node without its comments. */
export function placeOf(node: unknown): Place {
  if (isPair(node)) return placeOf(node.key);
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}
