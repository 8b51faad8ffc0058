import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Checkpoint } from '../clip/checkpoint/checkpoint';
import { headerLength, parseHeader } from '../clip/checkpoint/safetensors';
import { parseHuggingFaceConfig, parseOpenClipConfig, parsePreprocessorConfig, type ModelConfig } from '../clip/config';
import { ModelError } from '../clip/errors';

/** Names of the checkpoint file, most usual first; otherwise a single .safetensors file of any name. */
const USUAL_NAMES = ['model.safetensors', 'open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];

/**
 * The real file, behind any symbolic link.
 * @throws ModelError when the folder has none, or several and none that is usual.
 */
export async function checkpointIn(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => {
    throw new ModelError(`The model folder "${folder}" cannot be read.`);
  });
  const candidates = files.filter((file) => file.endsWith('.safetensors'));
  const name =
    USUAL_NAMES.find((usual) => candidates.includes(usual)) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (name) return realpath(join(folder, name));
  throw new ModelError(
    candidates.length > 1
      ? `The model folder "${folder}" has several .safetensors files and none is called model.safetensors.`
      : `The model folder "${folder}" has no .safetensors file.`,
  );
}

/** The header of a checkpoint; its weights stay where they are. */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = new Uint8Array(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    const json = new Uint8Array(headerLength(start.subarray(0, bytesRead), size));
    await file.read(json, 0, json.length, 8);
    return new Checkpoint(parseHeader(json, size));
  } finally {
    await file.close();
  }
}

/** What the configuration files say that are there. */
export async function readConfig(folder: string): Promise<ModelConfig> {
  const [huggingFace, openClip, preprocessor] = await Promise.all([
    readText(folder, 'config.json'),
    readText(folder, 'open_clip_config.json'),
    readText(folder, 'preprocessor_config.json'),
  ]);
  const config = openClip ? parseOpenClipConfig(openClip) : huggingFace ? parseHuggingFaceConfig(huggingFace) : {};
  return { ...(preprocessor ? parsePreprocessorConfig(preprocessor) : {}), ...config };
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

/** Lower-case hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

/** Size and time of the files that make a model. */
export async function stampOf(folder: string): Promise<string> {
  const files = [await checkpointIn(folder), ...['config.json', 'tokenizer.json'].map((name) => join(folder, name))];
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((s) => `${s?.size}:${s?.mtimeMs}`).join('|');
}
