import type { ConfigText } from '../config/config-text.ts';
import { type LoadOptions, parseConfig } from '../config/parse-config.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError, UserError } from '../model/errors.ts';
import { webhookKey } from '../model/kinds/webhook.ts';
import type { LiveState } from '../model/live.ts';
import type { KindName, Plan } from '../model/plan.ts';
import { normaliseUrl } from '../model/urls.ts';
import { describeOperators, type OperatorDefaults } from './describe-operators.ts';
import { describeWebhooks } from './describe-webhooks.ts';
import type { Described, LeftOut } from './entry.ts';
import { DEFAULT_EXPORT_KINDS } from './export-account.ts';
import { hasSection, insertEntries, type Section } from './insert-entries.ts';
import { SecretNames, type SecretToSet } from './url-secrets.ts';

export interface AdoptOptions {
  /** Every file of the configuration. */
  texts: readonly ConfigText[];
  /** The names of those that may be written. */
  into: readonly string[];
  env: LoadOptions['env'];
  kinds?: readonly KindName[];
  revealSecrets?: boolean;
  /** Plans this state against the live account. */
  plan: (desired: DesiredState) => Plan;
}

export interface AdoptedFile {
  name: string;
  before: Uint8Array;
  after: Uint8Array;
}

export interface Adopted {
  /** The files that change. */
  files: AdoptedFile[];
  operators: number;
  webhooks: number;
  secrets: SecretToSet[];
  /** What stays unmanaged. */
  leftOut: LeftOut[];
}

/**
 * Writes what is live but unmanaged into the files. The new files plan to the same changes as the
 * old ones; that is checked here, before anybody can write them.
 * @throws {DiagnosticsError} when the files have errors
 * @throws {UserError} `cannot-insert` or `adopt-changes-plan`
 */
export function adoptUnmanaged(live: LiveState, options: AdoptOptions): Adopted {
  const { kinds = DEFAULT_EXPORT_KINDS, env } = options;
  const desired = load(options.texts.map(withListsForNothing), env);
  const managed = { ...desired, operators: desired.operators ?? [], webhooks: desired.webhooks ?? [] };
  const before = options.plan(managed);
  const unmanaged = new Set(before.unmanaged.map(({ kind, id }) => `${kind} ${id}`));
  const defaults = effectiveDefaults(options.texts.map(withListsForNothing), env);
  const names = options.revealSecrets ? null : new SecretNames(desired.secrets.names);

  const operators = describeOperators(
    kinds.includes('operator')
      ? (live.operators ?? []).filter(({ id }) => unmanaged.has(`operator ${id}`))
      : [],
    { kinds, owner: desired.owner?.email, defaults: defaults.operator },
  );
  const webhooks = describeAdoptedWebhooks(live, managed, unmanaged, {
    wanted: kinds.includes('webhook'),
    essential: defaults.essential,
    names,
  });
  const written = options.texts.map((text) => ({ ...text, after: text.bytes }));
  for (const [section, { entries }] of [
    ['operators', operators],
    ['webhooks', webhooks],
  ] as const) {
    if (entries.length === 0) continue;
    const file = fileFor(section, options, written);
    file.after = encode(insertEntries(file.name, decode(file.after), section, entries), file.bytes);
  }
  const secrets = names?.secrets ?? [];
  const files = written.flatMap(({ name, bytes, after }) =>
    after === bytes ? [] : [{ name, before: bytes, after }],
  );
  if (files.length > 0) {
    const withSecrets = { ...env, ...Object.fromEntries(secrets.map(({ name, value }) => [name, value])) };
    const after = load(
      written.map(({ name, after: bytes }) => withListsForNothing({ name, bytes })),
      withSecrets,
    );
    checkSamePlan(
      before,
      options.plan({ ...after, operators: after.operators ?? [], webhooks: after.webhooks ?? [] }),
    );
  }
  return {
    files,
    operators: operators.entries.length,
    webhooks: webhooks.entries.reduce(
      (sum, { keys }) => sum + (Array.isArray(keys.events) ? keys.events.length : 0),
      0,
    ),
    secrets,
    leftOut: [...operators.leftOut, ...webhooks.leftOut],
  };
}

