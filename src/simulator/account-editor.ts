import type { SimulatedAccount } from './account.ts';
import type { AccountOperator, AccountWebhook } from './account-objects.ts';

/**
 * What other people do to the account in the app, where the API's rules do not hold them back: any
 * field may become anything. Whom or what they mean is said by id, by address, or by `EVENT URL`.
 */
export class AccountEditor {
  /** For whatever else a rehearsal needs: seats, the owner. */
  readonly account: SimulatedAccount;

  constructor(account: SimulatedAccount) {
    this.account = account;
  }

  operator(who: string): AccountOperator {
    return known(
      this.account.operators.find(({ id }) => id === who) ?? this.account.operatorByEmail(who),
      who,
    );
  }

  webhook(which: string): AccountWebhook {
    return known(
      this.account.webhooks.find(
        ({ id, event, targetUrl }) => id === which || `${event} ${targetUrl}` === which,
      ),
      which,
    );
  }

  /** `role` re-roles, `deactivated` deactivates, `email` gives the account to somebody else. */
  changeOperator(who: string, fields: Partial<Omit<AccountOperator, 'id'>>): AccountOperator {
    const operator = this.operator(who);
    // A status that a person chooses has no end.
    if ('lastStatus' in fields) Object.assign(operator, { timedStatus: null, realStatus: fields.lastStatus });
    if (fields.deactivated) operator.realStatus = 'offline';
    return Object.assign(operator, fields);
  }

  changeWebhook(which: string, fields: Partial<Omit<AccountWebhook, 'id'>>): AccountWebhook {
    return Object.assign(this.webhook(which), fields);
  }

  /** Invites the person, as every create does. */
  addOperator(fields: Partial<AccountOperator> & { email: string }): AccountOperator {
    const { id } = this.account.createOperator({ email: fields.email });
    return Object.assign(this.operator(id), fields);
  }

  addWebhook(fields: { event: string; targetUrl: string } & Partial<AccountWebhook>): AccountWebhook {
    const { event, targetUrl } = fields;
    return Object.assign(this.account.createWebhook({ event, targetUrl, essential: false }), fields);
  }

  deleteOperator(who: string): void {
    this.account.deleteOperator(this.operator(who).id);
  }

  deleteWebhook(which: string): void {
    this.account.deleteWebhook(this.webhook(which).id);
  }
}

function known<T>(object: T | undefined, name: string): T {
  if (object === undefined) throw new TypeError(`The account has no ${name} to edit`);
  return object;
}
