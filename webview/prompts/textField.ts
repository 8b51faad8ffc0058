/** Whether keys and the clipboard belong to a text that is being written. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement ? target.type === 'text' : target instanceof HTMLTextAreaElement;
}
