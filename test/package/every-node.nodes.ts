import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchNode } from '../support/other-node.ts';
import { runCommand } from '../support/run-program.ts';
import { install, type Packed, pack } from './packed.ts';
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
    node = await fetchNode(wanted, packed.folder);
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
