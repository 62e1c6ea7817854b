import { ROLES } from '../model/desired.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import { createIdSource } from './ids.ts';
import type { NewWebhook, OperatorInput, StatusInput, WebhookInput } from './input.ts';
import type { RequestRecord } from './request-record.ts';
import type { Seed, SeedOperator } from './seed.ts';

/** Why the account refuses a call; the API face turns it into a status code. */
export type RefusalReason = 'invalid' | 'forbidden' | 'not-found' | 'conflict';

export class AccountRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'AccountRefusal';
    this.reason = reason;
  }
}

type Text = string | null | undefined;

/** `undefined` is a field that the account never had: answers leave it out. */
export interface AccountOperator {
  id: string;
  email: string;
  name: Text;
  language: Text;
  jobTitle: Text;
  role: Text;
  image: Text;
  lastStatus: Text;
  realStatus: Text;
  lastLoginAt: Text;
  lastActivityAt: Text;
  /** Created beyond the paid seats. */
  deactivated: boolean;
  /** The status holds until then; afterwards `before` is the last status again. */
  timedStatus: { until: Date; before: Text } | null;
}

export interface AccountWebhook {
  id: string;
  event: string;
  targetUrl: string;
  essential: boolean;
}

/**
 * A Chaport account in memory, with the rules that chaport-api names. No HTTP here. Tests
 * may read and change its lists; statuses expire by the clock whenever the operators are read.
 */
export class Account {
  /** Every invitation e-mail that was sent: one for each operator created. */
  readonly invitations: { email: string; at: Date }[] = [];
  readonly deletedOperators: { id: string; email: string; at: Date }[] = [];
  readonly webhooks: AccountWebhook[];
  readonly requests: RequestRecord[] = [];
  /** Paid seats; `null` is no limit. */
  seats: number | null;
  /** `null` only where there are no operators at all. */
  ownerId: string | null;
  readonly #operators: AccountOperator[];
  readonly #nextId: () => string;
  readonly #now: () => Date;

