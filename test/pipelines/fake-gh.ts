import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { raw } from 'jq-wasm';

/** As `gh` would end: its exit code, and what it prints on stdout, or on stderr where it failed. */
interface Ended {
  code: number;
  shown: string;
}

class Stop extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(`${message}\n`);
    this.code = code;
  }
}

/**
 * Does what GitHub's `gh` would: the few calls that the examples make, sent to the platform of the test. `--jq` is
 * evaluated by the real jq, compiled to WebAssembly; as in gh, `env` is the environment.
 * @param request how many arguments there are, the arguments, and the environment, each with a NUL behind it
 */
export async function fakeGh(request: string): Promise<Ended> {
  const [count, ...items] = request.split('\0').slice(0, -1);
  const args = items.splice(0, Number(count));
  const {
    GH_TOKEN,
    FAKE_GITHUB_URL = '',
    ...env
  } = Object.fromEntries(
    items.map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)]),
  );
  try {
    if (!GH_TOKEN) throw new Stop(4, 'set the GH_TOKEN environment variable');
    const call = { headers: { authorization: `token ${GH_TOKEN}` }, base: FAKE_GITHUB_URL, env };
    if (args[0] === 'api') return { code: 0, shown: await api(args.slice(1), call) };
    if (args[0] !== 'run' || args[1] !== 'download') throw new Stop(1, `unknown command: ${args[0]}`);
    await download(args.slice(2), call);
    return { code: 0, shown: '' };
  } catch (error) {
    if (error instanceof Stop) return { code: error.code, shown: error.message };
    throw error;
  }
}

interface Call {
  headers: Record<string, string>;
  base: string;
  env: Record<string, string>;
}

async function api(args: string[], { headers, base, env }: Call): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      method: { type: 'string', short: 'X', default: 'GET' },
      field: { type: 'string', short: 'F', multiple: true, default: [] },
      'raw-field': { type: 'string', short: 'f', multiple: true, default: [] },
      jq: { type: 'string' },
      paginate: { type: 'boolean' },
      silent: { type: 'boolean' },
    },
  });
  const pairs = [
    ...values['raw-field'].map((field) => split(field)),
    ...values.field.map((field) => {
      const [name, value] = split(field);
      return [name, value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value];
    }),
  ];
  const body = pairs.length > 0 ? { body: JSON.stringify(Object.fromEntries(pairs)) } : {};
  let shown = '';
  let next: string | undefined = new URL(`/${positionals[0]}`, base).href;
  while (next !== undefined) {
    const response = await fetch(next, { method: values.method, headers, ...body });
    const text = await response.text();
    if (!response.ok) throw new Stop(1, `gh: ${JSON.parse(text).message} (HTTP ${response.status})`);
    if (!values.silent) shown += await printed(text, values.jq, env);
    const link: string = response.headers.get('link') ?? '';
    next = values.paginate ? /<([^>]+)>; rel="next"/.exec(link)?.[1] : undefined;
  }
  return shown;
}

async function printed(text: string, filter: string | undefined, env: Call['env']): Promise<string> {
  const shown = filter ? await raw(text, `def env: ${JSON.stringify(env)}; ${filter}`, ['-r']) : text;
  return shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`;
}

async function download(args: string[], { headers, base }: Call): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { repo: { type: 'string' }, name: { type: 'string' }, dir: { type: 'string', default: '.' } },
  });
  const url = new URL(`/fake/runs/${positionals[0]}/artifacts/${values.name}`, base);
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Stop(1, `no artifact matches (HTTP ${response.status})`);
  const { file, content } = (await response.json()) as { file: string; content: string };
  mkdirSync(values.dir, { recursive: true });
  writeFileSync(path.join(values.dir, file), content);
}

function split(field: string): [name: string, value: string] {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
}
