import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { AccountEditor, AccountOperator, AccountWebhook } from '../../src/simulator/index.ts';
import { rehearse } from '../faults/rehearse.ts';
import { SEED } from '../faults/scenario.ts';
import { samples, tally } from '../faults/tally.ts';
import { startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';

const OPERATOR_EDITS = {
  email: 'edited@elsewhere.example',
  name: 'Edited',
  jobTitle: 'Edited',
  role: 'admin',
  language: 'xx',
  image: 'https://elsewhere.example/edited.png',
} as const satisfies Partial<AccountOperator>;
const WEBHOOK_EDITS = {
  event: 'edited.event',
  targetUrl: 'https://elsewhere.example/edited',
  essential: true,
} as const satisfies Partial<AccountWebhook>;

const moment = fc.record({
  /** After so many writes; 0: while the question waits. */
  afterWrites: fc.integer({ min: 0, max: 17 }),
  place: fc.nat(),
  operatorField: fc.constantFrom(...Object.keys(OPERATOR_EDITS)),
  webhookField: fc.constantFrom(...Object.keys(WEBHOOK_EDITS)),
  isOperator: fc.boolean(),
  /** `admin` to `operator`, true to false. */
  isOpposite: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 4 }),
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

/** A promotion is made, and undone by somebody before the next reading. */
const SET_BACK: Moment = {
  afterWrites: 5,
  place: 1679127221,
  operatorField: 'role',
  webhookField: 'event',
  isOperator: true,
  isOpposite: true,
  concurrency: 1,
};

interface Edited {
  object: AccountOperator | AccountWebhook;
  field: string;
  value: unknown;
}

/** Changes one field of one object; `null` where it is so already. */
function makeEdit({ account }: AccountEditor, chosen: Moment): Edited | null {
  const list: (AccountOperator | AccountWebhook)[] = chosen.isOperator ? account.operators : account.webhooks;
  const object = list[chosen.place % list.length];
  const field = chosen.isOperator ? chosen.operatorField : chosen.webhookField;
  const opposite: Record<string, unknown> = { role: 'operator', essential: false };
  const plain: Record<string, unknown> = chosen.isOperator ? OPERATOR_EDITS : WEBHOOK_EDITS;
  const value = chosen.isOpposite && field in opposite ? opposite[field] : plain[field];
  if (!object || fieldOf(object, field) === value) return null;
  Object.assign(object, { [field]: value });
  return { object, field, value };
}

function fieldOf(object: object, field: string): unknown {
  return Object.getOwnPropertyDescriptor(object, field)?.value;
}

/** A deleted operator may have been given another name or title meanwhile: it is still the one that was meant. */
const DOES_NOT_SAVE = ['name', 'jobTitle', 'language', 'image'];

let edits = 0;
afterAll(() => {
  tally('edits by somebody else', edits);
  // A test fails where there is one.
  tally('edits by somebody else undone', 0);
});

test('somebody edits one random field at one random moment: nothing of theirs is undone, and what is skipped is said', async () => {
  await fc.assert(
    fc.asyncProperty(moment, async (chosen) => {
      const clock = new TestClock();
      let writes = 0;
      let edited: Edited | null = null;
      const simulator = await startedSimulator({
        seed: SEED,
        milliseconds: () => clock.elapsed(),
        onHandled: (_n, { method }) => {
          if (method === 'GET') return;
          writes += 1;
          // Every write is the last one that its reading serves, so that the window is over.
          clock.passed += 2_001;
          if (writes === chosen.afterWrites) edited = simulator.edit((editor) => makeEdit(editor, chosen));
        },
      });
      const run = await rehearse(simulator, {
        // One at a time once it matters: what is under way beside an edit is within the window.
        concurrency: chosen.afterWrites === 0 ? chosen.concurrency : 1,
        client: { clock },
        whenPlanned: () => {
          clock.passed += 60_000;
          if (chosen.afterWrites === 0) edited = simulator.edit((editor) => makeEdit(editor, chosen));
        },
      });
      expectNothingUndone(edited, simulator.account.operators, simulator.account.webhooks);
      if (edited !== null) edits += 1;
      const left = run.report?.remaining ?? [];
      const notApplied = run.report?.changes.filter(({ outcome }) => outcome !== 'applied') ?? [];
      // Who owned the account, as the file says, may have another address now.
      const isUnsure = run.report?.verificationError !== undefined;
      expect(run.exit).toBe(left.length + notApplied.length === 0 && !isUnsure ? 0 : 3);
      for (const { id, error } of notApplied) expect(error).toMatch(whyNotApplied(edited, id));
      if (edited === null) expect(notApplied).toEqual([]);
      const again = await rehearse(simulator, { client: { clock: new TestClock() } });
      if (run.exit === 0) expect(again.plan?.changes).toEqual([]);
      else if (again.plan) expect(again.plan.changes.length + notApplied.length).toBeGreaterThan(0);
    }),
    { numRuns: samples(30, 100, 300), examples: [[SET_BACK]] },
  );
}, 240_000);

/** Set back to what it was right after it was applied: no reading tells that from a list that lags. */
function whyNotApplied(edit: Edited | null, id: string | undefined): RegExp {
  const isEdited = id !== undefined && id === edit?.object.id;
  return isEdited
    ? /changed since|it needs|keeps it as|^confirmed, but not in/
    : /changed since|it needs|keeps it as/;
}

function expectNothingUndone(edit: Edited | null, ...lists: readonly (readonly object[])[]): void {
  if (edit === null) return;
  const isThere = lists.some((list) => list.includes(edit.object));
  const mayBeDeleted = DOES_NOT_SAVE.includes(edit.field);
  expect(isThere || mayBeDeleted, `${edit.field} of ${JSON.stringify(edit.object)}`).toBe(true);
  expect(fieldOf(edit.object, edit.field)).toBe(edit.value);
}
