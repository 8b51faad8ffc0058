// Renders the emoji of concepts.json in every art style as glyphs/<style>/<emoji>.png:
//   npm install && node glyphs.mjs
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';

const SIDE = 384; // px: enough for the largest thing of a picture in examples/
const STYLES = ['noto', 'noto-v1', 'emojione', 'fxemoji', 'fluent-emoji', 'fluent-emoji-flat', 'streamline-emojis', 'twemoji'];

const require = createRequire(import.meta.url);
const concepts = JSON.parse(readFileSync(join(import.meta.dirname, 'concepts.json'), 'utf8'));
const emoji = Object.values(concepts).flatMap((kind) => Object.values(kind).flatMap((concept) => concept.emoji));

for (const style of STYLES) {
  const set = require(`@iconify-json/${style}/icons.json`);
  const folder = join(import.meta.dirname, 'glyphs', style);
  mkdirSync(folder, { recursive: true });
  for (const name of emoji) {
    // One set writes its names without hyphens; no set has all emoji.
    const found = [name, name.replaceAll('-', '')].map((n) => set.aliases?.[n]?.parent ?? n).find((n) => n in set.icons);
    if (!found) continue;
    const { body, width = set.width ?? 16, height = set.height ?? 16 } = set.icons[found];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
    await sharp(Buffer.from(svg)).trim().png().toFile(join(folder, `${name}.png`));
  }
}
