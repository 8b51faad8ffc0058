/** A JSON object whose fields nobody has looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The other fields in their order; undefined where there are none. */
export function without(fields: Fields, ...names: readonly string[]): Fields | undefined {
  const rest = Object.entries(fields).filter(([name]) => !names.includes(name));
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}
