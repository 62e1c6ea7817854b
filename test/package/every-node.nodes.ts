import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../support/run-program.ts';
import { install, type Packed, pack, succeed } from './packed.ts';
import { tryProgram } from './smoke.ts';

/** The oldest that the package allows, and the newest of each later line. */
const NODES = ['20.19.0', '22', '24'];

let packed: Packed;
let program: string;
beforeAll(async () => {
  packed = await pack();
  const prefix = path.join(packed.folder, 'global');
  await install(packed, ['--global', '--prefix', prefix]);
  program = path.join(prefix, 'lib/node_modules/chaportctl/dist/cli.js');
});
afterAll(() => packed.remove());

describe.each(NODES)('on Node %s', (wanted) => {
  let node: string;
  beforeAll(async () => {
    node = await getNode(wanted);
  });

  test('the packed program works', async () => {
    const { stdout } = await runCommand(node, ['--version']);
    expect(stdout).toMatch(new RegExp(`^v${wanted.replaceAll('.', '\\.')}\\b`));
    await tryProgram(node, program);
  });

  test('the library can be imported', async () => {
    const index = path.join(path.dirname(program), 'index.js');
    const code = `const { render } = await import(${JSON.stringify(index)}); console.log(typeof render)`;
    const result = await runCommand(node, ['--input-type=module', '-e', code]);
    expect(result).toMatchObject({ code: 0, stdout: 'function\n', stderr: '' });
  });
});

/** The binary that the npm package `node` would fetch while it installs, without running its script. */
async function getNode(wanted: string): Promise<string> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = path.join(packed.folder, `node-${wanted}`);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await succeed('npm', ['install', '--prefix', prefix, `${name}@${wanted}`, ...quiet], packed.folder);
  return path.join(prefix, 'node_modules', name, 'bin/node');
}
