/*
 * The least that creating can take here: the same calls by the bare HTTP library, over as many
 * kept connections, with nothing else done. Says how long they took.
 */
import { Agent, request } from 'undici';

const [count = '', baseUrl = '', token = '', width = '1'] = process.argv.slice(2);
const dispatcher = new Agent({ connections: Number(width) });
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const lists = ['/operators', '/events/subscriptions'].map(async (path) => {
  const { body } = await request(baseUrl + path, { dispatcher, headers });
  await body.dump();
});
// As before any apply: the account is read, so there are warm connections.
await Promise.all(lists);

const queue = Array.from({ length: Number(count) }, (_, index) => index + 1).values();
const started = performance.now();
const work = async () => {
  for (const index of queue) {
    const body = JSON.stringify({ email: `person${index}@acme.example`, name: `Person ${index}` });
    const answer = await request(`${baseUrl}/operators`, { method: 'POST', dispatcher, headers, body });
    if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`);
    await answer.body.json();
  }
};
await Promise.all(Array.from({ length: Number(width) }, work));
const milliseconds = performance.now() - started;
await dispatcher.close();
process.stdout.write(JSON.stringify({ milliseconds, created: Number(count) }));
