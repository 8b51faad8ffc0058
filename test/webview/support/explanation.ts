import { encodeMap, type Explanation } from '../../../src/protocol/explanation';

/** A record whose maps are given row by row; scores fall from the first word to the last. */
export function explanation(
  maps: Readonly<Record<string, readonly number[]>>,
  rows: number,
  cols: number,
  method: Partial<Explanation['method']> = {},
): Explanation {
  const words = Object.entries(maps);
  return {
    version: 1,
    image: { path: 'pictures/shapes.png', width: 768, height: 576, sha256: 'ab'.repeat(32) },
    grid: { rows, cols },
    mapping: 'squash',
    encoded: { width: cols * 16, height: rows * 16 },
    prompts: words.map(([text, values], i) => ({
      text,
      score: 0.6 / (i + 1),
      cosine: 0.25 - i / 100,
      map: encodeMap(Float32Array.from(values)),
    })),
    method: {
      name: 'clip-surgery',
      surgeryBlocks: 6,
      redundancy: 'reference-words',
      referenceWords: 59,
      score: 'prompts',
      ...method,
    },
    model: { id: 'demo', name: 'Demo', sha256: 'cd'.repeat(32), licence: 'MIT' },
    templates: 'none',
    provider: 'cpu',
    precision: 'fp32',
    timings: { decode: 4, image: 38, text: 6, total: 48 },
    versions: { 'clip-surgery': '0.1.0' },
  };
}
