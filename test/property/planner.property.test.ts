import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../src/model/addresses.ts';
import { UserError } from '../../src/model/errors.ts';
import { webhookKey } from '../../src/model/kinds/webhook.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';
import { planSchema } from '../../src/model/plan-schema.ts';
import { realOf } from '../../src/model/text.ts';
import { normaliseUrl } from '../../src/model/urls.ts';
import { emailGlob, urlGlob } from '../../src/planner/globs.ts';
import { plan } from '../../src/planner/plan.ts';
import { remainingChanges, staleDifferences } from '../../src/planner/saved-plan/differences.ts';
import { noChanges } from '../../src/render/closing.ts';
import { desired, type LiveLists, PLAN_OPTIONS } from '../support/builders.ts';
import { runs } from '../support/runs.ts';
import { liveWebhookKey, OWNER, type Scenario, scenario } from './scenarios.ts';
import { stateAfter, statesWhileApplying } from './simulate-plan.ts';

const RUNS = { numRuns: runs(100) };

const liveOf = ({ operators, webhooks }: Scenario): LiveLists => ({ operators, webhooks });

/** The plan, or null where the file and the account cannot be brought together. */
function planOrNull({ file, prune, targets }: Scenario, live: LiveLists): Plan | null {
  try {
    return plan(desired(file), live, { ...PLAN_OPTIONS, prune, targets });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function planned(given: Scenario): Plan {
  const made = planOrNull(given, liveOf(given));
  fc.pre(made !== null);
  return made as Plan;
}

/** Where one plan was applied, the next one must not fail or be refused. */
function plannedNext(given: Scenario, live: LiveLists): Plan {
  const made = plan(desired(given.file), live, {
    ...PLAN_OPTIONS,
    prune: given.prune,
    targets: given.targets,
    again: true,
  });
  expect(made.refusals).toEqual([]);
  return made;
}

function allowed(given: Scenario): Plan {
  const made = planned(given);
  fc.pre(made.refusals.length === 0);
  return made;
}

const idsOf = (changes: readonly PlannedChange[]) => changes.flatMap(({ id }) => id ?? []);
const adminsIn = ({ operators }: LiveLists) =>
  (operators ?? []).filter(({ role }) => role === 'admin').length;
const secrets = () => desired({}).secrets;

function check(property: (given: Scenario) => void): void {
  fc.assert(fc.property(scenario, property), RUNS);
}

/** How often each sort of plan, change, warning and refusal comes up in a thousand scenarios. */
const sortsOfPlans = new Map<string, number>();
for (const given of fc.sample(scenario, { numRuns: 1000, seed: 1 })) {
  const made = planOrNull(given, liveOf(given));
  for (const sort of made ? sortsOf(made) : ['no plan']) {
    sortsOfPlans.set(sort, (sortsOfPlans.get(sort) ?? 0) + 1);
  }
}

function sortsOf({ changes, warnings, refusals }: Plan): Set<string> {
  return new Set([
    ...changes.map(({ kind, action, pruned }) => `${kind} ${action}${pruned ? ' pruned' : ''}`),
    ...[...warnings, ...refusals].map(({ code }) => code),
    ...(refusals.length === 0 ? ['allowed'] : []),
  ]);
}

describe('for any account, file and policy', () => {
  it.each([
    ...['no plan', 'allowed', 'status update'],
    ...['create', 'update', 'delete', 'delete pruned'].map((action) => `operator ${action}`),
    ...['create', 'update', 'delete', 'delete pruned'].map((action) => `webhook ${action}`),
    ...['duplicate-subscription', 'status-until-past', 'moved-already', 'moved-from-missing', 'fixed-role'],
    ...['looks-renamed', 'idle-glob', 'protect', 'max-deletes', 'min-admins'],
  ])('the scenarios are rich: there is "%s" in some of every hundred', (sort) => {
    expect(sortsOfPlans.get(sort) ?? 0).toBeGreaterThan(20);
  });

  it('once a plan is applied, planning again finds nothing to do', () => {
    check((given) => {
      const after = stateAfter(allowed(given), liveOf(given));
      expect(plannedNext(given, after).changes).toEqual([]);
    });
  });

  it('once a plan is applied, none of its changes remains, and before that it is not stale', () => {
    check((given) => {
      const made = allowed(given);
      expect(staleDifferences(made, liveOf(given), secrets())).toEqual([]);
      expect(remainingChanges(made, liveOf(given), secrets())).toEqual(made.changes);
      expect(remainingChanges(made, stateAfter(made, liveOf(given)), secrets())).toEqual([]);
    });
  });

  it('an apply that stopped after any change can be finished by the next one', () => {
    check((given) => {
      const made = allowed(given);
      // Of two doubled subscriptions that move together, one may stay behind: then both keys are live, an error.
      fc.pre(!movesDuplicates(given));
      // Nor can an entry be finished that policy.protect forbids to touch as soon as it is there.
      fc.pre(given.file.policy.protect.length === 0);
      for (const state of statesWhileApplying(made, liveOf(given)).slice(1)) {
        const rest = plannedNext(given, state);
        expect(plannedNext(given, stateAfter(rest, state)).changes).toEqual([]);
      }
    });
  });

  it('no plan that may be applied touches what is protected', () => {
    check((given) => {
      const made = allowed(given);
      const protect = given.file.policy.protect;
      const touched = new Set(idsOf(made.changes));
      const people = given.operators.filter(({ email }) => protect.some((glob) => emailGlob(glob)(email)));
      const hooks = given.webhooks.filter(({ targetUrl }) =>
        protect.some((glob) => urlGlob(glob)(normaliseUrl(targetUrl))),
      );
      for (const { id } of [...people, ...hooks]) expect(touched).not.toContain(id);
    });
  });

  it('prune never takes what is protected, even in a plan that is refused', () => {
    check((given) => {
      const pruned = new Set(idsOf(planned(given).changes.filter((change) => change.pruned)));
      const protectedPeople = given.operators.filter(({ email }) =>
        given.file.policy.protect.some((glob) => emailGlob(glob)(email)),
      );
      for (const { id } of protectedPeople) expect(pruned).not.toContain(id);
    });
  });

  it('the owner is never deleted, and their role never changes', () => {
    check((given) => {
      fc.pre(given.file.owner !== undefined);
      const owner = given.operators.find(({ email }) => addressKey(email) === addressKey(OWNER));
      const changes = planned(given).changes.filter(
        ({ kind, id }) => kind === 'operator' && id === owner?.id,
      );
      if (owner === undefined) return;
      for (const { action, fields } of changes) {
        expect(action).toBe('update');
        expect(fields.map(({ path }) => path)).not.toContain('role');
      }
    });
  });

  it('what the file does not name and prune does not claim is left alone', () => {
    check((given) => {
      const touched = new Set(idsOf(planned(given).changes));
      for (const { id } of unclaimedPeople(given)) expect(touched).not.toContain(id);
      for (const { id } of unclaimedHooks(given)) expect(touched).not.toContain(id);
    });
  });

  it('each live object is in exactly one place: changed, unmanaged or unchanged', () => {
    check((given) => {
      fc.pre(given.targets.length === 0);
      const made = planned(given);
      const { file } = given;
      const live = [
        ...(file.operators === null ? [] : given.operators),
        ...(file.webhooks === null ? [] : given.webhooks),
      ].map(({ id }) => id);
      const changed = idsOf(made.changes.filter(({ kind }) => kind !== 'status'));
      const listed = [...changed, ...made.unmanaged.map(({ id }) => id)];
      expect(new Set(listed).size).toBe(listed.length);
      expect(live).toEqual(expect.arrayContaining(listed));

      const changedStatuses = made.changes.filter(
        ({ kind, id }) => kind === 'status' && id !== undefined,
      ).length;
      const statuses = countEnforcedStatuses(given);
      expect(made.summary.unchanged).toBe(live.length - listed.length + statuses - changedStatuses);
    });
  });

  it('no closing sentence claims more than was looked at, or fewer who are in no file', () => {
    check((given) => {
      const after = stateAfter(allowed(given), liveOf(given));
      const next = plannedNext(given, after);
      const sentence = noChanges(next);
      if (given.targets.length > 0) {
        expect(sentence).toMatch(/^No changes\. What was looked at .*; nothing else was looked at\.$/);
        return;
      }
      const { file } = given;
      const [, but = '', unread = ''] = CLOSING.exec(sentence) ?? expect.fail(sentence);
      for (const section of ['operators', 'webhooks'] as const)
        expect(file[section] !== null && unread.includes(section)).toBe(false);
      const people = unread.includes('operators') ? [] : peopleInNoFile(given, after);
      const hooks = unread.includes('webhooks') ? [] : hooksInNoFile(given, after);
      expect(but).toBe(unmanagedWords(people.length + hooks.length, people.filter(isAdmin).length));
    });
  });

  it('there are enough admins after every single change, given that there were before', () => {
    check((given) => {
      const before = liveOf(given);
      const required = given.file.policy.minAdmins ?? 1;
      fc.pre(adminsIn(before) >= required);
      const states = statesWhileApplying(allowed(given), before);
      expect(Math.min(...states.map(adminsIn))).toBeGreaterThanOrEqual(required);
    });
  });

  it('the order of the entries and of the live lists changes nothing but the places in the file', () => {
    const shuffled = fc.record({ given: scenario, order: fc.infiniteStream(fc.nat()) });
    fc.assert(
      fc.property(shuffled, ({ given, order }) => {
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, rank: order.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        const { file, operators, webhooks } = given;
        const other = {
          ...given,
          file: {
            ...file,
            operators: file.operators && shuffle(file.operators),
            webhooks: file.webhooks && shuffle(file.webhooks),
          },
          operators: shuffle(operators),
          webhooks: shuffle(webhooks),
        };
        expect(JSON.stringify(planned(other))).toBe(JSON.stringify(planned(given)));
      }),
      RUNS,
    );
  });

  it('every plan fits its schema and survives being written and read', () => {
    check((given) => {
      const made = planned(given);
      const read: unknown = JSON.parse(JSON.stringify(made));
      expect(read).toEqual(made);
      expect(planSchema.parse(read)).toEqual(made);
    });
  });
});

const CLOSING =
  /^No changes\. The account is as the file says(, but for [^;]*)?(; its .* were not looked at)?\.$/;

function unmanagedWords(all: number, admins: number): string {
  if (all === 0) return '';
  if (all === 1) return `, but for 1 unmanaged object${admins === 1 ? ', an admin' : ''}`;
  const among = admins === 1 ? ', 1 of them an admin' : `, ${admins} of them admins`;
  return `, but for ${all} unmanaged objects${admins === 0 ? '' : among}`;
}

const isAdmin = ({ role }: { role: string | null }) => role === 'admin';

/** The owner is in the file, if only by `account.owner`. */
function peopleInNoFile({ file }: Scenario, { operators }: LiveLists) {
  const named = new Set(
    [file.owner ?? '', ...(file.operators ?? []).map(({ email }) => realOf(email))].map(addressKey),
  );
  return (operators ?? []).filter(({ email }) => !named.has(addressKey(email)));
}

/** An entry stands for one subscription: a second one like it is nobody's. */
function hooksInNoFile({ file }: Scenario, { webhooks }: LiveLists) {
  const named = new Set(
    (file.webhooks ?? []).map(({ event, targetUrl }) => webhookKey(realOf(event), realOf(targetUrl))),
  );
  return (webhooks ?? []).filter((hook) => !named.delete(liveWebhookKey(hook)));
}

function unclaimedPeople({ file, operators, prune }: Scenario) {
  const named = new Set(
    (file.operators ?? []).flatMap(({ email, movedFrom = email }) =>
      [email, movedFrom].map((address) => addressKey(realOf(address))),
    ),
  );
  const globs = file.policy.prune.operators;
  return operators.filter(
    ({ email }) =>
      !named.has(addressKey(email)) &&
      !isClaimed(prune, file.operators, globs, (glob) => emailGlob(glob)(email)),
  );
}

function unclaimedHooks({ file, webhooks, prune }: Scenario) {
  const named = new Set(
    (file.webhooks ?? []).flatMap(({ event, targetUrl, movedFrom = targetUrl }) =>
      [targetUrl, movedFrom].map((url) => webhookKey(realOf(event), realOf(url))),
    ),
  );
  const globs = file.policy.prune.webhooks;
  return webhooks.filter(
    (hook) =>
      !named.has(liveWebhookKey(hook)) &&
      !isClaimed(prune, file.webhooks, globs, (glob) => urlGlob(glob)(normaliseUrl(hook.targetUrl))),
  );
}

/** `--prune` claims everything of a section that the file has, or that its policy is about. */
function isClaimed(
  prune: boolean | undefined,
  section: unknown,
  globs: string[],
  matches: (glob: string) => boolean,
): boolean {
  if (prune === true) return section !== null || globs.length > 0;
  return prune === undefined && globs.some(matches);
}

/** Whether doubled subscriptions, which prune does not claim where they are, move together. */
function movesDuplicates({ file, webhooks, prune }: Scenario): boolean {
  const isUnclaimed = (url: string) =>
    !isClaimed(prune, file.webhooks, file.policy.prune.webhooks, (glob) => urlGlob(glob)(url));
  return (file.webhooks ?? []).some(({ event, movedFrom }) => {
    if (movedFrom === undefined || !isUnclaimed(realOf(movedFrom))) return false;
    return (
      webhooks.filter((hook) => liveWebhookKey(hook) === webhookKey(realOf(event), realOf(movedFrom)))
        .length > 1
    );
  });
}

/** Statuses that are compared: enforced, not past, of an operator who is there and stays. */
function countEnforcedStatuses({ file, operators }: Scenario): number {
  const live = new Set(operators.map(({ email }) => addressKey(email)));
  return (file.operators ?? []).filter(
    ({ email, movedFrom = email, status }) =>
      status?.mode === 'enforce' &&
      !status.until?.startsWith('2020') &&
      (live.has(addressKey(realOf(email))) || live.has(addressKey(realOf(movedFrom)))),
  ).length;
}
