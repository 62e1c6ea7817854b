import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatConfigText } from '../../src/config/format/index.ts';
import { parseConfig } from '../../src/config/index.ts';
import { type ExportedAccount, type ExportOptions, exportAccount } from '../../src/export/index.ts';
import type { LiveState } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import { isEmail } from '../../src/model/text-rules.ts';
import { plan } from '../../src/planner/plan.ts';
import { oddAccount } from '../export/odd-accounts.ts';
import { PLAN_OPTIONS } from '../support/builders.ts';
import { runs } from '../support/runs.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const envOf = ({ secrets }: ExportedAccount) =>
  Object.fromEntries(secrets.map(({ name, value }) => [name, value]));

function planOf(text: string, env: Record<string, string>, live: LiveState): Plan {
  const { desired, diagnostics } = parseConfig([{ name: 'chaport.yaml', bytes: bytes(text) }], { env });
  // The account has words that nobody here knows: they are warned of, and taken.
  const isOpenWord = (code: string) => ['unknown-event', 'odd-language', 'unknown-status'].includes(code);
  expect(
    diagnostics.filter(({ severity, code }) => severity !== 'warning' || !isOpenWord(code)),
    text,
  ).toEqual([]);
  if (desired === null) throw new Error('the text has errors');
  return plan(desired, live, PLAN_OPTIONS);
}

const options = (more: Partial<ExportOptions> = {}): ExportOptions => ({
  baseUrl: 'https://app.chaport.com/api/v1',
  ...more,
});
const KINDS = [undefined, ['operator', 'webhook', 'status'], ['status'], ['webhook'], ['operator']] as const;

describe('an exported account', () => {
  it('plans to no changes, as YAML and as JSON, and misses nothing but what it names', () => {
    fc.assert(
      fc.property(oddAccount, fc.constantFrom(...KINDS), fc.boolean(), (live, kinds, revealSecrets) => {
        const exported = exportAccount(live, options({ ...(kinds ? { kinds } : {}), revealSecrets }));
        for (const text of [exported.yaml, exported.json]) {
          const planned = planOf(text, envOf(exported), live);
          expect(planned.changes, text).toEqual([]);
          expect(planned.refusals, text).toEqual([]);
          const doubled = planned.warnings.filter(({ code }) => code === 'duplicate-subscription');
          if (doubled.length === 0) {
            expect(planned.unmanaged.length, text).toBeLessThanOrEqual(exported.leftOut.length);
          }
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('plans to no changes with each operator as the owner', () => {
    fc.assert(
      fc.property(oddAccount, fc.nat(), (live, pick) => {
        const emails = (live.operators ?? []).map(({ email }) => email);
        const owner = emails[pick % emails.length] ?? '';
        // Others are known to be wrong in a file.
        fc.pre(isEmail(owner));
        const exported = exportAccount(live, options({ owner }));
        expect(planOf(exported.yaml, envOf(exported), live).changes).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });

  it('is in canonical form', () => {
    fc.assert(
      fc.property(oddAccount, (live) => {
        const { yaml } = exportAccount(live, options());
        expect(formatConfigText({ name: 'chaport.yaml', bytes: bytes(yaml) })).toBe(yaml);
      }),
      { numRuns: runs(60) },
    );
  });

  it('shows no credential of a webhook URL, but in the list that is meant for the environment', () => {
    fc.assert(
      fc.property(oddAccount, fc.stringMatching(/^[A-Za-z0-9_-]{12,30}$/), (live, secret) => {
        const webhooks = [
          {
            id: 'w1',
            event: 'chat.started',
            targetUrl: `https://h.example/x?key=${secret}`,
            essential: false,
          },
          { id: 'w2', event: 'chat.started', targetUrl: `https://u:${secret}@h.example/x`, essential: false },
          { id: 'w3', event: 'bad', targetUrl: `https://h.example/#${secret}`, essential: true },
        ];
        const exported = exportAccount(
          { ...live, webhooks: [...(live.webhooks ?? []), ...webhooks] },
          options(),
        );
        expect(exported.yaml).not.toContain(secret);
        expect(exported.json).not.toContain(secret);
        expect(JSON.stringify(exported.secrets.map(({ value: _value, ...shown }) => shown))).not.toContain(
          secret,
        );
        expect(JSON.stringify(exported.leftOut)).not.toContain(secret);
      }),
      { numRuns: runs(60) },
    );
  });

  it('does not depend on the order in which the account lists things', () => {
    fc.assert(
      fc.property(oddAccount, (live) => {
        const reversed = {
          operators: [...(live.operators ?? [])].reverse(),
          webhooks: [...(live.webhooks ?? [])].reverse(),
        };
        expect(exportAccount(reversed, options()).yaml).toBe(exportAccount(live, options()).yaml);
      }),
      { numRuns: runs(50) },
    );
  });
});
