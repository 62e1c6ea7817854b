import { describe } from 'vitest';
import { absentOperator, liveOperator, operator, status } from '../support/builders.ts';
import { testCases } from './cases.ts';

const jon = 'jon@acme.example';
const sam = 'sam@acme.example';
const OLD = 'samwell@acme.example';
const PAST = '2026-11-22T09:59:59Z';
const LATER = '2026-12-24T18:00:00Z';

describe('the fields of an operator', () => {
  testCases([
    {
      name: 'that differ are updated',
      file: { operators: [operator(jon, { jobTitle: 'Supervisor', language: 'de' })] },
      operators: [liveOperator(jon, { jobTitle: 'Steward' })],
      changes: [`~ operator ${jon} jobTitle: "Steward" → "Supervisor", language: "en" → "de"`],
    },
    {
      name: 'that are left out keep their live value',
      file: { operators: [operator(jon, { name: undefined })] },
      operators: [
        liveOperator(jon, { jobTitle: 'Steward', role: 'admin', image: 'https://a.example/i.png' }),
      ],
    },
    {
      name: 'that are null are cleared',
      file: { operators: [operator(jon, { jobTitle: null, image: null })] },
      operators: [liveOperator(jon, { jobTitle: 'Steward', image: 'https://a.example/i.png' })],
      changes: [`~ operator ${jon} jobTitle: "Steward" → ∅, image: "https://a.example/i.png" → ∅`],
    },
    {
      name: 'that are null and empty already need nothing',
      file: { operators: [operator(jon, { jobTitle: null })] },
      operators: [liveOperator(jon)],
    },
    {
      name: 'are all there in a create, but for those that are cleared',
      file: { operators: [operator(jon, { role: 'admin', jobTitle: null })] },
      operators: [liveOperator(sam, { name: 'Someone else' })],
      changes: [`+ operator ${jon} name: "Jon Snow", role: "admin"`],
      unmanaged: [`operator ${sam}`],
    },
    {
      name: 'must have a name where the operator is to be created',
      file: { operators: [operator(jon, { name: undefined })] },
      operators: [liveOperator(sam)],
      errors: ['missing-name'],
    },
    {
      name: 'are compared whatever the case of the e-mail, which is no difference itself',
      file: { operators: [operator('Jon@ACME.example', { jobTitle: 'Steward' })] },
      operators: [liveOperator('JON@acme.example')],
      changes: [`~ operator ${jon} jobTitle: ∅ → "Steward"`],
    },
  ]);
});

describe('movedFrom of an operator', () => {
  const moved = operator(sam, { movedFrom: OLD });
  testCases([
    {
      name: 'with only the old address live is an update in place',
      file: { operators: [moved] },
      operators: [liveOperator('Samwell@acme.example')],
      changes: [`~ operator ${sam} email: "Samwell@acme.example" → "${sam}"`],
    },
    {
      name: 'with only the new address live has nothing to do, and a hint says so',
      file: { operators: [moved] },
      operators: [liveOperator(sam)],
      warnings: ['moved-already'],
    },
    {
      name: 'with both addresses live is an error',
      file: { operators: [moved] },
      operators: [liveOperator(sam), liveOperator(OLD)],
      errors: ['moved-both-live'],
    },
    {
      name: 'with neither address live is a create, and a warning says so',
      file: { operators: [moved] },
      operators: [liveOperator(jon, { name: 'Someone else' })],
      changes: [`+ operator ${sam} name: "Jon Snow"`],
      unmanaged: [`operator ${jon}`],
      warnings: ['moved-from-missing'],
    },
    {
      name: 'keeps prune from taking the old address',
      file: { operators: [moved], policy: { prune: { operators: ['*'] } } },
      operators: [liveOperator(OLD)],
      changes: [`~ operator ${sam} email: "${OLD}" → "${sam}"`],
    },
    {
      name: 'takes the status along: it is set under the new address where it differs',
      file: { operators: [operator(sam, { movedFrom: OLD, status: status('online') })] },
      operators: [liveOperator(OLD)],
      changes: [
        `~ operator ${sam} email: "${OLD}" → "${sam}"`,
        `~ status ${sam} status: "offline" → "online"`,
      ],
    },
    {
      name: 'takes the status along: it needs nothing where it is the same',
      file: { operators: [operator(sam, { movedFrom: OLD, status: status('offline') })] },
      operators: [liveOperator(OLD)],
      changes: [`~ operator ${sam} email: "${OLD}" → "${sam}"`],
    },
    {
      name: 'is no creation, so an initial status is not set',
      file: { operators: [operator(sam, { movedFrom: OLD, status: status('online', { mode: 'initial' }) })] },
      operators: [liveOperator(OLD)],
      changes: [`~ operator ${sam} email: "${OLD}" → "${sam}"`],
    },
  ]);
});

