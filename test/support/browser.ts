import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import project from '../../package.json' with { type: 'json' };

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Executable {
  executablePath: string;
  env: Record<string, string>;
}

/** A browser to look at pages with: the one that `npm ci` brings, else an installed one; `null` where neither starts. */
export async function startBrowser(): Promise<Browser | null> {
  for (const find of [packedBrowser, installedBrowser]) {
    const found = await find();
    const browser = found && (await chromium.launch({ ...found, args: QUIET }).catch(() => null));
    if (browser) return browser;
  }
  return null;
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function installedBrowser(): Promise<Executable | null> {
  const executablePath = INSTALLED.find((candidate) => existsSync(candidate));
  return executablePath === undefined ? null : { executablePath, env: ownEnvironment() };
}

/** It comes packed, for Linux on x64, with the libraries that a bare system lacks. Unpacked once a machine. */
async function packedBrowser(): Promise<Executable | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = path.join(tmpdir(), `chaportctl-chromium-${project.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder) && !(await unpackInto(folder))) return null;
  const libraries = path.join(folder, 'al2023/lib');
  const env = {
    ...ownEnvironment(),
    LD_LIBRARY_PATH: libraries,
    FONTCONFIG_PATH: path.join(folder, 'fonts'),
  };
  return { executablePath: path.join(folder, 'chromium'), env };
}

/** Beside its place first, so that whoever finds the folder finds all of it. */
async function unpackInto(folder: string): Promise<boolean> {
  const before = { ...process.env };
  const names = ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'];
  const room = await mkdtemp(`${folder}-`);
  try {
    // It unpacks into the folder for temporary files, and the libraries only where it believes to be in a lambda.
    process.env.TMPDIR = room;
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
    await writeFile(path.join(room, 'fonts/fonts.conf'), fontsIn(path.join(folder, 'fonts')));
    await rename(room, folder).catch(() => {});
    return existsSync(folder);
  } catch {
    return false;
  } finally {
    for (const name of names) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await rm(room, { recursive: true, force: true });
  }
}

/** Its own list of fonts knows the folders of a lambda alone: without one that is found, no letter has a size. */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir></fontconfig>
`;
}
