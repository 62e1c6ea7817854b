import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { succeed } from '../support/other-node.ts';
import { PROJECT } from '../support/run-program.ts';

const SOURCES = ['package.json', '.npmrc', '.config', 'tsconfig.json', 'src', 'README.md', 'LICENSE'];

export interface PackedFile {
  path: string;
  size: number;
}

export interface Packed {
  tarball: string;
  files: PackedFile[];
  /** Bytes of the tarball. */
  size: number;
  /** For what is installed from it. */
  folder: string;
  remove(): void;
}

/** The package as `npm pack` makes it, in a copy of the project: packing builds anew, and other tests run the build. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chaportctl-package-'));
  const copy = path.join(folder, 'project');
  for (const name of SOURCES.filter((source) => existsSync(path.join(PROJECT, source)))) {
    cpSync(path.join(PROJECT, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(copy, 'node_modules'), 'dir');
  const stdout = await succeed('npm', ['pack', '--json', '--silent', '--pack-destination', folder], copy);
  const [{ filename, files, size }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  return {
    tarball: path.join(folder, filename),
    files,
    size,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Installs from the tarball alone: no registry, and no cache but its own. */
export function install(packed: Packed, args: readonly string[]): Promise<string> {
  const cache = path.join(packed.folder, 'npm-cache');
  const quiet = ['--offline', '--no-audit', '--no-fund', '--cache', cache];
  return succeed('npm', ['install', ...args, packed.tarball, ...quiet], packed.folder);
}
