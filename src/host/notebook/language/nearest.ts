/** Other words for what a key is about. */
const SYNONYMS: Readonly<Record<string, string>> = {
  file: 'image',
  files: 'images',
  path: 'image',
  paths: 'images',
  picture: 'image',
  pictures: 'images',
  words: 'prompts',
  text: 'prompts',
  texts: 'prompts',
  labels: 'prompts',
  side: 'size',
  resolution: 'size',
  shape: 'aspect',
};

/** The known name that was probably meant, if any is near enough. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .slice(0, 50);
  if (wanted === '') return undefined;
  const synonym = Object.hasOwn(SYNONYMS, wanted) ? SYNONYMS[wanted] : undefined;
  if (synonym !== undefined && known.includes(synonym)) return synonym;
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best && best.distance <= Math.max(1, Math.floor(Math.max(wanted.length, best.candidate.length) / 3))) {
    return best.candidate;
  }
  return wanted.length >= 3 ? known.find((candidate) => candidate.toLowerCase().includes(wanted)) : undefined;
}

/** How many letters have to be changed, added, taken away, or swapped with the next one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
