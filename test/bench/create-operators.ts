/*
 * Applies a plan that creates operators, in a process of its own, with the program's own client and
 * executor. Says how long the creates took, from the start of the first to the end of the last.
 */
import { createClient } from '../../src/chaport/create-client.ts';
import { parseConfig, readConfigTexts } from '../../src/config/index.ts';
import { apply } from '../../src/executor/apply.ts';
import { neededLists, plan } from '../../src/planner/plan.ts';

const [file = '', baseUrl = '', token = '', width = '1'] = process.argv.slice(2);
const concurrency = Number(width);
const texts = await readConfigTexts([file], { cwd: process.cwd(), readStdin: async () => new Uint8Array() });
const { desired } = parseConfig(texts, { env: process.env });
if (!desired) throw new Error('the file is not valid');
const { secrets } = desired;
const client = createClient({
  via: { kind: 'direct', baseUrl, token },
  timeoutSeconds: 60,
  maxRetries: 0,
  secrets,
  proxyEnv: {},
  connections: concurrency,
});
const live = await client.reader.readAccount(neededLists(desired));
const made = plan(desired, live, { now: new Date(), tool: 'bench', baseUrl });
let first = 0;
let last = 0;
const { converged, summary } = await apply(made, {
  reader: client.reader,
  writer: client.writer,
  secrets,
  concurrency,
  now: () => new Date(),
  progress: {
    started: () => {
      first ||= performance.now();
    },
    finished: () => {
      last = performance.now();
    },
  },
});
await client.close();
if (!converged) throw new Error('not all operators were created');
process.stdout.write(JSON.stringify({ milliseconds: last - first, created: summary.applied }));
