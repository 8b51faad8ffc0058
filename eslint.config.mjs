import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// Arrows point one way (see the rooms in README.md):
// host -> engine/client -> protocol <- engine -> clip; webview -> protocol; heatmap is pure and open to all;
// host -> models, which knows the hub and the disk and nothing of CLIP.
const room = (files, ...groups) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: groups.map(([message, ...group]) => ({ group, message })) },
    ],
  },
});
const noEditor = ['Only src/host may know the editor.', 'vscode'];
const noNative = ['Native modules live in the engine process.', 'onnxruntime-node', 'sharp'];
const noNode = ['This room must also run in a browser.', 'node:*', 'fs', 'path'];
const noRoom = (...names) => [
  `This room does not know: ${names.join(', ')}.`,
  ...names.flatMap((n) => [`**/${n}`, `**/${n}/**`]),
];

export default tseslint.config(
  { ignores: ['dist/', 'dist-test/', 'node_modules/', '**/node_modules/', 'test/workbench/output/', '.vscode-test/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', setTimeout: 'readonly' } },
  },
  room(['src/clip/**'], noEditor, noNative, noNode, noRoom('host', 'engine', 'models', 'webview')),
  room(
    ['src/protocol/**', 'src/heatmap/**'],
    noEditor,
    noNative,
    noNode,
    noRoom('host', 'engine', 'clip', 'models', 'webview'),
  ),
  room(['src/engine/**'], noEditor, noRoom('host', 'models', 'webview')),
  room(['src/models/**'], noEditor, noNative, noRoom('host', 'engine', 'clip', 'heatmap', 'webview')),
  room(
    ['src/engine/client.ts', 'src/engine/devices/**', 'src/cli.ts', 'src/cli/**'],
    noEditor,
    noNative,
    noRoom('host', 'webview', 'clip'),
  ),
  room(['src/host/**', 'src/extension.ts'], noNative, noRoom('clip', 'webview')),
  room(['webview/**'], noEditor, noNative, noNode, noRoom('host', 'engine', 'clip', 'models')),
  { files: ['test/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
  prettier,
);
