import { t } from '@vscode/l10n';
import type { Look } from './look';
import { heightAt, sharedRange, type Maps, type Patch } from './maps';
import type { Reading } from './readout';
import { similarityText } from './texts';
import type { WordColors } from './wordColors';

/** All words at one patch, from the highest; also those without a map, so that the read-out keeps its size. */
export function readings(
  words: readonly string[],
  maps: Maps | undefined,
  patch: Patch | undefined,
  look: Look,
  colors: WordColors,
): Reading[] {
  const shared = sharedRange(words.flatMap((word) => maps?.words.get(word) ?? []));
  const index = maps && patch && patch.row * maps.grid.cols + patch.col;
  const found = words.map((word) => {
    const map = maps?.words.get(word);
    const color = colors.of(word);
    if (!map || index === undefined) return { word, color, height: 0, value: '–', title: word };
    const height = heightAt(map, index, look, shared);
    const similarity = similarityText(map.values[index]!);
    const value = look.scale === 'shared' ? similarity : height.toFixed(2);
    return { word, color, height, value, title: t('{0}: similarity {1}', word, similarity) };
  });
  return found.sort((a, b) => b.height - a.height);
}
