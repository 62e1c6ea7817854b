import { canonicalText, createDocument, formatConfigText } from '../config/format/index.ts';
import { UserError } from '../model/errors.ts';
import { commonFields } from '../model/kinds/operator.ts';
import { isEmail } from '../model/text-rules.ts';
import { literal } from '../model/written-entry.ts';
import { MODELINE } from './compose-file.ts';
import type { StaffMember } from './staff-list/parse.ts';

export interface StarterOptions {
  /** A name (`acme`, for addresses at acme.example) or a domain (`acme.com`). */
  org?: string | undefined;
  members?: readonly StaffMember[];
}

/**
 * A short, commented configuration to start with. As it is, it plans to change nobody but those of
 * the staff list.
 * @throws {UserError} `invalid-org` for a name that no address can be made of
 */
export function starterFile({ org = 'acme', members = [] }: StarterOptions): string {
  const domain = domainOf(org);
  const owner = `owner@${domain}`;
  const text = [
    `#${MODELINE}`,
    '# The operators and webhooks of a Chaport account. "chaportctl plan" shows what would change,',
    '# "chaportctl apply" asks and changes it. What is left out of this file stays as it is.',
    '',
    'version: 1',
    '',
    ...accountLines(owner, members),
    '',
    'policy:',
    '  # Live webhooks that match and are not in this file are deleted:',
    `  # prune: { webhooks: ["https://hooks.${domain}/**"] }`,
    '  # A plan that would delete more of one kind by that is refused, and so is one that leaves fewer admins.',
    '  maxDeletes: 2',
    '  minAdmins: 1',
    '',
    '# What the people below leave out. The owner takes no role from here.',
    'defaults:',
    ...defaultsLines(members),
    '  status: { ttl: 8h }',
    '  webhook: { essential: false }',
    '',
    'operators:',
    ...(members.length === 0 ? exampleOperators(owner, domain) : memberLines(members)),
    '',
    '# One subscription for each event. A key in the URL comes from the environment.',
    '# webhooks:',
    `#   - url: https://hooks.${domain}/chaport?key=\${secret:HOOK_KEY}`,
    '#     events: [chat.started, chat.finished]',
    '',
  ].join('\n');
  return formatConfigText({ name: 'the new file', bytes: new TextEncoder().encode(text) });
}

function domainOf(org: string): string {
  const name = org.trim().toLowerCase().replace(/^@/, '');
  const domain = name.includes('.')
    ? name
    : `${name.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')}.example`;
  const isDomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(domain);
  if (isDomain && isEmail(`owner@${domain}`)) return domain;
  throw new UserError('invalid-org', `--org ${org}: no address can be made of that`, {
    hint: 'give a name such as acme, or a domain such as acme.com',
  });
}

function accountLines(owner: string, members: readonly StaffMember[]): string[] {
  const admins = members.filter(({ role }) => role === 'admin').map(({ email }) => email);
  const [only] = admins;
  if (members.length === 0 || (only !== undefined && admins.length === 1)) {
    return [
      'account:',
      "  # The owner's address. Where it is no operator of the account, a plan is refused: a wrong token does no harm.",
      `  owner: ${scalar(only ?? owner)}`,
    ];
  }
  return [
    "# The owner's address guards against a wrong token. Check it, then remove the # of the two lines.",
    '# account:',
    `#   owner: ${scalar(only ?? members[0]?.email ?? owner)}`,
  ];
}

function scalar(text: string): string {
  return canonicalText(createDocument(text)).trimEnd();
}

function defaultsLines(members: readonly StaffMember[]): string[] {
  const common = commonFields(members.map(({ language = null, role = null }) => ({ language, role })));
  if (members.length === 0) return ['  operator: { role: operator }'];
  const fields = Object.entries(common).map(([key, value]) => `${key}: ${scalar(literal(value))}`);
  return fields.length === 0 ? [] : [`  operator: { ${fields.join(', ')} }`];
}

function exampleOperators(owner: string, domain: string): string[] {
  return [
    `  - email: ${owner}`,
    '  # A new address is invited by e-mail when this is applied:',
    `  # - email: jon.snow@${domain}`,
    '  #   name: Jon Snow',
    '  #   jobTitle: Support engineer',
    '  #   status: { value: online, ttl: 8h }',
  ];
}

function memberLines(members: readonly StaffMember[]): string[] {
  const common: Record<string, string | undefined> = commonFields(
    members.map(({ language = null, role = null }) => ({ language, role })),
  );
  return members.flatMap((member) => {
    const keys = Object.entries(member).filter(([key, value]) => common[key] !== value);
    const email = { email: member.email };
    const entry = createDocument([{ ...email, ...Object.fromEntries(keys) }]);
    return canonicalText(entry)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`);
  });
}
