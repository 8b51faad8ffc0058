export const MOST_PROMPTS = 200;
export const LONGEST_PROMPT = 1000;

/** Whether prompts that came with a notebook can be used. */
export function areUsablePrompts(value: unknown): value is readonly string[] {
  const isUsable = (prompt: unknown) =>
    typeof prompt === 'string' && prompt.trim() !== '' && prompt.length <= LONGEST_PROMPT;
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_PROMPTS && value.every(isUsable);
}