describe('a status', () => {
  const withStatus = (wanted = status('online')) => ({ operators: [operator(jon, { status: wanted })] });
  testCases([
    {
      name: 'is set where the last one that was set differs',
      file: withStatus(),
      operators: [liveOperator(jon, { lastStatus: 'away', realStatus: 'online' })],
      changes: [`~ status ${jon} status: "away" → "online"`],
    },
    {
      name: 'is not set again where it was set, whatever visitors see',
      file: withStatus(),
      operators: [liveOperator(jon, { lastStatus: 'online', realStatus: 'offline' })],
    },
    {
      name: 'is set where none was ever set',
      file: withStatus(),
      operators: [liveOperator(jon, { lastStatus: null })],
      changes: [`~ status ${jon} status: ∅ → "online"`],
    },
    {
      name: 'that is initial is left to the operator once they are there',
      file: withStatus(status('online', { mode: 'initial' })),
      operators: [liveOperator(jon)],
    },
    {
      name: 'that is initial follows a create',
      file: withStatus(status('online', { mode: 'initial' })),
      operators: [liveOperator(sam, { name: 'Someone else' })],
      changes: [`+ operator ${jon} name: "Jon Snow"`, `~ status ${jon} status: ∅ → "online"`],
      unmanaged: [`operator ${sam}`],
    },
    {
      name: 'that is enforced follows a create as well',
      file: withStatus(),
      operators: [liveOperator(sam, { name: 'Someone else' })],
      changes: [`+ operator ${jon} name: "Jon Snow"`, `~ status ${jon} status: ∅ → "online"`],
      unmanaged: [`operator ${sam}`],
    },
    {
      name: 'until a time to come is set',
      file: withStatus(status('online', { until: LATER })),
      operators: [liveOperator(jon)],
      changes: [`~ status ${jon} status: "offline" → "online"`],
    },
    {
      name: 'until a time that has passed is left alone with a warning',
      file: withStatus(status('online', { until: PAST })),
      operators: [liveOperator(jon)],
      warnings: ['status-until-past'],
    },
    {
      name: 'until this very moment has passed',
      file: withStatus(status('online', { until: '2026-11-22T11:00:00+01:00' })),
      operators: [liveOperator(jon)],
      warnings: ['status-until-past'],
    },
  ]);
});