function load(texts: readonly ConfigText[], env: LoadOptions['env']): DesiredState {
  const { desired, diagnostics } = parseConfig(texts, { env });
  if (desired === null) throw new DiagnosticsError(diagnostics);
  return desired;
}

const BOM = '\ufeff';

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function encode(text: string, like: Uint8Array): Uint8Array {
  const hasBom = like[0] === 0xef && like[1] === 0xbb && like[2] === 0xbf;
  return new TextEncoder().encode((hasBom ? BOM : '') + text);
}

/** A section with nothing behind it: no list in its line, nor in those below. */
const NOTHING =
  /^(operators|webhooks):(?:[ \t]+(?:null|~))?(?=[ \t]*(?:[ \t]#.*)?\r?$)(?!(?:[ \t]*(?:#.*)?\r?\n)+[ \t]*(?:-|\[))/gm;

/** `operators:` with nothing behind it is an error in a file, and a place to write to here. */
function withListsForNothing(file: ConfigText): ConfigText {
  const text = decode(file.bytes);
  const filled = text.replace(NOTHING, '$1: []');
  return filled === text ? file : { ...file, bytes: encode(filled, file.bytes) };
}

const PROBE = 'defaults-probe@chaportctl.invalid';

/** What `defaults` give, with their references replaced: as an entry of its own would show it. */
function effectiveDefaults(
  texts: readonly ConfigText[],
  env: LoadOptions['env'],
): { operator: OperatorDefaults; essential: boolean | undefined } {
  const probe = `operators:\n  - email: ${PROBE}\nwebhooks:\n  - url: https://chaportctl.invalid/probe\n    events: [probe.event]\n`;
  const desired = load([...texts, { name: PROBE, bytes: new TextEncoder().encode(probe) }], env);
  const { language, role, jobTitle, image, status } = desired.operators?.at(-1) ?? {};
  return {
    operator: {
      language,
      role,
      jobTitle,
      image,
      status: status?.mode === 'initial' ? undefined : status?.value,
    },
    essential: desired.webhooks?.at(-1)?.essential,
  };
}

/** A second subscription for what the files have already cannot be written. */
function describeAdoptedWebhooks(
  live: LiveState,
  desired: DesiredState,
  unmanaged: ReadonlySet<string>,
  options: { wanted: boolean; essential: boolean | undefined; names: SecretNames | null },
): Described {
  if (!options.wanted) return { entries: [], leftOut: [] };
  const known = new Set(desired.webhooks?.map(({ event, targetUrl }) => webhookKey(event, targetUrl)));
  const candidates = (live.webhooks ?? []).filter(({ id }) => unmanaged.has(`webhook ${id}`));
  const isSecond = ({ event, targetUrl }: { event: string; targetUrl: string }) =>
    known.has(webhookKey(event, normaliseUrl(targetUrl)));
  const described = describeWebhooks(
    candidates.filter((webhook) => !isSecond(webhook)),
    { essential: options.essential, names: options.names, known: desired.secrets },
  );
  const seconds = candidates.filter(isSecond).map(({ event, id }) => ({
    what: `the webhook "${event}" (id ${id})`,
    why: 'the files have it already, and the account has it twice: delete one in the Chaport app',
  }));
  return { entries: described.entries, leftOut: [...described.leftOut, ...seconds] };
}

function fileFor<T extends ConfigText & { after: Uint8Array }>(
  section: Section,
  { into }: AdoptOptions,
  files: readonly T[],
): T {
  const allowed = files.filter(({ name }) => into.includes(name));
  const file = allowed.find(({ after }) => hasSection(decode(after), section)) ?? allowed[0];
  if (!file) throw new UserError('cannot-insert', 'there is no file to write to');
  return file;
}

/** The lines of entries may move; what is done to the account may not. */
function checkSamePlan(before: Plan, after: Plan): void {
  const changesOf = ({ changes, refusals }: Plan) =>
    JSON.stringify([
      changes.map(({ source: _source, ...change }) => change),
      refusals.map(({ code }) => code),
    ]);
  if (changesOf(before) === changesOf(after)) return;
  throw new UserError(
    'adopt-changes-plan',
    'with the new entries the files would plan other changes, so nothing is written',
    {
      hint: 'look at the plan of the files as they are, and apply or correct that first',
    },
  );
}
