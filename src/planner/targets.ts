import { UserError } from '../model/errors.ts';
import { KIND_NAMES, KINDS, type Kind, type KindName } from '../model/kinds/index.ts';
import { type Matches, parseGlob } from './globs.ts';

/** What `--target` leaves in the plan. */
export interface Target {
  /** As it was given. */
  text: string;
  kind: KindName;
  matches: Matches;
}

/** Whether an object with one of these keys is looked at; all are where there is no target. */
export function isTargeted(kind: Kind, targets: readonly Target[], ...keys: (string | undefined)[]): boolean {
  if (targets.length === 0) return true;
  return targets.some(
    (target) => target.kind === kind.name && keys.some((key) => key !== undefined && target.matches(key)),
  );
}

/**
 * Reads `KIND` or `KIND:KEY-GLOB`; a kind may stand in the plural.
 * @throws {UserError} for an unknown kind, or a glob that is empty or faulty.
 */
export function parseTarget(text: string): Target {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const found = KINDS.find(({ noun }) => noun.one === name || noun.many === name);
  if (!found) {
    throw new UserError('bad-target', `--target "${text}": there is no kind "${name}"`, {
      hint: `write KIND or KIND:KEY-GLOB, where KIND is ${KIND_NAMES.join(', ')}`,
    });
  }
  const kind = found.name;
  if (colon === -1) return { text, kind, matches: () => true };
  const glob = text.slice(colon + 1);
  if (glob === '') {
    throw new UserError('bad-target', `--target "${text}": the pattern after the colon is empty`, {
      hint: `leave the colon out to mean every ${kind}`,
    });
  }
  const { glob: matches, fault } = parseGlob(glob, found.globs === 'email' ? 'email' : 'webhook-key');
  if (matches) return { text, kind, matches };
  throw new UserError('bad-target', `--target "${text}": ${fault.message}`, { hint: fault.hint });
}
