// Makes the README's picture anew: the plan of examples/support-team as a page, in a browser. `npm run picture`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = new URL('..', import.meta.url).pathname;
const program = path.join(root, 'dist/cli.js');
const SECRETS = { HOOK_KEY: 'demo-hook-key-2026', CRM_KEY: 'demo-crm-key-2026' };

const simulator = spawn(
  process.execPath,
  [program, 'simulate', '--seed', 'examples/simulator/support-team.yaml'],
  {
    cwd: root,
  },
);
try {
  const printed = await new Promise((resolve) => {
    let text = '';
    simulator.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('CHAPORT_TOKEN=')) resolve(text);
    });
  });
  const env = Object.fromEntries(
    [...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const page = path.join(mkdtempSync(path.join(tmpdir(), 'chaportctl-')), 'plan.html');
  await new Promise((resolve, reject) => {
    const plan = `"${process.execPath}" "${program}" plan -f examples/support-team --format html > "${page}"`;
    spawn('sh', ['-c', plan], {
      cwd: root,
      env: { ...process.env, ...SECRETS, ...env },
      stdio: 'inherit',
    }).on('close', (code) => (code === 0 ? resolve() : reject(new Error(`plan ended with ${code}`))));
  });
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const tab = await browser.newPage({ viewport: { width: 1000, height: 860 } });
  // An address on this machine would say whose machine it was.
  await tab.setContent(
    readFileSync(page, 'utf8').replaceAll(env.CHAPORT_BASE_URL, 'https://app.chaport.com/api/v1'),
  );
  await tab.screenshot({ path: path.join(root, '.github/plan.png') });
  await browser.close();
} finally {
  simulator.kill();
}
