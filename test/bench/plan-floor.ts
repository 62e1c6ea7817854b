/*
 * The least that planning can do: read the two answers side by side, JSON.parse them, and parse the
 * file with the same YAML library. Says how long that took and how much memory the process had.
 */
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { parse } from 'yaml';

const [file = '', baseUrl = ''] = process.argv.slice(2);
const started = performance.now();
const config: unknown = parse(await readFile(file, 'utf8'));
const dispatcher = new Agent({ connections: 4 });
const get = async (path: string): Promise<unknown> => {
  const { body } = await request(baseUrl + path, { dispatcher });
  return JSON.parse(await body.text());
};
const lists = await Promise.all([get('/operators'), get('/events/subscriptions')]);
const milliseconds = performance.now() - started;
await dispatcher.close();
const read = [config, ...lists].every((document) => typeof document === 'object' && document !== null);
if (!read) throw new Error('the documents were not read');
process.stdout.write(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
