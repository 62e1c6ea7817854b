import {
  type AccountOperator,
  type AccountWebhook,
  newExtraFields,
  operatorAsSeed,
  seededOperator,
  seededWebhook,
  updatedExtraFields,
  webhookAsSeed,
} from './account-objects.ts';
import {
  AccountRefusal,
  type AccountRules,
  found,
  refuseEmptyTexts,
  refuseMissing,
  refuseUnknownRole,
} from './account-rules.ts';
import { createIdSource } from './ids.ts';
import type { NewWebhook, OperatorInput, StatusInput, WebhookInput } from './input.ts';
import type { RequestRecord } from './request-record.ts';
import type { Seed } from './seed.ts';
import { isSameAddress, respelledEmail, respelledUrl } from './spellings.ts';

/**
 * A Chaport account in memory, with the rules that chaport-api names. No HTTP here. Tests
 * may read and change its lists; statuses expire by the clock whenever the operators are read.
 */
export class SimulatedAccount {
  /** Every invitation e-mail that was sent: one for each operator created. */
  readonly invitations: { email: string; at: Date }[] = [];
  readonly deletedOperators: { id: string; email: string; at: Date }[] = [];
  readonly webhooks: AccountWebhook[];
  readonly requests: RequestRecord[] = [];
  /** Paid seats; `null` is no limit. */
  seats: number | null;
  /** `null` only where there are no operators at all. */
  ownerId: string | null;
  readonly #operators: AccountOperator[] = [];
  readonly #nextId: () => string;
  readonly #now: () => Date;
  readonly #rules: AccountRules;

  constructor(seed: Seed, now: () => Date, rules: AccountRules = {}, nextId?: () => string) {
    const operators = seed.operators ?? [];
    const webhooks = seed.webhooks ?? [];
    this.#now = now;
    this.#rules = rules;
    this.#nextId = nextId ?? createIdSource([...operators, ...webhooks].flatMap(({ id }) => id ?? []));
    this.seats = seed.seats ?? null;
    const fields = newExtraFields(rules.notesCreation, now());
    // One after the other: each takes a seat from those that follow.
    for (const entry of operators) {
      const id = entry.id ?? this.#nextId();
      this.#operators.push(seededOperator({ ...fields, ...entry, id }, this.#hasFreeSeat()));
    }
    this.webhooks = webhooks.map((entry) =>
      seededWebhook({ ...fields, ...entry, id: entry.id ?? this.#nextId() }),
    );
    const { owner } = seed;
    const ownerOperator =
      owner === undefined
        ? (this.#operators.find(({ role }) => role === 'admin') ?? this.#operators[0])
        : this.#operators.find(({ email }) => isSameAddress(email, owner));
    this.ownerId = ownerOperator?.id ?? null;
  }

  get operators(): AccountOperator[] {
    this.#expireStatuses();
    return this.#operators;
  }

  /** The first operator with this e-mail, whatever its case. */
  operatorByEmail(email: string): AccountOperator | undefined {
    return this.operators.find((operator) => isSameAddress(operator.email, email));
  }

  /** How often an address was invited. */
  invitationsTo(email: string): number {
    return this.invitations.filter((invitation) => isSameAddress(invitation.email, email)).length;
  }

  /** @throws {AccountRefusal} `not-found` */
  operator(id: string): AccountOperator {
    return found(this.operators, id, 'operator');
  }

  /** @throws {AccountRefusal} `conflict` when the e-mail is taken */
  createOperator(input: OperatorInput & { email: string }): AccountOperator {
    refuseUnknownRole(input.role);
    refuseMissing(input, this.#rules.createNeeds ?? []);
    if (this.#rules.refusesEmptyText) refuseEmptyTexts(input);
    const email = respelledEmail(input.email, this.#rules.emailSpellings);
    this.#refuseTakenEmail(email);
    const at = this.#now();
    const operator: AccountOperator = {
      id: this.#nextId(),
      email,
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
      extra: newExtraFields(this.#rules.notesCreation, at),
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
    const email = respelledEmail(input.email ?? operator.email, this.#rules.emailSpellings);
    if (!isSameAddress(email, operator.email)) this.#refuseTakenEmail(email);
    if (this.#rules.refusesEmptyText) refuseEmptyTexts(input);
    const role = input.role ?? (mode === 'replace' ? 'operator' : operator.role);
    if (role !== operator.role) refuseUnknownRole(role);
    if (id === this.ownerId && role !== operator.role) {
      throw new AccountRefusal('forbidden', "The account owner's role cannot be changed");
    }
    operator.email = input.email === undefined ? operator.email : email;
    operator.role = role;
    for (const field of ['name', 'language', 'jobTitle', 'image'] as const) {
      if (mode === 'replace' || input[field] !== undefined) operator[field] = input[field];
    }
    operator.extra = updatedExtraFields(operator.extra, input, mode);
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

  /** The same event and URL twice is allowed, as in reality (B), unless the rules say otherwise. @throws {AccountRefusal} */
  createWebhook({ event, targetUrl: sent, essential }: NewWebhook): AccountWebhook {
    const targetUrl = respelledUrl(sent, this.#rules.urlSpellings);
    this.#refuseTwice({ event, targetUrl });
    const extra = newExtraFields(this.#rules.notesCreation, this.#now());
    const webhook: AccountWebhook = { id: this.#nextId(), event, targetUrl, essential, extra };
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
    const event = input.event ?? webhook.event;
    const targetUrl =
      input.targetUrl === undefined
        ? webhook.targetUrl
        : respelledUrl(input.targetUrl, this.#rules.urlSpellings);
    this.#refuseTwice({ id, event, targetUrl });
    webhook.event = event;
    webhook.targetUrl = targetUrl;
    webhook.essential = input.essential ?? (mode === 'replace' ? false : webhook.essential);
    webhook.extra = updatedExtraFields(webhook.extra, input, mode);
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
      operators: this.operators.map(operatorAsSeed),
      webhooks: this.webhooks.map(webhookAsSeed),
    };
  }

  /** An account like this one, on which a call can be tried. Ids that it gives are given no more. */
  rehearsal(): SimulatedAccount {
    return new SimulatedAccount(this.toSeed(), this.#now, this.#rules, this.#nextId);
  }

  #hasFreeSeat(): boolean {
    return this.seats === null || this.#operators.filter((one) => !one.deactivated).length < this.seats;
  }

  #refuseTakenEmail(email: string): void {
    if (this.#operators.some((operator) => isSameAddress(operator.email, email))) {
      throw new AccountRefusal('conflict', `An operator with the e-mail ${email} exists already`);
    }
  }

  #refuseTwice({ id, event, targetUrl }: Omit<AccountWebhook, 'id' | 'essential'> & { id?: string }): void {
    const { refusesTwice } = this.#rules;
    if (refusesTwice === undefined) return;
    const twin = this.webhooks.find(
      (one) =>
        one.id !== id && one.targetUrl === targetUrl && (refusesTwice === 'URL' || one.event === event),
    );
    if (twin) throw new AccountRefusal('conflict', `There is a subscription to this ${refusesTwice} already`);
  }

  #expireStatuses(): void {
    const now = this.#now().getTime();
    const { statusAfterTtl } = this.#rules;
    for (const operator of this.#operators) {
      const { timedStatus } = operator;
      if (timedStatus === null || timedStatus.until.getTime() > now) continue;
      if (statusAfterTtl === 'offline') operator.lastStatus = 'offline';
      else if (statusAfterTtl !== 'stays') operator.lastStatus = timedStatus.before;
      operator.realStatus = 'offline';
      operator.timedStatus = null;
    }
  }
}
