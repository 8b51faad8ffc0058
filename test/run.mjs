// `npm test`: every check and every test, one after the other; `npm test -- --only unit,host` runs some of them.
// Goes on after a failure. The last line is the sum.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const minute = 60_000;
const tool = (name) => path.join('node_modules', name);
const tsx = ['--import', 'tsx'];
const mochaOptions = '--node-option import=tsx --reporter test/countingReporter.cjs --ignore **/node_modules/**';
const mocha = (timeout, ...folders) => [
  tool('mocha/bin/mocha.js'),
  ...mochaOptions.split(' '),
  ...['--timeout', timeout],
  ...folders.map((folder) => `test/${folder}/**/*.test.ts`),
];

/** Each command is what follows `node`. A step that `counts` leaves its numbers in the file TEST_COUNTS. */
const steps = [
  { name: 'format', title: 'Format', commands: [[tool('prettier/bin/prettier.cjs'), '--check', '.']] },
  { name: 'lint', title: 'Lint', commands: [[tool('eslint/bin/eslint.js'), '.']] },
  {
    name: 'types',
    title: 'Types',
    commands: ['.', 'webview'].map((project) => [tool('typescript/bin/tsc'), '-p', project]),
  },
  { name: 'build', title: 'Build', commands: [['esbuild.mjs']] },
  { name: 'harness', title: 'VS Code for the tests', commands: [[...tsx, 'test/workbench/support/setup.ts']] },
  {
    name: 'unit',
    title: 'Unit and engine tests',
    commands: [mocha(minute, 'clip', 'engine', 'heatmap', 'cli', 'demo', 'models', 'vocabulary')],
    counts: true,
  },
  { name: 'webview', title: 'Panel tests', commands: [mocha(minute, 'webview')], counts: true },
  {
    name: 'host',
    title: 'Tests in the extension host',
    commands: [['test/host/build.mjs'], [...tsx, 'test/host/run.ts']],
    counts: true,
    needs: ['build', 'harness'],
  },
  {
    name: 'workbench',
    title: 'Tests in the workbench',
    // A window on a busy machine can miss a click: a test may try twice, and the reporter says so.
    commands: [
      [...mocha(3 * minute, 'workbench'), '--retries', '1', '--require', 'test/workbench/support/failurePictures.ts'],
    ],
    counts: true,
    needs: ['build', 'harness'],
  },
];
const longest = 10 * minute;

const chosen = choose();
const sum = { passed: 0, failed: 0, skipped: 0 };
const failed = new Set();
const summary = [];
const scratch = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-test-'));
for (const step of chosen) {
  console.log(`\n=== ${step.title} (${step.name})`);
  const missing = step.needs?.find((name) => failed.has(name));
  if (missing) {
    console.log(`Not run: "${missing}" failed.`);
    continue;
  }
  const start = Date.now();
  const { ok, counts } = run(step);
  if (!ok) failed.add(step.name);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
  summary.push(`${ok ? 'ok    ' : 'FAILED'} ${step.name.padEnd(10)} ${((Date.now() - start) / 1000).toFixed(1)} s`);
  console.log(summary.at(-1));
}
rmSync(scratch, { recursive: true });

console.log(`\n${summary.join('\n')}`);
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed > 0 ? 1 : 0;

function choose() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return steps;
  const names = values.only.split(',');
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}"; there are: ${steps.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  const needed = steps.filter(({ name }) => names.includes(name)).flatMap(({ needs }) => needs ?? []);
  return steps.filter(({ name }) => names.includes(name) || needed.includes(name));
}

/** A step that fails without saying how many of its tests did counts as one failure. */
function run({ name, commands, counts }) {
  const file = path.join(scratch, `${name}.json`);
  const env = { ...process.env, TEST_COUNTS: file };
  const ok = commands.every((command) => {
    const { status, error } = spawnSync(process.execPath, command, { env, stdio: 'inherit', timeout: longest });
    if (error) console.error(error.message);
    return status === 0;
  });
  const none = { passed: 0, failed: 0, skipped: 0 };
  const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
  if (!ok && found.failed === 0) return { ok, counts: { ...found, failed: 1 } };
  if (counts && ok && found.passed + found.skipped === 0) {
    console.error('No test ran.');
    return { ok: false, counts: { ...none, failed: 1 } };
  }
  return { ok, counts: found };
}