describe('operators that the file does not want', () => {
  const protectedSam = { protect: ['SAM@*'] };
  testCases([
    {
      name: 'are listed as unmanaged, sorted, where nothing claims them',
      file: { operators: [] },
      operators: [liveOperator(sam), liveOperator(jon)],
      unmanaged: [`operator ${jon}`, `operator ${sam}`],
    },
    {
      name: 'are deleted where the file says absent, whatever prune says',
      file: { owner: jon, operators: [absentOperator('SAM@acme.example')] },
      operators: [liveOperator(jon), liveOperator(sam)],
      prune: false,
      changes: [`- operator ${sam}`],
    },
    {
      name: 'need nothing where they are absent already',
      file: { operators: [absentOperator(sam)] },
      operators: [liveOperator(jon)],
      unmanaged: [`operator ${jon}`],
    },
    {
      name: 'are pruned where a glob matches, without regard to case',
      file: { owner: jon, operators: [], policy: { prune: { operators: ['*@ACME.example'] } } },
      operators: [liveOperator(jon), liveOperator('Sam@acme.example'), liveOperator('eva@other.example')],
      changes: [`- operator ${sam} (pruned)`],
      unmanaged: ['operator eva@other.example'],
    },
    {
      name: 'are pruned with --prune, without any glob',
      file: { owner: jon, operators: [] },
      operators: [liveOperator(jon), liveOperator(sam)],
      prune: true,
      changes: [`- operator ${sam} (pruned)`],
    },
    {
      name: 'stay with --no-prune, whatever the globs say',
      file: { owner: jon, operators: [], policy: { prune: { operators: ['*'] } } },
      operators: [liveOperator(jon), liveOperator(sam)],
      prune: false,
      unmanaged: [`operator ${sam}`],
    },
    {
      name: 'are passed by where they are protected',
      file: { owner: jon, operators: [], policy: { prune: { operators: ['*'] }, ...protectedSam } },
      operators: [liveOperator(jon), liveOperator(sam)],
      unmanaged: [`operator ${sam}`],
    },
    {
      name: 'are refused where the file asks to delete a protected one',
      file: { owner: jon, operators: [absentOperator(sam)], policy: protectedSam },
      operators: [liveOperator(jon), liveOperator(sam)],
      changes: [`- operator ${sam}`],
      refusals: ['protect'],
    },
    {
      name: 'are a warning where nobody said who the owner is',
      file: { operators: [absentOperator(sam)] },
      operators: [liveOperator(jon), liveOperator(sam)],
      changes: [`- operator ${sam}`],
      unmanaged: [`operator ${jon}`],
      warnings: ['owner-unknown'],
    },
  ]);
});

describe('a protected operator', () => {
  const policy = { protect: ['*@partner.example'] };
  const pat = 'pat@partner.example';
  testCases([
    {
      name: 'may stand in the file as they are',
      file: { operators: [operator(pat, { status: status('offline') })], policy },
      operators: [liveOperator(pat)],
    },
    {
      name: 'is not updated: the plan is refused and shown in full',
      file: { operators: [operator(pat, { jobTitle: 'Guest' })], policy },
      operators: [liveOperator(pat)],
      changes: [`~ operator ${pat} jobTitle: ∅ → "Guest"`],
      refusals: ['protect'],
    },
    {
      name: 'is given no status',
      file: { operators: [operator(pat, { status: status('online') })], policy },
      operators: [liveOperator(pat)],
      changes: [`~ status ${pat} status: "offline" → "online"`],
      refusals: ['protect'],
    },
    {
      name: 'is not moved away',
      file: { operators: [operator(jon, { movedFrom: pat })], policy },
      operators: [liveOperator(pat)],
      changes: [`~ operator ${jon} email: "${pat}" → "${jon}"`],
      refusals: ['protect'],
    },
    {
      name: 'may be created, with a status',
      file: { operators: [operator(pat, { status: status('online') })], policy },
      operators: [liveOperator(jon, { name: 'Someone else' })],
      changes: [`+ operator ${pat} name: "Jon Snow"`, `~ status ${pat} status: ∅ → "online"`],
      unmanaged: [`operator ${jon}`],
    },
  ]);
});

describe('two live operators with one address', () => {
  const twice = [liveOperator(jon), liveOperator('JON@acme.example')];
  testCases([
    { name: 'are an error', file: { operators: [] }, operators: twice, errors: ['live-duplicate'] },
    {
      name: 'are an error for a status alone',
      file: { operators: [operator(jon, { status: status('online') })] },
      operators: twice,
      targets: ['status'],
      errors: ['live-duplicate'],
    },
    {
      name: 'are no matter to a plan for someone else',
      file: { operators: [operator(sam, { jobTitle: 'Steward' })] },
      operators: [...twice, liveOperator(sam)],
      targets: [`operator:${sam}`],
      changes: [`~ operator ${sam} jobTitle: ∅ → "Steward"`],
    },
  ]);
});
