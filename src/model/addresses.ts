import type { DesiredObject } from './desired.ts';
import { realOf, type Text } from './text.ts';

/** E-mail is the login, unique per account; compared without regard to case (A / D). */
export function addressKey(address: string): string {
  return address.toLowerCase();
}

/** What `movedFrom: ADDRESS` says, in the form that every kind shares. */
export function movedFromAddress(movedFrom: Text | undefined): Pick<DesiredObject, 'previous'> {
  if (movedFrom === undefined) return {};
  return { previous: { key: addressKey(realOf(movedFrom)), fields: { email: movedFrom } } };
}
