/** What stands between two values: white space, line breaks, comments, and perhaps a comma. */
export interface Trivia {
  /** Up to the comma; empty where there is none. */
  readonly beforeComma: string;
  readonly hasComma: boolean;
  /** Behind the comma: the rest of the line; empty where the line goes on with a value. */
  readonly restOfLine: string;
  readonly nextLines: string;
}

const KINDS = {
  space: /[ \t]+/,
  lineBreak: /\r\n|\n|\r/,
  lineComment: /\/\/[^\r\n]*/,
  blockComment: /\/\*[^]*?\*\//,
  comma: /,/,
};

const ANY = new RegExp(
  Object.entries(KINDS)
    .map(([kind, { source }]) => `(?<${kind}>${source})`)
    .join('|'),
  'g',
);

interface Token {
  readonly kind: keyof typeof KINDS;
  readonly start: number;
  readonly end: number;
}

export function readTrivia(text: string): Trivia {
  const tokens = tokensOf(text);
  const comma = tokens.find(({ kind }) => kind === 'comma');
  const from = comma?.end ?? 0;
  const lineBreak = tokens.find(({ kind, start }) => start >= from && kind === 'lineBreak');
  const lineEnd = lineBreak?.start ?? from;
  return {
    beforeComma: text.slice(0, comma?.start ?? 0),
    hasComma: comma !== undefined,
    restOfLine: text.slice(from, lineEnd),
    nextLines: text.slice(lineEnd),
  };
}

/** Cuts white space and comments behind the last comment. */
export function splitAfterComments(text: string): readonly [comments: string, space: string] {
  const end = tokensOf(text).findLast(isComment)?.end ?? 0;
  return [text.slice(0, end), text.slice(end)];
}

/** Cuts white space and comments in front of the first comment. */
export function splitBeforeComments(text: string): readonly [space: string, comments: string] {
  const start = tokensOf(text).find(isComment)?.start ?? text.length;
  return [text.slice(0, start), text.slice(start)];
}

/** Whether only a line break ends it. */
export function endsInLineComment(text: string): boolean {
  return tokensOf(text).at(-1)?.kind === 'lineComment';
}

function isComment({ kind }: Token): boolean {
  return kind === 'lineComment' || kind === 'blockComment';
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(ANY)].map((match) => {
    const kind = Object.keys(KINDS).find((name) => match.groups![name] !== undefined) as Token['kind'];
    return { kind, start: match.index, end: match.index + match[0].length };
  });
}
