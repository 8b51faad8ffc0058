// Bundles the tests that run inside the extension host into dist-test/host, one module for each file.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';

await rm('dist-test/host', { recursive: true, force: true });
await build({
  entryPoints: ['test/host/index.ts', 'test/host/**/*.test.ts'],
  outdir: 'dist-test/host',
  bundle: true,
  sourcemap: 'inline',
  platform: 'node',
  mainFields: ['module', 'main'], // what a package has for bundlers
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'mocha', 'onnxruntime-node', 'sharp', 'systeminformation'],
  logLevel: 'warning',
});
