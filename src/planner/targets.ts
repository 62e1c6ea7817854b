import { UserError } from '../model/errors.ts';
import { kindNamed } from '../model/kinds.ts';
import { KIND_NAMES, type KindName } from '../model/plan.ts';
import { type Matches, parseGlob } from './globs.ts';

/** What `--target` leaves in the plan. */
export interface Target {
  /** As it was given. */
  text: string;
  kind: KindName;
  matches: Matches;
}

/**
 * Reads `KIND` or `KIND:KEY-GLOB`.
 * @throws {UserError} for an unknown kind, or a glob that is empty or faulty.
 */
export function parseTarget(text: string): Target {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const kind = KIND_NAMES.find((candidate) => candidate === name);
  if (!kind) {
    throw new UserError('bad-target', `--target "${text}": there is no kind "${name}"`, {
      hint: `write KIND or KIND:KEY-GLOB, where KIND is ${KIND_NAMES.join(', ')}`,
    });
  }
  if (colon === -1) return { text, kind, matches: () => true };
  const glob = text.slice(colon + 1);
  if (glob === '') {
    throw new UserError('bad-target', `--target "${text}": the glob after the colon is empty`, {
      hint: `leave the colon out to mean every ${kind}`,
    });
  }
  const { glob: matches, fault } = parseGlob(glob, kindNamed(kind).globsIgnoreCase ? 'email' : 'webhook-key');
  if (matches) return { text, kind, matches };
  throw new UserError('bad-target', `--target "${text}": ${fault.message}`, { hint: fault.hint });
}
