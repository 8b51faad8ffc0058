import type { VocabularyEdit } from '../file/edits';

/** Several edits, one after the other, as one: one undo takes all of them back. */
export async function together(...edits: readonly VocabularyEdit[]): Promise<VocabularyEdit> {
  const { applyEdits, difference } = await import('../file/textEdit');
  return (before) =>
    difference(
      before,
      edits.reduce((text, edit) => applyEdits(text, edit(text)), before),
    );
}
