// Our own rules on a plan: node rules.js plan.json
import { readFileSync } from 'node:fs';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const broken = [];
for (const { key, action, after, effects } of plan.changes) {
  if (effects.some(({ code }) => code === 'gains-admin'))
    broken.push(`${key} becomes an admin: ask security first`);
  if (action === 'create' && after.email && !after.email.endsWith('@acme.example')) {
    broken.push(`${key} is not one of us`);
  }
}
for (const line of broken) process.stdout.write(`✗ ${line}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
