import { ModelError } from '../errors';
import type { StoredTensor } from './safetensors';

/** The index of a checkpoint in several files, and what is said of it. */
export const INDEX_FILE = 'model.safetensors.index.json';
/** A file beside the index: no folder, no drive, no stream of a file. */
const SHARD = /^[^/\\:]+\.safetensors$/;

/**
 * Which file holds which tensor, from the text of `model.safetensors.index.json`.
 * @throws ModelError when it is damaged, or names a file outside of its folder.
 */
export function parseIndex(text: string): Map<string, string> {
  const map = weightMap(text);
  if (!map) throw new ModelError(`${INDEX_FILE} of the model has no "weight_map".`, 'Download it again.');
  const index = new Map<string, string>();
  for (const [tensor, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !SHARD.test(shard)) {
      throw new ModelError(
        `${INDEX_FILE} of the model places "${tensor}" in a file that is not a .safetensors beside it.`,
      );
    }
    index.set(tensor, shard);
  }
  return index;
}

/**
 * @param headers the tensors of each file that the index names
 * @throws ModelError unless every tensor of the index is in its file, and no tensor is in two.
 */
export function checkShards(
  index: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, ReadonlyMap<string, StoredTensor>>,
): void {
  for (const [tensor, shard] of index) {
    if (!headers.get(shard)?.has(tensor)) {
      throw new ModelError(`"${shard}" of the model lacks the tensor "${tensor}".`, 'Download the file again.');
    }
  }
  const holder = new Map<string, string>();
  for (const [shard, tensors] of headers) {
    for (const tensor of tensors.keys()) {
      const other = holder.get(tensor);
      if (other) throw new ModelError(`"${other}" and "${shard}" of the model both hold the tensor "${tensor}".`);
      holder.set(tensor, shard);
    }
  }
}

function weightMap(text: string): object | undefined {
  try {
    const { weight_map: map } = JSON.parse(text) as { weight_map?: unknown };
    return typeof map === 'object' && map !== null && !Array.isArray(map) ? map : undefined;
  } catch {
    return undefined;
  }
}
