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
import type { FileSections, Head } from './schema/read-sections.ts';
import { coverageOf, rotaOf } from './shifts/rota-of.ts';

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
  const written = files.find(({ shifts }) => shifts !== null)?.shifts;
  const shifts = written ? rotaOf(written) : undefined;
  const state = {
    owner:
      account && owner !== undefined ? { email: owner, source: account.sourceOf('account', 'owner') } : null,
    account: pinsOf(account?.keys.account),
    policy: policyOf(
      heads.find(({ keys }) => keys.policy !== undefined),
      shifts,
    ),
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

/** The policy of the one file that has it; what it leaves out is as by default. */
function policyOf(head: Head | undefined, shifts: Rota | undefined): Policy {
  const policy = head?.keys.policy;
  if (!head || !policy) return DEFAULT_POLICY;
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
