import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps encoded words, int8 weights and what was proved of devices, as each system wants it. */
export function cacheFolder({ platform, env } = process): string {
  return join(cachesOf(platform, env), 'clip-surgery');
}

function cachesOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
}
