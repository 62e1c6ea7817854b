// Stands in for GitHub's `gh`: the few calls that the examples make, sent to the platform of the test.
// `--jq` is evaluated by the real jq, compiled to WebAssembly; as in gh, `env` is the environment.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { raw } from 'jq-wasm';

const { GH_TOKEN, FAKE_GITHUB_URL, ...env } = process.env;

const [command, ...args] = process.argv.slice(2);
if (!GH_TOKEN) stop(4, 'set the GH_TOKEN environment variable');
if (command === 'api') await api();
else if (command === 'run' && args[0] === 'download') await download();
else stop(1, `unknown command: ${command}`);

async function api() {
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
  const read = (value) => (value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value);
  const pairs = [
    ...values['raw-field'].map((field) => split(field, (value) => value)),
    ...values.field.map((field) => split(field, read)),
  ];
  const body = pairs.length > 0 ? { body: JSON.stringify(Object.fromEntries(pairs)) } : {};
  let next = new URL(`/${positionals[0]}`, FAKE_GITHUB_URL).href;
  while (next) {
    const response = await fetch(next, {
      method: values.method,
      headers: { authorization: `token ${GH_TOKEN}` },
      ...body,
    });
    const text = await response.text();
    if (!response.ok) stop(1, `gh: ${JSON.parse(text).message} (HTTP ${response.status})`);
    if (!values.silent) await print(text, values.jq);
    next = values.paginate
      ? /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      : undefined;
  }
}

async function print(text, filter) {
  const shown = filter ? await raw(text, `def env: ${JSON.stringify(env)}; ${filter}`, ['-r']) : text;
  if (shown !== '') process.stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
}

async function download() {
  const { values, positionals } = parseArgs({
    args: args.slice(1),
    allowPositionals: true,
    options: { repo: { type: 'string' }, name: { type: 'string' }, dir: { type: 'string', default: '.' } },
  });
  const url = new URL(`/fake/runs/${positionals[0]}/artifacts/${values.name}`, FAKE_GITHUB_URL);
  const response = await fetch(url, { headers: { authorization: `token ${GH_TOKEN}` } });
  if (!response.ok) stop(1, `no artifact matches (HTTP ${response.status})`);
  const { file, content } = await response.json();
  mkdirSync(values.dir, { recursive: true });
  writeFileSync(path.join(values.dir, file), content);
}

function split(field, read) {
  const at = field.indexOf('=');
  return [field.slice(0, at), read(field.slice(at + 1))];
}

function stop(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
