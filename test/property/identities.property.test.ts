import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticsError } from '../../src/model/errors.ts';
import type { LiveWebhook } from '../../src/model/kinds/webhook.ts';
import type { Plan } from '../../src/model/plan.ts';
import { lookAlikeForm } from '../../src/model/urls.ts';
import { type FileInShort, live, liveOperator, liveWebhook, planFor, webhook } from '../support/builders.ts';
import { runs } from '../support/runs.ts';
import { stateAfter } from './simulate-plan.ts';

/*
 * Spellings, keys, entries by path and subscriptions of several events, all on few addresses, so that entries
 * and live ones keep meeting.
 */

const EVENTS = ['a.b', 'c.d'];
const PATHS = [
  'https://h.example/in',
  'https://h.example/in/',
  'https://u:p@h.example/in',
  'https://old.example/x',
];
const QUERIES = ['', '?key=1', '?key=2', '?key=1&b=2', '?b=2&key=1'];

const url = fc.tuple(fc.constantFrom(...PATHS), fc.constantFrom(...QUERIES)).map((parts) => parts.join(''));

const liveHooks: fc.Arbitrary<LiveWebhook[]> = fc
  .array(
    fc.record({
      events: fc.constantFrom(...EVENTS.map((event) => [event]), ...EVENTS.map((event) => [event]), EVENTS),
      url,
      essential: fc.boolean(),
    }),
    { maxLength: 7 },
  )
  .map((hooks) =>
    hooks.map(({ events, url: targetUrl, essential }, index) =>
      liveWebhook(events.join(','), targetUrl, {
        id: `hook-${index}`,
        essential,
        ...(events.length > 1 ? { events } : {}),
      }),
    ),
  );

const entry = fc.record({
  event: fc.constantFrom(...EVENTS),
  url,
  identity: fc.constantFrom('url' as const, 'path' as const),
  state: fc.constantFrom('present', 'present', 'present', 'absent'),
  movedFrom: fc.option(url, { nil: undefined, freq: 4 }),
  essential: fc.option(fc.boolean(), { nil: undefined }),
});

const pathOf = (text: string) => text.split('?', 1)[0];

/** Each is described once, as the configuration sees to. */
const wantedHooks = fc
  .uniqueArray(entry, { maxLength: 5, selector: ({ event, url: target }) => `${event} ${pathOf(target)}` })
  .map((entries) => {
    const taken = new Set(entries.map(({ event, url: target }) => `${event} ${pathOf(target)}`));
    return entries.map(({ event, url: target, identity, state, movedFrom, essential }) => {
      const old = `${event} ${pathOf(movedFrom ?? '')}`;
      const moves = movedFrom !== undefined && state === 'present' && !taken.has(old);
      taken.add(old);
      return webhook(event, target, {
        absent: state === 'absent',
        ...(identity === 'path' ? { identity } : {}),
        ...(moves ? { movedFrom } : {}),
        ...(essential === undefined || state === 'absent' ? {} : { essential }),
      });
    });
  });

const PEOPLE = ['owner@acme.example', 'ann@acme.example', 'eve@evil.example', 'bob@partner.example'];

