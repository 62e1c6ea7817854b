import {
  DEFAULT_POLICY,
  type DeleteLimit,
  type DesiredState,
  type Policy,
  type PolicyGlob,
} from '../model/desired.ts';
import { stateHash } from '../model/digest.ts';
import { sectionsOfFile } from '../model/kinds/index.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realOf, type Text } from '../model/text.ts';
import { parseCount, parsePercentage } from '../model/text-rules.ts';
import type { FileSections, Head } from './schema/read-sections.ts';

/** What all files together ask for. */
export function desiredOf(
  files: readonly FileSections[],
  names: string[],
  secrets: SecretBook,
): DesiredState {
  const heads = files.map(({ head }) => head);
  const account = heads.find(({ keys }) => keys.account !== undefined);
  const owner = account?.keys.account?.owner;
  const defaults = heads.find(({ keys }) => keys.defaults !== undefined)?.keys.defaults ?? {};
  const sections = sectionsOfFile().map(({ section }) => {
    const entries = files.flatMap((file) => file.entries.get(section.name) ?? []);
    const isThere = heads.some((head) => head.has(section.name));
    return [
      section.name,
      isThere ? entries.flatMap((entry) => section.read(entry, defaults)) : null,
    ] as const;
  });
  const state = {
    owner:
      account && owner !== undefined ? { email: owner, source: account.sourceOf('account', 'owner') } : null,
    policy: policyOf(heads.find(({ keys }) => keys.policy !== undefined)),
    sections: Object.fromEntries(sections),
    secrets,
  };
  return { ...state, config: { files: names, sha256: stateHash(state) } };
}

/** The policy of the one file that has it; what it leaves out is as by default. */
function policyOf(head: Head | undefined): Policy {
  const policy = head?.keys.policy;
  if (!head || !policy) return DEFAULT_POLICY;
  const { maxDeletes, protect, minAdmins } = policy;
  return {
    prune: pruneOf(head),
    maxDeletes: maxDeletes === undefined ? DEFAULT_POLICY.maxDeletes : deleteLimit(plainOf(maxDeletes)),
    protect: globsOf(head, protect, 'protect'),
    minAdmins: minAdmins === undefined ? DEFAULT_POLICY.minAdmins : parseCount(plainOf(minAdmins)),
  };
}

function pruneOf(head: Head): Policy['prune'] {
  const prune = head.keys.policy?.prune;
  const bySection = sectionsOfFile().map(({ section: { name } }): [string, PolicyGlob[]] => {
    if (!Array.isArray(prune)) return [name, globsOf(head, prune?.[name], 'prune', name)];
    const index = prune.findIndex((text) => realOf(text) === name);
    if (index === -1) return [name, []];
    return [name, [{ glob: '**', source: head.sourceOf('policy', 'prune', index) }]];
  });
  return Object.fromEntries(bySection);
}

function globsOf(head: Head, written: readonly Text[] | undefined, ...path: string[]): PolicyGlob[] {
  return (written ?? []).map((glob, index) => ({
    glob,
    source: head.sourceOf('policy', ...path, index),
  }));
}

function plainOf(written: Text | number): string | number {
  return typeof written === 'number' ? written : realOf(written);
}

function deleteLimit(written: string | number): DeleteLimit {
  const count = parseCount(written);
  return count === null ? { percent: parsePercentage(String(written)) ?? 0 } : { count };
}
