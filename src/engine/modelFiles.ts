import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../clip/checkpoint/checkpoint';
import { parseHuggingFaceConfig, parsePreprocessorConfig, type ModelConfig } from '../clip/config';
import { ModelError } from '../clip/errors';
import { MODEL_CARD, parseModelCard, type ModelCard } from '../clip/modelCard';
import { parseOpenClipConfig } from '../clip/openClipConfig';
import { findCheckpoint, stampsOf } from './checkpointFiles';

/** Beside the checkpoint; all but the tokenizer may be missing. */
const MODEL_FILES = ['config.json', 'open_clip_config.json', 'preprocessor_config.json', 'tokenizer.json', MODEL_CARD];

/**
 * What the configuration files say that are there.
 * @param scheme whose names the checkpoint has: that library's configuration goes first where there are both
 */
export async function readConfig(folder: string, scheme: Checkpoint['scheme']): Promise<ModelConfig> {
  const [huggingFace, openClip, preprocessor] = await Promise.all([
    readText(folder, 'config.json'),
    readText(folder, 'open_clip_config.json'),
    readText(folder, 'preprocessor_config.json'),
  ]);
  const isOpenClip = openClip !== undefined && (scheme === 'openai' || huggingFace === undefined);
  const config = isOpenClip ? parseOpenClipConfig(openClip) : huggingFace ? parseHuggingFaceConfig(huggingFace) : {};
  const { mean, std } = preprocessor ? parsePreprocessorConfig(preprocessor) : {};
  return { ...config, mean: config.mean ?? mean, std: config.std ?? std };
}

/** What clip-surgery-model.json says, if there is one. */
export async function readModelCard(folder: string): Promise<ModelCard> {
  const json = await readText(folder, MODEL_CARD);
  return json === undefined ? {} : parseModelCard(json);
}

/** @throws ModelError when there is none. */
export async function readTokenizer(folder: string): Promise<string> {
  const json = await readText(folder, 'tokenizer.json');
  if (json !== undefined) return json;
  throw new ModelError(
    `The model folder "${folder}" has no tokenizer.json.`,
    'Download it from where the model comes from.',
  );
}

async function readText(folder: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ModelError(`${file} of the model cannot be read: ${(error as Error).message}.`);
  }
}

/** What tells whether a model is still the one that was opened: size and time of the files that make it. */
export async function stampOf(folder: string): Promise<string> {
  const { folder: real, files } = await findCheckpoint(folder);
  const weights = [...files.values()].map((name) => join(real, name));
  return stampsOf([...weights, ...MODEL_FILES.map((name) => join(folder, name))]);
}
