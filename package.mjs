// Builds dist/clip-surgery-<target>.vsix for this machine's platform. Native modules, and libraries
// that are loaded on demand, are copied beside the bundles: only this platform's binaries, and nothing that is needed at install time only.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const { platform, arch } = process;
const target = `${platform}-${arch}`;
const modules = 'dist/node_modules';

execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
copy('onnxruntime-node', ['package.json', 'dist', `bin/napi-v6/${platform}/${arch}`]);
copy('onnxruntime-common', ['package.json', 'dist/cjs']);
copy('sharp', ['package.json', 'dist', 'lib']);
copy('yaml', ['package.json', 'dist']);
copy('html-entities', ['package.json', 'dist/commonjs']);
copy('papaparse', ['package.json', 'papaparse.js']);
copy('systeminformation', ['package.json', 'lib']);
for (const name of ['detect-libc', 'semver', '@img/colour', ...platformImages()]) copy(name);
// macOS gets the same library under two names; the binding links the short one.
const twins = `${modules}/onnxruntime-node/bin/napi-v6/darwin`;
if (existsSync(twins)) {
  for (const file of readdirSync(join(twins, arch)))
    if (/\.\d+\.\d+\.\d+\.dylib$/.test(file)) rmSync(join(twins, arch, file));
}
const vsix = `dist/clip-surgery-${target}.vsix`;
const vsce = ['package', '--target', target, '--out', vsix, '--no-dependencies', '--allow-missing-repository'];
execFileSync(
  process.execPath,
  ['node_modules/@vscode/vsce/vsce', ...vsce, '--no-rewrite-relative-links', '--skip-license'],
  {
    stdio: 'inherit',
  },
);
console.log(vsix);

function copy(name, parts = ['.']) {
  for (const part of parts) {
    const from = join('node_modules', name, part);
    if (existsSync(from)) cpSync(from, join(modules, name, part), { recursive: true });
  }
}

/** The prebuilt image library of this platform, for the usual C library. */
function platformImages() {
  return readdirSync('node_modules/@img')
    .filter((name) => name.endsWith(target) && !name.includes('musl'))
    .map((name) => `@img/${name}`);
}
