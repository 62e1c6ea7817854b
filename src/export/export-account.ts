import { DEFAULT_STATUS_TTL } from '../model/desired.ts';
import { UserError } from '../model/errors.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import { formatDuration } from '../model/kinds/status.ts';
import type { LiveState } from '../model/live.ts';
import type { KindName } from '../model/plan.ts';
import { escapeForTerminal } from '../render/escape.ts';
import { commonEssential, commonOperatorFields } from './common-values.ts';
import { composeFile, type FileContent, plainContent } from './compose-file.ts';
import { describeOperators } from './describe-operators.ts';
import { describeWebhooks } from './describe-webhooks.ts';
import type { LeftOut } from './entry.ts';
import { canSay, literal } from './sayable.ts';
import { SecretNames, type SecretToSet } from './url-secrets.ts';

/** What is exported when nobody says: a status is a person's own toggle and expires. */
export const DEFAULT_EXPORT_KINDS: readonly KindName[] = ['operator', 'webhook'];

export interface ExportOptions {
  kinds?: readonly KindName[];
  /** The owner's e-mail address; without it the file has a commented-out `account`. */
  owner?: string | undefined;
  /** Writes webhook URLs with their credentials instead of `${secret:NAME}`. */
  revealSecrets?: boolean;
  baseUrl: string;
}

export interface ExportedAccount {
  /** The file as YAML. */
  yaml: string;
  /** The file as JSON, which has no comments. */
  json: string;
  /** What must be set in the environment before the file can be planned. */
  secrets: SecretToSet[];
  /** Live objects that are not in the file. */
  leftOut: LeftOut[];
}

/**
 * The live account as a file that plans to no changes. Pure: the same account gives the same file.
 * @throws {UserError} `unknown-owner` when no operator has the owner's address
 */
export function exportAccount(live: LiveState, options: ExportOptions): ExportedAccount {
  const { kinds = DEFAULT_EXPORT_KINDS } = options;
  const operators = live.operators ?? [];
  const webhooks = live.webhooks ?? [];
  const owner = ownerAmong(live, options.owner);
  const names = options.revealSecrets ? null : new SecretNames();
  const withOperators = kinds.includes('operator') || kinds.includes('status');

  const common = kinds.includes('operator') ? commonOperatorFields(operators) : {};
  const described = describeOperators(withOperators ? operators : [], { kinds, owner, defaults: common });
  const essential = kinds.includes('webhook') ? commonEssential(webhooks) : undefined;
  const hooks = describeWebhooks(kinds.includes('webhook') ? webhooks : [], { essential, names });

  const content: FileContent = {
    header: header(kinds, options.baseUrl),
    owner: owner === undefined ? null : literal(owner),
    ownerCandidates: ownerCandidates(live).map(literal),
    defaults: {
      ...(Object.keys(common).length === 0 ? {} : { operator: literals(common) }),
      ...(kinds.includes('status')
        ? { status: { ttl: formatDuration(DEFAULT_STATUS_TTL), mode: 'enforce' } }
        : {}),
      ...(essential === undefined ? {} : { webhook: { essential } }),
    },
    operators: withOperators ? described.entries : null,
    webhooks: kinds.includes('webhook') ? hooks.entries : null,
    sectionNotes: {
      account:
        owner === undefined
          ? [
              "The owner's address guards against a wrong token. Check it, then remove the # of the two lines.",
            ]
          : [],
      defaults: kinds.includes('status')
        ? [
            '"mode: initial" would set a status only when the operator is created, and leave later toggles alone.',
          ]
        : [],
      operators: notesOn(described.leftOut),
      webhooks: notesOn(hooks.leftOut),
    },
  };
  return {
    yaml: composeFile(content),
    json: `${JSON.stringify(plainContent(content), null, 2)}\n`,
    secrets: names?.secrets ?? [],
    leftOut: [...described.leftOut, ...hooks.leftOut],
  };
}

/** The admins' addresses that a file may hold, in order: one of them is the owner's. */
export function ownerCandidates(live: LiveState): string[] {
  return (live.operators ?? [])
    .filter(({ role, email }) => role === 'admin' && canSay('email', email))
    .map(({ email }) => email)
    .sort();
}

/** The owner's address as the account spells it. */
function ownerAmong(live: LiveState, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const found = live.operators?.find(({ email }) => operatorKey(email) === operatorKey(owner));
  if (found && canSay('email', found.email)) return found.email;
  const candidates = ownerCandidates(live).slice(0, 5);
  throw new UserError('unknown-owner', `the account has no operator ${owner}, so they cannot be its owner`, {
    hint:
      candidates.length === 0
        ? 'check the address, and that the token is for this account'
        : `the admins are ${candidates.join(', ')}; check the token, too, if you know none of them`,
  });
}

function header(kinds: readonly KindName[], baseUrl: string): string[] {
  return [
    `Exported from ${escapeForTerminal(baseUrl)}`,
    ...(kinds.includes('operator') && !kinds.includes('status')
      ? [
          'Statuses are not in here: people set their own, and they expire. "export --kind status" writes them.',
        ]
      : []),
    'For help while you edit this file: chaportctl schema > chaport.schema.json',
  ];
}

function notesOn(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  return ['Not in this file:', ...leftOut.map(({ what, why }) => `- ${what}: ${why}`)];
}

function literals(texts: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));
}
