import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** The tree of a text that is JSON with comments, or the first place where it is not. */
export type JsonTree =
  | { readonly root: Node; readonly mistake?: undefined }
  | { readonly root?: undefined; readonly mistake: { readonly start: number; readonly end: number } };

/** Comments and commas behind the last entry are fine, as in the editor's own files. */
export function parseJson(text: string): JsonTree {
  const mistakes: ParseError[] = [];
  const root = parseNested(text, mistakes);
  const [first] = mistakes;
  if (root && !first) return { root };
  const start = Math.min(first?.offset ?? 0, Math.max(0, text.length - 1));
  return { mistake: { start, end: Math.min(text.length, start + Math.max(1, first?.length ?? 0)) } };
}

function parseNested(text: string, mistakes: ParseError[]): Node | undefined {
  try {
    // A byte order mark is white space here; the offsets stay.
    return parseTree(text.replace(/^\ufeff/, ' '), mistakes, { allowTrailingComma: true });
  } catch (error) {
    // Thousands of brackets in each other: deeper than the parser's stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export interface Field {
  readonly name: string;
  readonly key: Node;
  readonly value: Node;
}

/** The fields of an object that count: as everywhere in JSON, of those with the same name the last one. */
export function fieldsOf(node: Node): readonly Field[] {
  const last = new Map(allFieldsOf(node).map(({ name, key }) => [name, key]));
  return allFieldsOf(node).filter(({ name, key }) => last.get(name) === key);
}

/** Also those that do not count; none of anything but an object. */
export function allFieldsOf(node: Node): readonly Field[] {
  if (node.type !== 'object') return [];
  return node.children!.map(({ children }) => {
    const [key, value] = children as [Node, Node];
    return { name: key.value as string, key, value };
  });
}

/** The value of a field. */
export function fieldOf(node: Node, name: string): Node | undefined {
  return allFieldsOf(node).findLast((field) => field.name === name)?.value;
}

/** What a text in quotes says; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' ? (node.value as string) : undefined;
}
