import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { DiagnosticsError } from '../model/errors.ts';
import { isSameAddress } from './spellings.ts';

/**
 * What an account holds when the simulator starts. Values are not checked, nor are they unique, since
 * a live account may hold anything; for the same reason an unknown key of an operator or a webhook is a
 * field that the API shows.
 */
const text = z.string().nullable().optional();
const id = z
  .string()
  .regex(/^[^\s/?#]+$/, 'must be an id without spaces and slashes')
  .optional();
const time = z.iso.datetime({ offset: true, error: 'must be a date and time (RFC 3339)' });

const operatorSchema = z.looseObject({
  id,
  email: z.string().min(1, 'must not be empty'),
  name: text,
  language: text,
  jobTitle: text,
  role: text,
  image: text,
  lastStatus: text,
  realStatus: text,
  lastLoginAt: text,
  lastActivityAt: text,
  /** Left out: whether the seats are taken by those before it. */
  deactivated: z.boolean().optional(),
  /** The last status is a timed one that ends then, and gives way to `statusBefore`. */
  statusUntil: time.optional(),
  statusBefore: text,
});

const webhookSchema = z.looseObject({
  id,
  event: z.string(),
  targetUrl: z.string(),
  essential: z.boolean().optional(),
});

const seedSchema = z
  .strictObject(
    {
      /** Default: the first admin, else the first operator. */
      owner: z.string().optional(),
      /** Paid seats; left out: no limit. */
      seats: z.int().nonnegative().optional(),
      operators: z.array(operatorSchema).optional(),
      webhooks: z.array(webhookSchema).optional(),
    },
    {
      error: ({ code, input }) =>
        code === 'invalid_type'
          ? `must be a map with operators, webhooks, owner and seats, not ${Array.isArray(input) ? 'a list' : 'a single value'}`
          : undefined,
    },
  )
  .superRefine((seed, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const { owner } = seed;
    if (owner !== undefined && !seed.operators?.some((one) => isSameAddress(one.email, owner))) {
      complain(['owner'], `there is no operator ${owner}`);
    }
    const seen = new Set<string>();
    for (const list of ['operators', 'webhooks'] as const) {
      for (const [index, { id: own }] of (seed[list] ?? []).entries()) {
        if (own !== undefined && seen.has(own)) complain([list, index, 'id'], `the id ${own} is used twice`);
        if (own !== undefined) seen.add(own);
      }
    }
  });

export type Seed = z.infer<typeof seedSchema>;
export type SeedOperator = z.infer<typeof operatorSchema>;
export type SeedWebhook = z.infer<typeof webhookSchema>;

/**
 * Reads a seed from JSON or YAML. A webhook may write `url` for `targetUrl`, as the configuration does.
 * @throws {DiagnosticsError} `invalid-seed` with every complaint and its place
 */
export function parseSeed(content: string, fileName: string): Seed {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw invalidSeed(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`));
  }
  const result = seedSchema.safeParse(withTargetUrls(toPlainData(document, fileName)));
  if (result.success) return result.data;
  throw invalidSeed(
    result.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
      const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
      return `${at(offsetOf(document, path))}: ${name === '' ? 'the seed' : name.slice(1)}: ${issue.message}`;
    }),
  );
}

/** The account of the simulator when no seed is given. */
export const DEFAULT_SEED: Seed = {
  owner: 'owner@acme.example',
  operators: [
    {
      email: 'owner@acme.example',
      name: 'Olenna Tyrell',
      role: 'admin',
      language: 'en',
      jobTitle: 'Head of support',
      lastStatus: 'online',
      lastLoginAt: '2026-11-20T08:00:00.000Z',
      lastActivityAt: '2026-11-20T16:30:00.000Z',
    },
    {
      email: 'jon.snow@acme.example',
      name: 'Jon Snow',
      role: 'operator',
      language: 'en',
      jobTitle: 'Steward',
      image: 'https://acme.example/jon.png',
      lastStatus: 'online',
      lastLoginAt: '2026-11-20T08:10:00.000Z',
      lastActivityAt: '2026-11-20T16:45:00.000Z',
    },
    {
      email: 'samwell@acme.example',
      name: 'Samwell Tarly',
      role: 'operator',
      language: 'en',
      jobTitle: '',
      lastStatus: 'away',
      lastLoginAt: '2026-11-19T09:00:00.000Z',
      lastActivityAt: '2026-11-19T12:00:00.000Z',
    },
    {
      email: 'alliser@acme.example',
      name: 'Alliser Thorne',
      role: 'admin',
      language: 'en',
      lastStatus: 'offline',
    },
    {
      email: 'anna@partner.example',
      name: 'Anna Berg',
      role: 'operator',
      language: 'de',
      lastStatus: 'online',
    },
  ],
  webhooks: [
    { event: 'chat.started', targetUrl: 'https://old.acme.example/hook', essential: false },
    {
      event: 'chat.finished',
      targetUrl: 'https://hooks.acme.example/chaport?key=k3y-0f-acme',
      essential: true,
    },
    { event: 'chat.started', targetUrl: 'https://partner.example/chats', essential: false },
  ],
};

function invalidSeed(complaints: readonly string[]): DiagnosticsError {
  const hint =
    'A seed is the account that the simulator starts with: a map with operators, webhooks, owner and seats.';
  return new DiagnosticsError(
    complaints.map((message, index) => ({
      severity: 'error',
      code: 'invalid-seed',
      message,
      ...(index < complaints.length - 1 ? {} : { hint }),
    })),
  );
}

type SeedDocument = ReturnType<typeof parseDocument>;

function toPlainData(document: SeedDocument, fileName: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw invalidSeed([`${fileName}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function withTargetUrls(data: unknown): unknown {
  if (!isRecord(data) || !Array.isArray(data.webhooks)) return data;
  const webhooks = data.webhooks.map((webhook: unknown) => {
    if (!isRecord(webhook) || !('url' in webhook) || 'targetUrl' in webhook) return webhook;
    const { url, ...others } = webhook;
    return { ...others, targetUrl: url };
  });
  return { ...data, webhooks };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the value at a path, or the nearest thing around it, starts. */
function offsetOf(document: SeedDocument, path: (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}
