import { join } from 'node:path';
import { cacheFolder } from './cli/cacheFolder';
import { commands, USAGE } from './cli/commands';
import { EngineClient, type EngineClientOptions } from './engine/client';
import { exampleImages } from './engine/exampleImages';

/** The command line: the same engine as in the editor, for scripts and checks. */
async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(USAGE);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name as keyof typeof commands] : undefined;
  if (!command) throw new Error(`There is no command "${name}"; see clip-surgery --help.`);
  const root = join(__dirname, '..');
  const options: EngineClientOptions = {
    entry: join(__dirname, 'engine.js'),
    arguments: { cacheFolder: cacheFolder(), examples: exampleImages(join(root, 'examples')) },
    log: (level, message) => level === 'error' && process.env['CLIP_SURGERY_DEBUG'] && console.error(message),
  };
  const engine = new EngineClient(options);
  try {
    await command(args, { engine, options, demoModel: join(root, 'models', 'demo') });
  } finally {
    engine.dispose();
  }
}

main().catch((error: unknown) => {
  const { message, hint } = error as Error & { hint?: string };
  console.error(`clip-surgery: ${[message, hint].filter(Boolean).join(' ')}`);
  process.exitCode = 1;
});
