/*
 * Applies a plan that creates operators, in a process of its own, with the program's own client and
 * executor. Says how long the creates took, from the start of the first to the end of the last.
 */
import { createClient } from '../../src/chaport/create-client.ts';
import { parseConfig, readConfigTexts } from '../../src/config/index.ts';
import { apply } from '../../src/executor/apply.ts';
import type { LiveState } from '../../src/model/live.ts';
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
const lists = neededLists(desired);
const askedAt = performance.now();
const live = await client.reader.readAccount(lists);
const planOn = (state: LiveState) => plan(desired, state, { now: new Date(), tool: 'bench', baseUrl });
const made = planOn(live);
let first = 0;
let last = 0;
const { converged, summary } = await apply(made, {
  reader: client.reader,
  writer: client.writer,
  secrets,
  seen: { live, askedAt },
  settleSeconds: 10,
  verification: { lists, planAgain: planOn },
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
