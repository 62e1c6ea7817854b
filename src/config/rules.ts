import { operatorKey } from '../model/kinds/operator.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Complaint, Complaints } from './complaints.ts';
import { describeValue } from './diagnostics-from-zod.ts';
import { checkGlobs } from './glob-rules.ts';
import { checkIdentities, operatorIdentities, webhookIdentities } from './identity-rules.ts';
import type { FileSections, Written } from './read-sections.ts';
import type { WrittenFile } from './written-config.ts';
import type { WrittenOperator, WrittenStatus, WrittenWebhook } from './written-entries.ts';

type Add = (complaint: Complaint) => void;

/**
 * Checks what the schemas cannot see: rules between keys, between entries and between files.
 * @param hasAllFiles `false`: what is missing may stand in a file that could not be read.
 */
export function checkRules(
  files: readonly FileSections[],
  hasAllFiles: boolean,
  secrets: SecretBook,
  complaints: Complaints,
): void {
  const add: Add = (complaint) => complaints.add(complaint);
  const show = (text: string) => describeValue(text, secrets);
  const heads = files.map(({ head }) => head);
  const operators = files.flatMap((file) => file.operators);
  const webhooks = files.flatMap((file) => file.webhooks);
  checkSections(heads, add);
  checkStatuses(heads, operators, hasAllFiles, add);
  checkAbsentEntries([...operators, ...webhooks], add);
  checkIdentities('operator', operators.flatMap(operatorIdentities), show, add);
  checkIdentities('webhook', webhooks.flatMap(webhookIdentities), show, add);
  checkOwner(heads, operators, add);
  checkGlobs(heads, add);
}

/** `version` is asked for only when every file could be read: the missing one may stand in an unread file. */
export function checkVersion(files: readonly FileSections[], complaints: Complaints): void {
  const [first] = files;
  if (!first || files.some(({ head }) => !head.isMap || head.has('version'))) return;
  complaints.add({
    code: 'missing-key',
    message: files.length === 1 ? 'the file has no "version"' : 'no file has a "version"',
    hint: 'add version: 1 at the top',
    place: first.head.place,
  });
}

function checkSections(heads: readonly Written<WrittenFile>[], add: Add): void {
  for (const section of ['account', 'policy', 'defaults'] as const) {
    const [first, ...others] = heads.filter((head) => head.has(section));
    if (!first) continue;
    for (const other of others) {
      add({
        code: 'repeated-section',
        message: `"${section}" stands in two files`,
        hint: 'all files are one configuration: keep it in one of them',
        place: other.placeOfKey(section),
        related: { message: 'the first one is here', place: first.placeOfKey(section) },
      });
    }
  }
}

function checkStatuses(
  heads: readonly Written<WrittenFile>[],
  operators: readonly Written<WrittenOperator>[],
  hasAllFiles: boolean,
  add: Add,
): void {
  const defaults = heads.find((head) => head.has('defaults'));
  const defaultStatus = defaults?.keys.defaults?.status;
  if (defaults && defaultStatus) checkLifetime(defaultStatus, defaults, ['defaults', 'status'], add);
  // A faulty `defaults` may have meant to give a value.
  const mayHaveDefault =
    defaultStatus?.value !== undefined ||
    (defaults === undefined && !hasAllFiles) ||
    (defaults !== undefined && defaults.keys.defaults === undefined);
  for (const entry of operators) {
    const { status } = entry.keys;
    if (typeof status !== 'object') continue;
    checkLifetime(status, entry, ['status'], add);
    if (status.value === undefined && !mayHaveDefault) {
      add({
        code: 'missing-key',
        message: '"status" has no "value", and neither have the defaults',
        hint: 'add value: online, away or offline',
        place: entry.placeOfKey('status'),
      });
    }
  }
}

function checkLifetime(
  status: WrittenStatus,
  written: Written<WrittenOperator> | Written<WrittenFile>,
  path: readonly string[],
  add: Add,
): void {
  if (status.ttl === undefined || status.until === undefined) return;
  add({
    code: 'ttl-and-until',
    message: 'a status holds for a time or until a time, and this one has both "ttl" and "until"',
    hint: 'keep one of the two',
    place: written.placeOfKey(...path, 'until'),
    related: { message: 'the "ttl" is here', place: written.placeOfKey(...path, 'ttl') },
  });
}

function checkAbsentEntries(
  entries: readonly (Written<WrittenOperator> | Written<WrittenWebhook>)[],
  add: Add,
): void {
  for (const entry of entries) {
    const { state, movedFrom } = entry.keys;
    if (state !== 'absent' || movedFrom === undefined) continue;
    add({
      code: 'absent-moved',
      message: 'an entry with "state: absent" cannot have moved',
      hint: 'to delete what stands at the old place, write that as the entry’s own key; otherwise remove one of the two lines',
      place: entry.placeOfPair('movedFrom'),
      related: { message: 'the state is here', place: entry.placeOfKey('state') },
    });
  }
}

/** The owner cannot be deleted, and their role cannot change (A). */
function checkOwner(
  heads: readonly Written<WrittenFile>[],
  operators: readonly Written<WrittenOperator>[],
  add: Add,
): void {
  const account = heads.find(({ keys }) => keys.account !== undefined);
  const owner = account?.keys.account?.owner;
  if (!account || owner === undefined) return;
  const key = operatorKey(owner);
  const related = {
    message: 'the owner is named here',
    place: account.placeOf('account', 'owner'),
  };
  for (const entry of operators) {
    const { email, movedFrom, state, role } = entry.keys;
    const isOwner = [email, movedFrom].some(
      (address) => address !== undefined && operatorKey(address) === key,
    );
    if (!isOwner) continue;
    if (state === 'absent') {
      add({
        code: 'owner-absent',
        message: 'the account owner cannot be deleted',
        hint: 'remove this line, or name another owner if the account has a new one',
        place: entry.placeOfPair('state'),
        related,
      });
    }
    if (role === 'operator') {
      add({
        code: 'owner-demoted',
        message: 'the role of the account owner cannot change',
        hint: 'remove this line; the owner takes no role from the defaults either',
        place: entry.placeOfPair('role'),
        related,
      });
    }
  }
}
