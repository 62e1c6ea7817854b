/*
 * Plans one account in a process of its own: reads the file and the account, compares, and writes
 * the plan as JSON to nowhere. Says how long that took, without starting the process, and how much
 * memory the process had at most.
 */
import { createClient } from '../../src/chaport/create-client.ts';
import { parseConfig, readConfigTexts } from '../../src/config/index.ts';
import { neededLists, plan } from '../../src/planner/plan.ts';
import { renderPlanJson } from '../../src/render/json/documents.ts';

const [file = '', baseUrl = ''] = process.argv.slice(2);
const started = performance.now();
const texts = await readConfigTexts([file], { cwd: process.cwd(), readStdin: async () => new Uint8Array() });
const { desired } = parseConfig(texts, { env: process.env });
if (!desired) throw new Error('the file is not valid');
const loaded = performance.now();
const client = createClient({
  via: { kind: 'direct', baseUrl, token: 'bench-token' },
  timeoutSeconds: 60,
  maxRetries: 0,
  secrets: desired.secrets,
  proxyEnv: {},
  connections: 4,
});
const live = await client.reader.readAccount(neededLists(desired));
const read = performance.now();
const made = plan(desired, live, { now: new Date(), tool: 'bench', baseUrl });
const length = renderPlanJson(made).length;
const milliseconds = performance.now() - started;
await client.close();
const report = {
  milliseconds,
  loading: loaded - started,
  reading: read - loaded,
  planning: milliseconds - (read - started),
  megabytes: process.resourceUsage().maxRSS / 1024,
  unchanged: made.summary.unchanged,
  changes: made.changes.length,
  length,
};
process.stdout.write(JSON.stringify(report));
