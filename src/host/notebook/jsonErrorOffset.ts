/**
 * Where a text stops being JSON, counted in characters; undefined where it is JSON.
 * `JSON.parse` tells it for some mistakes only, depending on the version of the runtime.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const end = skipValue(text, 0);
  if (!end.isWhole) return end.at;
  const rest = skipSpace(text, end.at);
  return rest < text.length ? rest : undefined;
}

interface End {
  readonly at: number;
  /** Whether the value is complete; otherwise the mistake is there. */
  readonly isWhole: boolean;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y; // eslint-disable-line no-control-regex
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const SPACE = /[ \t\n\r]*/y;

function skipValue(text: string, from: number): End {
  const start = skipSpace(text, from);
  if (text[start] === '{') return skipList(text, start + 1, '}', skipMember);
  if (text[start] === '[') return skipList(text, start + 1, ']', skipValue);
  return skip(text[start] === '"' ? STRING : PLAIN, text, start);
}

function skipMember(text: string, from: number): End {
  const name = skip(STRING, text, skipSpace(text, from));
  if (!name.isWhole) return name;
  const colon = skipSpace(text, name.at);
  return text[colon] === ':' ? skipValue(text, colon + 1) : { at: colon, isWhole: false };
}

function skipList(text: string, from: number, close: string, skipItem: (text: string, from: number) => End): End {
  let at = skipSpace(text, from);
  if (text[at] === close) return { at: at + 1, isWhole: true };
  for (;;) {
    const item = skipItem(text, at);
    if (!item.isWhole) return item;
    at = skipSpace(text, item.at);
    if (text[at] === close) return { at: at + 1, isWhole: true };
    if (text[at] !== ',') return { at, isWhole: false };
    at++;
  }
}

function skipSpace(text: string, from: number): number {
  return skip(SPACE, text, from).at;
}

function skip(pattern: RegExp, text: string, from: number): End {
  pattern.lastIndex = from;
  return pattern.test(text) ? { at: pattern.lastIndex, isWhole: true } : { at: from, isWhole: false };
}