  constructor(seed: Seed, now: () => Date) {
    const operators = seed.operators ?? [];
    const webhooks = seed.webhooks ?? [];
    this.#now = now;
    this.#nextId = createIdSource([...operators, ...webhooks].flatMap(({ id }) => id ?? []));
    this.seats = seed.seats ?? null;
    this.#operators = [];
    // One after the other: each takes a seat from those that follow.
    for (const entry of operators) this.#operators.push(this.#seededOperator(entry));
    this.webhooks = webhooks.map(({ id, event, targetUrl, essential }) => ({
      id: id ?? this.#nextId(),
      event,
      targetUrl,
      essential: essential ?? false,
    }));
    const { owner } = seed;
    const ownerOperator =
      owner === undefined
        ? (this.#operators.find(({ role }) => role === 'admin') ?? this.#operators[0])
        : this.#operators.find(({ email }) => operatorKey(email) === operatorKey(owner));
    this.ownerId = ownerOperator?.id ?? null;
  }

  get operators(): AccountOperator[] {
    this.#expireStatuses();
    return this.#operators;
  }

  /** The first operator with this e-mail, whatever its case. */
  operatorByEmail(email: string): AccountOperator | undefined {
    return this.operators.find((operator) => operatorKey(operator.email) === operatorKey(email));
  }

  /** How often an address was invited. */
  invitationsTo(email: string): number {
    return this.invitations.filter((invitation) => operatorKey(invitation.email) === operatorKey(email))
      .length;
  }

  /** @throws {AccountRefusal} `not-found` */
  operator(id: string): AccountOperator {
    return found(this.operators, id, 'operator');
  }

  /** @throws {AccountRefusal} `conflict` when the e-mail is taken */
  createOperator(input: OperatorInput & { email: string }): AccountOperator {
    refuseUnknownRole(input.role);
    this.#refuseTakenEmail(input.email);
    const at = this.#now();
    const operator: AccountOperator = {
      id: this.#nextId(),
      email: input.email,
      name: input.name,
      language: input.language ?? 'en',
      jobTitle: input.jobTitle,
      role: input.role ?? 'operator',
      image: input.image,
      lastStatus: 'offline',
      realStatus: 'offline',
      lastLoginAt: undefined,
      lastActivityAt: undefined,
      deactivated: !this.#hasFreeSeat(),
      timedStatus: null,
    };
    this.#operators.push(operator);
    this.invitations.push({ email: input.email, at });
    return operator;
  }

  /**
   * Fields that are missing stay with `merge`; with `replace` they are cleared, the role
   * falls back to `operator`, and the e-mail must be there.
   * @throws {AccountRefusal}
   */
  updateOperator(id: string, input: OperatorInput, mode: 'merge' | 'replace'): AccountOperator {
    const operator = this.operator(id);
    if (mode === 'replace' && input.email === undefined) {
      throw new AccountRefusal('invalid', 'email: is required');
    }
    if (input.email !== undefined && operatorKey(input.email) !== operatorKey(operator.email)) {
      this.#refuseTakenEmail(input.email);
    }
    const role = input.role ?? (mode === 'replace' ? 'operator' : operator.role);
    if (role !== operator.role) refuseUnknownRole(role);
    if (id === this.ownerId && role !== operator.role) {
      throw new AccountRefusal('forbidden', "The account owner's role cannot be changed");
    }
    operator.email = input.email ?? operator.email;
    operator.role = role;
    for (const field of ['name', 'language', 'jobTitle', 'image'] as const) {
      if (mode === 'replace' || input[field] !== undefined) operator[field] = input[field];
    }
    return operator;
  }

  /** Frees the seat; nobody who is deactivated takes it by themselves. @throws {AccountRefusal} */
  deleteOperator(id: string): void {
    const operator = this.operator(id);
    if (id === this.ownerId) throw new AccountRefusal('forbidden', 'The account owner cannot be deleted');
    this.#operators.splice(this.#operators.indexOf(operator), 1);
    this.deletedOperators.push({ id, email: operator.email, at: this.#now() });
  }

  /** @throws {AccountRefusal} also for an end that is not in the future */
  setStatus(id: string, { status, ttl, validUntil }: StatusInput): AccountOperator {
    const operator = this.operator(id);
    const now = this.#now();
    const until =
      ttl === undefined ? new Date(validUntil ?? Number.NaN) : new Date(now.getTime() + ttl * 1000);
    if (!(until.getTime() > now.getTime())) {
      throw new AccountRefusal('invalid', 'validUntil: must be in the future');
    }
    const before = operator.timedStatus ? operator.timedStatus.before : operator.lastStatus;
    operator.timedStatus = { until, before };
    operator.lastStatus = status;
    operator.realStatus = operator.deactivated ? 'offline' : status;
    return operator;
  }

  /** @throws {AccountRefusal} `not-found` */
  webhook(id: string): AccountWebhook {
    return found(this.webhooks, id, 'subscription');
  }

  /** The same event and URL twice is allowed, as in reality (B). */
  createWebhook({ event, targetUrl, essential }: NewWebhook): AccountWebhook {
    const webhook: AccountWebhook = { id: this.#nextId(), event, targetUrl, essential };
    this.webhooks.push(webhook);
    return webhook;
  }

  /** With `replace` a missing `essential` becomes `false`; event and URL must be there. @throws {AccountRefusal} */
  updateWebhook(id: string, input: WebhookInput, mode: 'merge' | 'replace'): AccountWebhook {
    const webhook = this.webhook(id);
    for (const field of ['event', 'targetUrl'] as const) {
      if (mode === 'replace' && input[field] === undefined) {
        throw new AccountRefusal('invalid', `${field}: is required`);
      }
    }
    webhook.event = input.event ?? webhook.event;
    webhook.targetUrl = input.targetUrl ?? webhook.targetUrl;
    webhook.essential = input.essential ?? (mode === 'replace' ? false : webhook.essential);
    return webhook;
  }

  /** @throws {AccountRefusal} `not-found` */
  deleteWebhook(id: string): void {
    this.webhooks.splice(this.webhooks.indexOf(this.webhook(id)), 1);
  }

  /** A seed that gives this account again: its state, not its history. */
  toSeed(): Seed {
    const owner = this.operators.find(({ id }) => id === this.ownerId)?.email;
    return {
      ...(owner === undefined ? {} : { owner }),
      ...(this.seats === null ? {} : { seats: this.seats }),
      operators: this.operators.map((operator) => {
        const { timedStatus, ...fields } = operator;
        const timed = timedStatus && {
          statusUntil: timedStatus.until.toISOString(),
          statusBefore: timedStatus.before,
        };
        const given = Object.entries({ ...fields, ...timed }).filter(([, value]) => value !== undefined);
        return { id: operator.id, email: operator.email, ...Object.fromEntries(given) };
      }),
      webhooks: this.webhooks.map((webhook) => ({ ...webhook })),
    };
  }

  #seededOperator(entry: SeedOperator): AccountOperator {
    const { lastStatus, statusUntil } = entry;
    const deactivated = entry.deactivated ?? !this.#hasFreeSeat();
    return {
      id: entry.id ?? this.#nextId(),
      email: entry.email,
      name: entry.name,
      language: entry.language,
      jobTitle: entry.jobTitle,
      role: entry.role === undefined ? 'operator' : entry.role,
      image: entry.image,
      lastStatus,
      realStatus: deactivated ? 'offline' : (entry.realStatus ?? lastStatus ?? 'offline'),
      lastLoginAt: entry.lastLoginAt,
      lastActivityAt: entry.lastActivityAt,
      deactivated,
      timedStatus:
        statusUntil === undefined ? null : { until: new Date(statusUntil), before: entry.statusBefore },
    };
  }

  #hasFreeSeat(): boolean {
    return this.seats === null || this.#operators.filter((one) => !one.deactivated).length < this.seats;
  }

  #refuseTakenEmail(email: string): void {
    if (this.#operators.some((operator) => operatorKey(operator.email) === operatorKey(email))) {
      throw new AccountRefusal('conflict', `An operator with the e-mail ${email} exists already`);
    }
  }

  #expireStatuses(): void {
    const now = this.#now().getTime();
    for (const operator of this.#operators) {
      if (operator.timedStatus === null || operator.timedStatus.until.getTime() > now) continue;
      operator.lastStatus = operator.timedStatus.before;
      operator.realStatus = 'offline';
      operator.timedStatus = null;
    }
  }
}

function refuseUnknownRole(role: Text): void {
  if (typeof role === 'string' && !ROLES.some((known) => known === role)) {
    throw new AccountRefusal('invalid', `role: must be one of ${ROLES.join(', ')}`);
  }
}

function found<T extends { id: string }>(list: readonly T[], id: string, noun: string): T {
  const item = list.find((candidate) => candidate.id === id);
  if (!item) throw new AccountRefusal('not-found', `There is no ${noun} with the id ${id}`);
  return item;
}
