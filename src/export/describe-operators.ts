import { STATUS_VALUES } from '../model/desired.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import type { LiveOperator } from '../model/live.ts';
import type { KindName } from '../model/plan.ts';
import { escapeForTerminal } from '../render/escape.ts';
import type { Described, Entry, LeftOut } from './entry.ts';
import { canSay, literal, quoted } from './sayable.ts';

/** What `defaults` give to an operator whose entry leaves the field out. */
export interface OperatorDefaults {
  language?: string | undefined;
  role?: string | undefined;
  jobTitle?: string | null | undefined;
  image?: string | null | undefined;
  /** The value of `defaults.status`. */
  status?: string | undefined;
}

export interface OperatorOptions {
  kinds: readonly KindName[];
  /** The owner's address, who takes no role from the defaults. */
  owner: string | undefined;
  defaults: OperatorDefaults;
}

const FIELDS = ['name', 'jobTitle', 'role', 'language', 'image'] as const;
type Field = (typeof FIELDS)[number];
const CLEARABLE: readonly Field[] = ['jobTitle', 'image'];

/** Entries that change nothing when they are planned, by e-mail address. */
export function describeOperators(operators: readonly LiveOperator[], options: OperatorOptions): Described {
  const entries: Entry[] = [];
  const leftOut: LeftOut[] = [];
  const seen = new Set<string>();
  for (const operator of inOrder(operators)) {
    const key = operatorKey(operator.email);
    const described: Entry | string = seen.has(key)
      ? 'the account has this address twice, and no plan can be made until one of them is deleted in the Chaport app'
      : describeOperator(operator, options);
    seen.add(key);
    if (typeof described !== 'string') entries.push(described);
    else
      leftOut.push({
        what: `the operator ${quoted(operator.email)} (${remarkOn(operator)})`,
        why: described,
      });
  }
  return { entries, leftOut };
}

/** By code units, not by locale: the same file on every machine. */
function inOrder(operators: readonly LiveOperator[]): LiveOperator[] {
  const place = ({ email, id }: LiveOperator) => `${operatorKey(email)}\n${id}`;
  return operators.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** The entry, or why there can be none. */
function describeOperator(operator: LiveOperator, options: OperatorOptions): Entry | string {
  if (!canSay('email', operator.email)) return 'this is no e-mail address that a file may hold';
  const entry: Entry = {
    keys: { email: literal(operator.email) },
    notes: [],
    remark: remarkOn(operator),
  };
  const isOwner = options.owner !== undefined && operatorKey(options.owner) === operatorKey(operator.email);
  if (options.kinds.includes('operator')) {
    for (const field of FIELDS) {
      const problem = describeField(entry, field, operator[field], isOwner, options.defaults);
      if (problem !== null) return problem;
    }
  }
  describeStatus(entry, operator.lastStatus, options);
  return entry;
}

/** Adds the field where that is needed. Returns why no entry can leave the live value alone. */
function describeField(
  entry: Entry,
  field: Field,
  value: string | null,
  isOwner: boolean,
  defaults: OperatorDefaults,
): string | null {
  const isOwnersRole = field === 'role' && isOwner;
  const filled = field === 'name' || isOwnersRole ? undefined : defaults[field];
  if (value === (filled ?? null)) return null;
  const isEmpty = value === null;
  const fits = isEmpty ? CLEARABLE.includes(field) : canSay(field, value);
  if (fits && !(isOwnersRole && value !== 'admin')) {
    entry.keys[field] = isEmpty ? '' : literal(value);
    return null;
  }
  const shown = isEmpty ? `no ${field}` : `the ${field} ${quoted(value)}`;
  if (filled !== undefined) return `it has ${shown}, and "defaults" would change that`;
  entry.notes.push(`The account has ${shown} here, which a file cannot say: it stays as it is.`);
  return null;
}

function describeStatus(entry: Entry, status: string | null, { kinds, defaults }: OperatorOptions): void {
  if (defaults.status !== undefined) {
    // The person's own toggle is left alone.
    if (status !== defaults.status) entry.keys.status = { mode: 'initial' };
  } else if (kinds.includes('status')) {
    if (STATUS_VALUES.some((known) => known === status)) entry.keys.status = status;
    else if (status !== null) {
      entry.notes.push(`The account has the status ${quoted(status)} here, which a file cannot say.`);
    }
  }
}

function remarkOn({ id, lastActivityAt }: LiveOperator): string {
  const day = lastActivityAt === null ? 'never active' : `last active ${lastActivityAt.slice(0, 10)}`;
  return escapeForTerminal(`id ${id}, ${day}`);
}
