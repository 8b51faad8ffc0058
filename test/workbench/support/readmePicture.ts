import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './paths';

/** With UPDATE_README_PICTURES=1 puts a screenshot into media/, where the README shows it under this name. */
export function readmePicture(file: string, name: string): void {
  if (!process.env.UPDATE_README_PICTURES) return;
  const media = path.join(repository, 'media');
  mkdirSync(media, { recursive: true });
  copyFileSync(file, path.join(media, `${name}.png`));
}
