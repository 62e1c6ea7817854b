import {
  type AccountPins,
  DEFAULT_POLICY,
  type DeleteLimit,
  type DesiredState,
  type Policy,
  type PolicyGlob,
  type UnmanagedMode,
} from '../model/desired.ts';
import { stateHash } from '../model/digest.ts';
import { sectionsOfFile } from '../model/kinds/index.ts';
import type { Rota } from '../model/rota/rota.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realOf, type Text, WrittenText } from '../model/text.ts';
import { parseCount, parsePercentage } from '../model/text-rules.ts';
import type { JoinedFiles } from './join/join-files.ts';
import type { Head } from './schema/read-sections.ts';
import { coverageOf, rotaOf } from './shifts/rota-of.ts';

/** What all files together ask for. */
export function desiredOf(
  { head, entries }: JoinedFiles,
  names: string[],
  secrets: SecretBook,
): DesiredState {
  const { account, defaults = {} } = head.keys;
  const owner = account?.owner;
  const sections = sectionsOfFile().map(({ section }) => {
    const written = entries.get(section.name) ?? [];
    return [
      section.name,
      head.has(section.name) ? written.flatMap((entry) => section.read(entry, defaults)) : null,
    ] as const;
  });
  const shifts = rotaOf(head);
  const state = {
    owner: owner === undefined ? null : { email: owner, source: head.sourceOf('account', 'owner') },
    account: pinsOf(account),
    policy: policyOf(head, shifts),
    sections: Object.fromEntries(sections),
    ...(shifts ? { shifts } : {}),
    secrets,
  };
  return { ...state, config: { files: names, sha256: stateHash(state) } };
}

function pinsOf(account: Head['keys']['account']): AccountPins {
  const { operatorId, baseUrl } = account ?? {};
  const baseUrls = baseUrl === undefined || Array.isArray(baseUrl) ? baseUrl : [baseUrl];
  return {
    operatorId: operatorId === undefined ? null : realOf(operatorId),
    baseUrls: baseUrls?.map((url) => realOf(url)) ?? null,
  };
}

/** What the policy leaves out is as by default. */
function policyOf(head: Head, shifts: Rota | null): Policy {
  const { policy } = head.keys;
  if (!policy) return DEFAULT_POLICY;
  const { maxDeletes, protect, minAdmins } = policy;
  return {
    prune: pruneOf(head),
    maxDeletes: maxDeletes === undefined ? DEFAULT_POLICY.maxDeletes : deleteLimit(plainOf(maxDeletes)),
    protect: globsOf(head, protect, 'protect'),
    minAdmins: minAdmins === undefined ? DEFAULT_POLICY.minAdmins : parseCount(plainOf(minAdmins)),
    unmanaged: unmanagedOf(policy.unmanaged),
    coverage: coverageOf(head, shifts),
  };
}

function unmanagedOf(written: NonNullable<Head['keys']['policy']>['unmanaged']): Policy['unmanaged'] {
  if (written === undefined) return DEFAULT_POLICY.unmanaged;
  const modeOf = (mode: Text) => realOf(mode) as UnmanagedMode;
  const isShort = typeof written === 'string' || written instanceof WrittenText;
  return Object.fromEntries(
    sectionsOfFile().flatMap(({ section: { name } }) => {
      const mode = isShort ? written : written[name];
      return mode === undefined ? [] : [[name, modeOf(mode)]];
    }),
  );
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
