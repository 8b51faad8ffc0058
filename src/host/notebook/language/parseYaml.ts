import { Composer, Lexer, Parser, YAMLParseError, type CST, type Document } from 'yaml';

/** A cell needs two levels; each of them has two tokens on the parser's stack. */
const DEEPEST = 40;

/** The text is nested more deeply than any cell. */
export class TooDeep extends RangeError {
  constructor(readonly offset: number) {
    super('The text is nested too deeply.');
  }
}

/**
 * Reads a cell's text. Every plain value is text: `[1, on, null]` are three words. What is wrong is in the
 * document's errors.
 * @throws TooDeep before the recursive part of the library, which can end the process, sees such a text.
 */
export function parseYaml(text: string): Document {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > DEEPEST) throw new TooDeep(offset);
    offset = parser.offset;
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({ schema: 'failsafe', prettyErrors: false, uniqueKeys: false });
  const [document, next] = composer.compose(tokens, true, text.length);
  if (!document) throw new Error('A forced document is there.');
  if (next) {
    const { range } = next;
    document.errors.push(new YAMLParseError([range[0], range[1]], 'MULTIPLE_DOCS', 'A second document'));
  }
  return document;
}
