import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that say which Vulkan drivers there are; each changes with its driver. */
const VULKAN = ['usr/share/vulkan/icd.d', 'usr/local/share/vulkan/icd.d', 'etc/vulkan/icd.d'];
const NVIDIA = 'proc/driver/nvidia';

export interface LinuxDrivers {
  /** Another text for another version of a driver. */
  readonly drivers: readonly string[];
  /** GPUs that NVIDIA's driver names; in containers often nothing else tells of them. */
  readonly gpus: readonly string[];
}

/** GPU drivers by the files that Linux keeps of them; what cannot be read is left out. */
export async function linuxDrivers(root = '/'): Promise<LinuxDrivers> {
  const drivers = [];
  for (const folder of VULKAN) {
    for (const name of await namesIn(join(root, folder))) {
      const file = await stat(join(root, folder, name)).catch(() => undefined);
      if (file) drivers.push(`${name} ${file.size} ${Math.round(file.mtimeMs)}`);
    }
  }
  const version = await firstLine(join(root, NVIDIA, 'version'));
  if (version !== undefined) drivers.push(version);
  const gpus = [];
  for (const name of await namesIn(join(root, NVIDIA, 'gpus'))) {
    const model = await firstLine(join(root, NVIDIA, 'gpus', name, 'information'));
    if (model?.startsWith('Model:')) gpus.push(model.slice('Model:'.length).trim());
  }
  return { drivers, gpus };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function firstLine(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text?.split('\n', 1)[0]!.replace(/\s+/g, ' ').trim();
}
