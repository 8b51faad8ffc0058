// Bundles the five programs: the extension, the engine's process, the command line, the panel's page and the notebook renderer with what it loads later.
import { build, context } from 'esbuild';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';

/** Style sheets in scripts are made for reading; nothing else of theirs is templates. */
const denseStyles = {
  name: 'dense-styles',
  setup: ({ onLoad }) =>
    onLoad({ filter: /webview.*[sS]tyles\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const dense = (css) =>
        css
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?|(:) /g, '$1$2')
          .replace(/;}/g, '}');
      return { contents: source.replace(/`[^`]{200,}`/g, dense), loader: 'ts' };
    }),
};

/** What composes pictures, and what tells how maps were made, in files of their own: most readers of a notebook only look. */
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/camView\/|^\.\// }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path.split('/').at(-1)}.js`, external: true } : undefined,
    ),
};

const watch = process.argv.includes('--watch');
const common = { bundle: true, sourcemap: true, logLevel: 'warning', minify: !watch };
const node = {
  ...common,
  platform: 'node',
  mainFields: ['module', 'main'], // what a package has for bundlers
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'onnxruntime-node', 'sharp'],
};
const page = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  tsconfig: 'webview/tsconfig.json',
  charset: 'utf8',
  plugins: [denseStyles],
};

/** Libraries that the extension host loads when they are needed: in its bundle they would make every window start later. */
const onDemand = ['yaml', 'papaparse', 'html-entities', 'systeminformation'];

const programs = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    external: [...node.external, ...onDemand],
  },
  { ...node, entryPoints: { engine: 'src/engine/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { cli: 'src/cli.ts' },
    outdir: 'dist',
    external: [...node.external, 'systeminformation'], // runs in a process of its own
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...page, entryPoints: { panel: 'webview/panel/main.ts' }, outdir: 'dist/webview', loader: { '.ttf': 'file' } },
  {
    ...page,
    entryPoints: { renderer: 'webview/renderer/main.ts' },
    outdir: 'dist',
    plugins: [...page.plugins, apart],
  },
  {
    ...page,
    entryPoints: { figure: 'webview/camView/figure.ts', provenance: 'webview/camView/provenance.ts' },
    outdir: 'dist',
  },
];

await rm('dist', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });
await cp('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');
await cp('node_modules/@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css');
if (watch) {
  for (const program of programs) await (await context(program)).watch();
} else {
  await Promise.all(programs.map((program) => build(program)));
}
