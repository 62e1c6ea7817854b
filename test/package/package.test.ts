import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readmeExample } from '../library/readme-example.ts';
import { succeed } from '../support/other-node.ts';
import { PROJECT, runCommand } from '../support/run-program.ts';
import { install, type Packed, pack } from './packed.ts';
import { tryProgram } from './smoke.ts';

const { version } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8'));

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
}, 180_000);
afterAll(() => packed.remove());

describe('the package', () => {
  /** How many files there are of each kind, where that does not change with every chunk of the bundle. */
  const CONTENTS: [pattern: RegExp, count?: number][] = [
    [/^(?:package\.json|README\.md|LICENSE)$/, 3],
    [/^dist\/(?:cli|index)\.js$/, 2],
    [/^dist\/chunks\/[\w.-]+-[A-Z0-9]{8}\.js$/],
    [/^dist\/types\/[\w/-]+\.d\.ts$/],
    [/^dist\/THIRD-PARTY-LICENSES\.txt$/, 1],
  ];

  test('holds the bundle, its types and its papers, and nothing else', () => {
    const paths = packed.files.map((file) => file.path);
    expect(paths.filter((file) => !CONTENTS.some(([pattern]) => pattern.test(file)))).toEqual([]);
    for (const [pattern, count] of CONTENTS) {
      const found = paths.filter((file) => pattern.test(file)).length;
      expect(found, String(pattern)).toBeGreaterThan(0);
      if (count !== undefined) expect(found, String(pattern)).toBe(count);
    }
  });

  test('is small: below 600 kB to load, and no file above 500 kB', () => {
    expect(packed.size).toBeLessThan(600_000);
    expect(packed.files.filter(({ size }) => size > 500_000)).toEqual([]);
  });

  test('has the licences of what is bundled, and asks for no package beside itself', async () => {
    const extracted = path.join(packed.folder, 'extracted');
    mkdirSync(extracted);
    await succeed('tar', ['-xzf', packed.tarball, '-C', extracted], packed.folder);
    const licences = readFileSync(path.join(extracted, 'package/dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['yargs', 'yaml', 'zod', 'undici', 'deep-diff'])
      expect(licences).toMatch(new RegExp(`^${name} `, 'm'));
    const manifest = JSON.parse(readFileSync(path.join(extracted, 'package/package.json'), 'utf8'));
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      expect(manifest).not.toHaveProperty(key);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts).not.toHaveProperty(script);
  });

  test('installs globally without a network, and works from there', async () => {
    const prefix = path.join(packed.folder, 'global');
    await install(packed, ['--global', '--prefix', prefix]);
    const program = path.join(prefix, 'bin/chaportctl');
    expect(await runCommand(program, ['--version'])).toEqual({
      code: 0,
      signal: null,
      stdout: `${version}\n`,
      stderr: '',
    });
    await tryProgram(program);
  }, 60_000);
});

/** Code of someone who uses more of the library than the example does. */
const CONSUMER = `
import { type Account, ChaportError, type ConnectOptions, connect, DiagnosticsError, loadConfig, type Plan, type PlannedChange, RefusedError, UserError } from 'chaportctl';

export function open(options: ConnectOptions): Account { return connect(options); }
export const throughMembrane = async (stop: AbortSignal): Promise<Account | null> => {
  const { desired } = await loadConfig(['a.yaml', 'b'], { env: { NAME: undefined }, cwd: undefined });
  if (!desired) return null;
  desired.sections.operators?.map((entry) => typeof entry);
  const account = open({ desired, membrane: { connectionId: 'c', credentials: 'pat' }, onRequest: ({ url }) => url.length });
  await account.reader.checkToken({ stop });
  return account;
};
export const deletes = ({ changes }: Plan): PlannedChange[] => changes.filter(({ action }) => action === 'delete');
export const explain = (error: unknown): string => {
  if (error instanceof ChaportError) return \`\${error.code === 'conflict'} \${error.status?.toFixed()}\`;
  if (error instanceof RefusedError) return error.differences.map(({ planned, live }) => planned + live).join();
  if (error instanceof DiagnosticsError) return error.diagnostics.map(({ message }) => message).join();
  return error instanceof UserError ? error.hint ?? '' : '';
};
// @ts-expect-error: an account is reached in one way.
connect({ desired: null as never, token: 't', membrane: { connectionId: 'c', credentials: 'pat' } });
// @ts-expect-error: a kind of change that there is not.
export const moved = (change: PlannedChange): boolean => change.action === 'move';
`;
const STRICT = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  target: 'es2022',
};

describe('a project that uses the library', () => {
  let consumer: string;
  beforeAll(async () => {
    consumer = path.join(packed.folder, 'consumer');
    mkdirSync(consumer);
    writeFileSync(path.join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
    await install(packed, ['--prefix', consumer]);
    writeFileSync(path.join(consumer, 'example.ts'), readmeExample());
    writeFileSync(path.join(consumer, 'consumer.ts'), CONSUMER);
  }, 60_000);

  test('can import it by its name, and finds what it offers, and no more', async () => {
    const code = "console.log(Object.keys(await import('chaportctl')).join(' '))";
    const { stdout, stderr } = await runCommand(process.execPath, ['--input-type=module', '-e', code], {
      cwd: consumer,
    });
    expect(stderr).toBe('');
    expect(stdout.trim().split(' ')).toEqual([
      'ApplyRecord',
      'ChaportError',
      'DEFAULTS',
      'DiagnosticsError',
      'RefusedError',
      'UserError',
      'adopt',
      'apply',
      'applySavedPlan',
      'checkSavedPlan',
      'comparePlans',
      'compareShifts',
      'connect',
      'doctor',
      'driftSince',
      'exportAccount',
      'isOfTheSameFiles',
      'loadConfig',
      'ownerCandidates',
      'parseEvidence',
      'parseExpectedPlan',
      'parsePlan',
      'parsePlanOrReport',
      'parseReport',
      'parseSavedPlan',
      'plan',
      'readAccount',
      'readWholeAccount',
      'render',
      'showShifts',
      'tellSince',
    ]);
  });

  test('cannot import what is inside', async () => {
    const code = "await import('chaportctl/dist/cli.js')";
    const { stderr } = await runCommand(process.execPath, ['--input-type=module', '-e', code], {
      cwd: consumer,
    });
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test('compiles as strictly as can be, with types of Node, by the rules of Node', async () => {
    mkdirSync(path.join(consumer, 'node_modules/@types'), { recursive: true });
    symlinkSync(
      path.join(PROJECT, 'node_modules/@types/node'),
      path.join(consumer, 'node_modules/@types/node'),
    );
    await compile(consumer, ['example.ts', 'consumer.ts'], { module: 'nodenext', types: ['node'] });
  }, 60_000);

  test('compiles without any types of Node, by the rules of a bundler', async () => {
    const options = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] };
    await compile(consumer, ['consumer.ts'], options);
  }, 60_000);
});

async function compile(folder: string, files: string[], options: object): Promise<void> {
  const project = path.join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files }));
  await succeed(path.join(PROJECT, 'node_modules/.bin/tsc'), ['-p', project], folder);
}
