import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfigFiles, readConfigTexts } from '../../src/config/index.ts';
import { DiagnosticsError } from '../../src/model/errors.ts';

let cwd = '';

beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'config-texts-'));
  await mkdir(path.join(cwd, 'team/inner.yaml'), { recursive: true });
  await mkdir(path.join(cwd, 'bare'));
  const files = [
    'chaport.yaml',
    'team/b.yml',
    'team/a.yaml',
    'team/Z.yaml',
    'team/.hidden.yaml',
    'team/x.json',
  ];
  // The first sorts after the second by UTF-16 units and before it by code points.
  files.push('team/\uffee.yaml', 'team/\u{1f600}.yaml');
  for (const file of files) await writeFile(path.join(cwd, file), `# ${file}\n`);
  await symlink('loop', path.join(cwd, 'loop'));
  await symlink('../chaport.yaml', path.join(cwd, 'bare/again.yaml'));
});

afterAll(() => rm(cwd, { recursive: true }));

const read = (...paths: string[]) =>
  readConfigTexts(paths, { cwd, readStdin: async () => new TextEncoder().encode('# stdin\n') });
const names = async (...paths: string[]) => (await read(...paths)).map(({ name }) => name);

async function problemsOf(...paths: string[]) {
  const error = await read(...paths).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiagnosticsError)) throw new Error('there was no complaint');
  return error.diagnostics;
}

describe('reading the files of a configuration', () => {
  it('takes the YAML files of a folder in the order of code points', async () => {
    expect(await names('team')).toEqual([
      'team/Z.yaml',
      'team/a.yaml',
      'team/b.yml',
      'team/\uffee.yaml',
      'team/\u{1f600}.yaml',
    ]);
  });

  it('reads what it was given, in the order given, with names relative to the working folder', async () => {
    const texts = await read('team/b.yml', path.join(cwd, 'chaport.yaml'), '-');
    expect(texts.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['team/b.yml', '# team/b.yml\n'],
      ['chaport.yaml', '# chaport.yaml\n'],
      ['-', '# stdin\n'],
    ]);
  });

  it('reads the same file once, however it is named', async () => {
    expect(await names('chaport.yaml', './team/../chaport.yaml', 'bare', '-', '-')).toEqual([
      'chaport.yaml',
      '-',
    ]);
  });

  it('reads no further than the limit, so that an endless device ends', async () => {
    const [text] = await read('/dev/zero');
    expect(text?.bytes.length).toBe(10 * 1024 * 1024 + 1);
  });

  it('waits for no pipe that lies in a folder, and complains of it', async () => {
    await mkdir(path.join(cwd, 'pipes'));
    await writeFile(path.join(cwd, 'pipes/a.yaml'), 'version: 1\n');
    execFileSync('mkfifo', [path.join(cwd, 'pipes/b.yaml')]);
    expect(await problemsOf('pipes')).toEqual([
      {
        severity: 'error',
        code: 'unreadable-file',
        message: 'pipes/b.yaml is no file but a pipe or device, which is not read as a part of its folder',
        hint: 'take it out of the folder, or name it with a --file of its own',
      },
    ]);
  });

  it('tells every problem at once', async () => {
    await mkdir(path.join(cwd, 'empty'), { recursive: true });
    const problems = await problemsOf('none.yaml', 'empty', 'loop', 'chaport.yaml', 'chaport.yaml/x');
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'missing-file: there is no file none.yaml',
      'no-yaml-files: the folder empty has no *.yaml or *.yml files',
      'unreadable-file: loop cannot be read: its symbolic links lead round in a circle',
      'unreadable-file: chaport.yaml/x cannot be read: a part of its path is a file, not a folder',
    ]);
  });
});

describe('loading files of which some cannot be read', () => {
  const io = () => ({ cwd, readStdin: async () => new Uint8Array() });
  const codesOf = async (...paths: string[]) => {
    const { desired, diagnostics } = await loadConfigFiles(paths, io(), { env: {} });
    return { desired, codes: diagnostics.map(({ code, source }) => [source?.file, code]) };
  };

  it('complains of them first, and then of what is wrong in the others', async () => {
    await writeFile(path.join(cwd, 'faulty.yaml'), 'operators:\n  - { email: a@b.example, rolle: admin }\n');
    expect(await codesOf('faulty.yaml', 'none.yaml', 'loop')).toEqual({
      desired: null,
      codes: [
        [undefined, 'missing-file'],
        [undefined, 'unreadable-file'],
        ['faulty.yaml', 'unknown-key'],
      ],
    });
  });

  it('misses nothing that may stand in them: a version, defaults, any file at all', async () => {
    await writeFile(
      path.join(cwd, 'part.yaml'),
      'operators:\n  - { email: a@b.example, status: { ttl: 8h } }\n',
    );
    expect(await codesOf('part.yaml', 'none.yaml')).toEqual({
      desired: null,
      codes: [[undefined, 'missing-file']],
    });
    expect(await codesOf('none.yaml')).toEqual({ desired: null, codes: [[undefined, 'missing-file']] });
    expect((await codesOf('part.yaml')).codes).toEqual([
      ['part.yaml', 'missing-key'],
      ['part.yaml', 'missing-key'],
    ]);
  });
});
