// Loads the built extension in this process and activates it; prints how many milliseconds that took. The editor is a
// stand-in that takes no time: what is measured is the extension's own part.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);

/** Whatever is asked of it, called with or constructed from: itself. */
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? () => [].values() : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});
const declared = readFileSync(path.join(root, 'node_modules/@types/vscode/index.d.ts'), 'utf8');
const names = [...declared.matchAll(/^\texport (?:namespace|class|enum|const|function) (\w+)/gm)].map(
  ([, name]) => name,
);
const editor = Object.fromEntries(names.map((name) => [name, anything]));
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? editor : load(request, ...rest));

const context = {
  extensionUri: anything,
  globalStorageUri: { fsPath: root },
  secrets: anything,
  subscriptions: [],
  asAbsolutePath: (file) => path.join(root, file),
};
const started = performance.now();
require(path.join(root, 'dist/extension.js')).activate(context);
console.log(performance.now() - started);
process.exit(0);
