import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = path.join(import.meta.dirname, '../src');

const STORY = ['model', 'config', 'chaport', 'planner', 'rota', 'executor', 'render', 'export'];

/** Which rooms of `src/` a room may import; each may import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  config: ['model'],
  chaport: ['model'],
  planner: ['model'],
  rota: ['model'],
  executor: ['model', 'planner', 'chaport'],
  render: ['model'],
  export: ['model', 'config'],
  operations: STORY,
  'index.ts': [...STORY, 'operations'],
  simulator: ['model', 'chaport'],
  cli: [...STORY, 'operations', 'simulator'],
};

/** Imports that break the table, and are to go. */
const EXCEPTIONS: readonly string[] = [];

/** Packages that one room alone knows. */
const KNOWN_BY_ONE: Readonly<Record<string, string>> = {
  yargs: 'cli',
  undici: 'chaport',
  jose: 'chaport',
  'temporal-polyfill': 'rota',
};

interface Import {
  /** Relative to `src/`. */
  file: string;
  /** As `file` for one of ours, else the name of a package. */
  target: string;
  isOurs: boolean;
}

/** Every import and re-export, types and lazy ones included. */
function importsOf(file: string, text: string): Import[] {
  const specifiers = text.matchAll(
    /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm,
  );
  return [...specifiers].map(([, from, lazy, bare]) => {
    const specifier = from ?? lazy ?? bare ?? '';
    const isOurs = specifier.startsWith('.');
    return {
      file,
      isOurs,
      target: isOurs ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
    };
  });
}

const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const IMPORTS = FILES.flatMap((file) => importsOf(file, readFileSync(path.join(SOURCE, file), 'utf8')));

function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}

/** The folder of a single command: `cli/commands/apply`. */
function commandOf(file: string): string | undefined {
  return /^cli\/commands\/[^/]+(?=\/)/.exec(file)?.[0];
}

describe('the scan of imports', () => {
  test('finds every kind of import, and nothing in comments', () => {
    const text = `import type { A } from './a.ts';
import {
  b,
} from '../b.ts';
import './c.ts';
export { d } from './d.ts';
// import { no } from './no.ts';
const lazy = async () => (await import('../e.ts')).e;
import z from 'zod';
`;
    expect(importsOf('cli/x.ts', text).map(({ target }) => target)).toEqual([
      'cli/a.ts',
      'b.ts',
      'cli/c.ts',
      'cli/d.ts',
      'e.ts',
      'zod',
    ]);
  });

  test('finds all rooms and their imports', () => {
    expect(FILES.length).toBeGreaterThan(150);
    expect(IMPORTS.length).toBeGreaterThan(800);
    expect(FILES.filter((file) => !Object.hasOwn(MAY_IMPORT, roomOf(file)))).toEqual([]);
  });
});

describe('the rooms', () => {
  const between = IMPORTS.filter(({ file, target, isOurs }) => isOurs && roomOf(file) !== roomOf(target));

  test('import only what the table lets them', () => {
    const forbidden = between.filter(
      ({ file, target }) =>
        target !== '../package.json' &&
        !MAY_IMPORT[roomOf(file)]?.includes(roomOf(target)) &&
        !EXCEPTIONS.includes(`${roomOf(file)} → ${target}`),
    );
    expect(forbidden.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('need every exception that is made for them', () => {
    const made = new Set(between.map(({ file, target }) => `${roomOf(file)} → ${target}`));
    expect(EXCEPTIONS.filter((exception) => !made.has(exception))).toEqual([]);
  });

  test('keep to themselves the packages that are their own business', () => {
    const strangers = IMPORTS.filter(({ file, target, isOurs }) => {
      const owner = isOurs ? undefined : KNOWN_BY_ONE[target.split('/')[0] ?? ''];
      return owner !== undefined && owner !== roomOf(file);
    });
    expect(strangers.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('name no kind but where kinds are at home', () => {
    const atHome = /^(?:model\/kinds|chaport\/wire|simulator)\/|^config\/schema\/file-schema\.ts$/;
    const naming = FILES.filter((file) => !atHome.test(file)).flatMap((file) =>
      readFileSync(path.join(SOURCE, file), 'utf8')
        .split('\n')
        .filter((line) => /'(?:operator|status|webhook)s?'/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(naming).toEqual([]);
  });

  test('know nothing of the process but in cli', () => {
    const knowing = FILES.filter(
      (file) =>
        roomOf(file) !== 'cli' &&
        /^(?!\s*(?:\*|\/[/*])).*\bprocess\./m.test(readFileSync(path.join(SOURCE, file), 'utf8')),
    );
    expect(knowing).toEqual([]);
  });
});

test('no two types of the source have one name', () => {
  const names = FILES.flatMap((file) =>
    [
      ...readFileSync(path.join(SOURCE, file), 'utf8').matchAll(
        /^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm,
      ),
    ].map(([, name = '']) => name),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('no text is asked of URL.canParse, which Node answers wrongly after a while', () => {
  const asking = FILES.filter((file) =>
    /URL\.canParse\(/.test(readFileSync(path.join(SOURCE, file), 'utf8')),
  );
  expect(asking).toEqual([]);
});

describe('the commands', () => {
  test('do not know each other: only the lists of definitions and of handlers know them', () => {
    const known = IMPORTS.filter(({ file, target, isOurs }) => {
      const command = isOurs ? commandOf(target) : undefined;
      return command !== undefined && command !== commandOf(file);
    });
    expect([...new Set(known.map(({ file }) => file))].sort()).toEqual([
      'cli/commands.ts',
      'cli/commands/definitions.ts',
    ]);
  });

  test('are known by their definitions alone until one of them runs', () => {
    const loaded = IMPORTS.filter(
      ({ file, target }) => file === 'cli/commands/definitions.ts' && commandOf(target),
    );
    expect(loaded.map(({ target }) => path.posix.basename(target))).toEqual(
      loaded.map(() => 'definition.ts'),
    );
  });
});