const scenario = fc.record({
  owner: fc.constantFrom('owner@acme.example', undefined),
  webhooks: wantedHooks,
  hooks: liveHooks,
  people: fc.subarray(PEOPLE.slice(1)),
  prune: fc.constantFrom<string[]>([], ['**'], ['https://old.example/**'], ['https://h.example/in*']),
  protect: fc.constantFrom<string[]>([], [], ['https://h.example/in/**']),
  unmanaged: fc.constantFrom('show' as const, 'warn' as const, 'refuse' as const),
  hasPeople: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function accountOf({ people, hooks }: Scenario) {
  const everyone = ['owner@acme.example', ...people];
  return live(
    everyone.map((email) => liveOperator(email, { name: email, role: 'admin' })),
    hooks,
  );
}

function fileOf({ owner, webhooks, prune, protect, unmanaged, hasPeople }: Scenario): FileInShort {
  return {
    owner,
    webhooks,
    operators: hasPeople ? [] : null,
    policy: { prune: { webhooks: prune }, protect, unmanaged: { operators: unmanaged, webhooks: unmanaged } },
  };
}

/** None where a plan cannot be made: both sides of a move are live, or several events would be changed. */
function planned(given: Scenario, account = accountOf(given)): Plan {
  try {
    return planFor(fileOf(given), account);
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    const codes = new Set(error.diagnostics.map(({ code }) => code));
    expect(['moved-both-live', 'several-in-one']).toEqual(expect.arrayContaining([...codes]));
    fc.pre(false);
    throw error;
  }
}

function check(property: (given: Scenario) => void): void {
  fc.assert(fc.property(scenario, property), { numRuns: runs(500) });
}

describe('for any spelling, key and identity', () => {
  it('each live object is in exactly one of changes, unchanged and unmanaged', () => {
    check((given) => {
      const { changes, unmanaged, summary } = planned(given);
      const account = accountOf(given);
      const looksAtPeople = given.hasPeople || given.unmanaged !== 'show';
      const there = [...(looksAtPeople ? (account.operators ?? []) : []), ...given.hooks].map(({ id }) => id);
      const listed = [...changes.flatMap(({ id }) => id ?? []), ...unmanaged.map(({ id }) => id)];
      expect(new Set(listed).size).toBe(listed.length);
      expect(there).toEqual(expect.arrayContaining(listed));
      expect(summary.unchanged).toBe(there.length - listed.length);
      expect(summary.unmanaged).toBe(unmanaged.length);
    });
  });

  it('the owner is never among the unmanaged, and the policy judges all who are', () => {
    check((given) => {
      fc.pre(given.hasPeople);
      const { unmanaged, warnings, refusals } = planned(given);
      const strangers = unmanaged.filter(({ kind }) => kind === 'operator').map(({ key }) => key);
      const everyone = given.owner ? given.people : ['owner@acme.example', ...given.people];
      expect(strangers.toSorted()).toEqual(everyone.toSorted());
      const said = [...warnings, ...refusals].filter(({ code }) => code === 'unmanaged');
      const isSaid = said.some(({ message }) => strangers.every((key) => message.includes(key)));
      expect(isSaid).toBe(given.unmanaged !== 'show' && (strangers.length > 0 || said.length > 0));
    });
  });

  it('nothing is created beside one that looks alike, unless another entry has that one', () => {
    check((given) => {
      // An entry by path has more than one of them, exactly.
      const paths = given.webhooks.map(
        ({ event, targetUrl }) => `${event} ${lookAlikeForm(pathOf(String(targetUrl)) ?? '')}`,
      );
      fc.pre(new Set(paths).size === paths.length);
      const { changes, unmanaged } = planned(given);
      const free = new Set(unmanaged.map(({ id }) => id));
      const left = given.hooks.filter(({ id }) => free.has(id));
      for (const { action, kind, after } of changes) {
        if (action !== 'create' || kind !== 'webhook') continue;
        const form = (event: unknown, target: unknown) => `${event} ${lookAlikeForm(String(target))}`;
        const forms = left.map(({ event, targetUrl }) => form(event, targetUrl));
        expect(forms).not.toContain(form(after.event, after.targetUrl));
      }
    });
  });

  it('once a plan is applied, planning again finds nothing to do', () => {
    check((given) => {
      // Two that look alike may move to one URL: the second plan can say no more than that they are two.
      fc.pre(given.webhooks.every(({ movedFrom }) => movedFrom === undefined));
      const made = planned(given);
      const after = stateAfter(made, accountOf(given));
      expect(planned(given, after).changes).toEqual([]);
    });
  });

  it('the order of the entries and of the live lists changes nothing', () => {
    check((given) => {
      const { hooks, webhooks } = given;
      const other = { ...given, hooks: hooks.toReversed(), webhooks: webhooks.toReversed() };
      expect(JSON.stringify(planned(other))).toBe(JSON.stringify(planned(given)));
    });
  });
});
