import path from 'node:path';
import { runCommand } from './run-program.ts';

/**
 * The binary that the npm package `node` would fetch while it installs, without running its script.
 * @param wanted a version, or a line such as `22`
 * @param folder where it is put
 * The registry is the one that npm is told of outside.
 * @throws {Error} with what npm printed where the registry does not have it or is not reached.
 */
export async function fetchNode(wanted: string, folder: string): Promise<string> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = path.join(folder, `node-${wanted}`);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const settings = Object.entries(process.env).flatMap(([key, value]) =>
    /^(npm_config_|https?_proxy$|no_proxy$|node_extra_ca_certs$)/i.test(key) ? [[key, value ?? '']] : [],
  );
  const env = Object.fromEntries(settings);
  await succeed('npm', ['install', '--prefix', prefix, `${name}@${wanted}`, ...quiet], folder, env);
  return path.join(prefix, 'node_modules', name, 'bin/node');
}

/** @throws {Error} with all that the command printed when it fails. */
export async function succeed(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args, { cwd, env, limit: 120_000 });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
