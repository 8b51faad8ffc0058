/** Addresses that nothing here fetches. */
export function isOnTheWeb(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

/**
 * The file names that an address may mean, the likeliest first: percent signs, a query, a fragment and
 * backslashes are syntax in one place and part of a name in another.
 * @param address as it stands in the text
 * @param isMarkup whether Markdown or HTML has it, where percent signs and backslashes are syntax
 */
export function spellings(address: string, isMarkup: boolean): readonly string[] {
  if (isOnTheWeb(address)) return [address];
  const bare = address.replace(/[?#].*$/s, '');
  const unescaped = (text: string) => (isMarkup ? text.replace(/\\([!-/:-@[-`{-~])/g, '$1') : unicode(text));
  const decoded = [decode(unescaped(bare)), decode(unescaped(address))];
  const literal = [unescaped(bare), unescaped(address), bare];
  const ordered = isMarkup ? [...decoded, ...literal] : [...literal, ...decoded];
  return [...new Set(ordered.map(forwardSlashes))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that stands for itself
  }
}

/** As JSON writers spell letters that are not ASCII. */
function unicode(text: string): string {
  return text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Windows paths, with the backslashes doubled where they stand in a string literal. */
function forwardSlashes(path: string): string {
  return path.replace(/\\+/g, '/');
}
