import { t } from '@vscode/l10n';
import type { Look } from './look';
import { heightAt, sharedRange, type Maps, type Patch } from './maps';
import type { Reading } from './readout';
import { similarityText } from './texts';
import type { WordLooks } from './wordLooks';

/** All words at one patch, from the highest; also those without a map, so that the read-out keeps its size. */
export function readings(
  words: readonly string[],
  maps: Maps | undefined,
  patch: Patch | undefined,
  look: Look,
  looks: WordLooks,
): Reading[] {
  const shared = sharedRange(words.flatMap((word) => maps?.words.get(word) ?? []));
  const index = maps && patch && patch.row * maps.grid.cols + patch.col;
  const found = words.map((word) => {
    const map = maps?.words.get(word);
    const shown = { word, name: looks.labelOf(word), color: looks.colorOf(word) };
    if (!map || index === undefined) return { ...shown, height: 0, value: '–', title: word };
    const height = heightAt(map, index, look, shared);
    const similarity = similarityText(map.values[index]!);
    const value = look.scale === 'shared' ? similarity : height.toFixed(2);
    return { ...shown, height, value, title: t('{0}: similarity {1}', word, similarity) };
  });
  return found.sort((a, b) => b.height - a.height);
}
