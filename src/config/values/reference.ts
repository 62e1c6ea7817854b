import type { DiagnosticCode } from '../../model/codes.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import { ownCredential } from '../../model/own-credentials.ts';
import { type SecretBook, SHORTEST_SECRET } from '../../model/secrets.ts';

/** Variables by name, such as `process.env`; nothing but the command line looks at the process itself. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface InterpolateOptions {
  env: Environment;
  /**
   * What a missing variable is: an error, or a warning. Then a secret has a harmless stand-in for its value, and
   * a text with another variable is passed by.
   */
  missingSecrets: 'error' | 'warning';
  secrets: SecretBook;
}

/** Something wrong with one reference; `at` and `text` tell where it stands in the string. */
export interface ReferenceFault {
  severity?: 'warning';
  code: DiagnosticCode;
  message: string;
  hint?: string;
  at: number;
  text: string;
}

/** An environment variable, as a text uses it. */
export interface Variable {
  kind: 'env' | 'secret';
  name: string;
}

/** Text, or a secret whose value must stay apart from its text. */
export type Piece = { text: string } | { secret: string; value: string };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const FORMS = 'write ${env:NAME}, ${env:NAME:-fallback} or ${secret:NAME}, and $${ for a literal ${';

/** Longer strings with secrets are no addresses or names, and would make masking slow. */
export const LONGEST_WITH_SECRET = 2_048;

type Fault = Omit<ReferenceFault, 'at' | 'text'>;
interface Replacement {
  piece?: Piece;
  fault?: Fault;
  /** The variable that it names, where it is a reference. */
  variable?: Variable;
}

/** What takes the place of one reference. */
export function replaceReference(
  reference: string,
  isWhole: boolean,
  options: InterpolateOptions,
): Replacement {
  const shown = reference.length > 60 ? `${reference.slice(0, 60)}…` : reference;
  const bad = (message: string, hint = FORMS): Replacement => ({
    fault: { code: 'bad-reference', message, hint },
  });
  if (!reference.endsWith('}')) return bad(`the reference ${shown} is not closed`);
  const body = reference.slice(2, -1);
  if (body.includes('${')) return bad(`the reference ${shown}… holds another one; references do not nest`);
  const colon = body.indexOf(':');
  const kind = colon === -1 ? body : body.slice(0, colon);
  if (colon === -1 || (kind !== 'env' && kind !== 'secret')) {
    return bad(`the reference ${shown} is not known`, hintForUnknown(body, kind, colon));
  }
  const [name = '', fallback] = splitFallback(body.slice(colon + 1));
  if (!NAME.test(name)) {
    return bad(
      `the reference ${shown} does not name a variable`,
      'names have letters, digits and _, and do not start with a digit',
    );
  }
  const own = ownCredential(name, lookUp(options.env, name));
  if (own !== null) {
    return {
      fault: {
        code: 'own-credential',
        message: `${name} holds ${own}: this text would send it to others`,
        hint: 'give the text a variable of its own',
      },
    };
  }
  if (kind === 'env') return { ...replaceVariable(name, fallback, options), variable: { kind, name } };
  if (fallback !== undefined) {
    return bad(`the reference ${shown} has a fallback, and a secret takes none`, `write \${secret:${name}}`);
  }
  return { ...replaceSecret(name, isWhole, options), variable: { kind, name } };
}

function hintForUnknown(body: string, kind: string, colon: number): string {
  if (colon === -1 && NAME.test(body))
    return `write \${env:${body}} or \${secret:${body}}; $\${ is a literal \${`;
  const meant = nearestWord(kind, ['env', 'secret']);
  return colon !== -1 && meant ? `did you mean \${${meant}:…}?` : FORMS;
}

function splitFallback(rest: string): [name: string, fallback?: string] {
  const mark = rest.indexOf(':-');
  return mark === -1 ? [rest] : [rest.slice(0, mark), rest.slice(mark + 2)];
}

function lookUp(env: Environment, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** As in a shell, the fallback stands in for an empty variable too. */
function replaceVariable(
  name: string,
  fallback: string | undefined,
  { env, missingSecrets }: InterpolateOptions,
): Replacement {
  const value = lookUp(env, name);
  if (fallback !== undefined && (value === undefined || value === '')) return { piece: { text: fallback } };
  if (value !== undefined) return { piece: { text: value } };
  return {
    fault: {
      ...(missingSecrets === 'warning' ? { severity: 'warning' } : {}),
      code: 'missing-variable',
      message: `the environment variable ${name} is not set`,
      hint: `set it, or give a fallback: \${env:${name}:-fallback}`,
    },
  };
}

function replaceSecret(
  name: string,
  isWhole: boolean,
  { env, missingSecrets, secrets }: InterpolateOptions,
): Replacement {
  const value = lookUp(env, name);
  if (value !== undefined && value.length > LONGEST_WITH_SECRET) {
    return {
      fault: {
        code: 'too-long',
        message: `the secret ${name} has more than ${LONGEST_WITH_SECRET} characters`,
        hint: `check the environment variable ${name}`,
      },
    };
  }
  if (value !== undefined && value !== '') {
    secrets.addSecret(name, value);
    const piece = { secret: name, value };
    if (value.length >= SHORTEST_SECRET) return { piece };
    return {
      piece,
      fault: {
        code: 'short-secret',
        message: `the secret ${name} has fewer than ${SHORTEST_SECRET} characters: hiding it would hide parts of ordinary words`,
        hint: `use a longer secret, or write \${env:${name}} if it is none`,
      },
    };
  }
  const fault: Fault = {
    code: 'missing-secret',
    message: `the secret ${name} is ${value === '' ? 'empty' : 'not set'}`,
    hint: `set the environment variable ${name}`,
  };
  if (missingSecrets === 'error') return { fault };
  const standIn = standInFor(name, isWhole);
  secrets.addSecret(name, standIn);
  return { piece: { secret: name, value: standIn }, fault: { ...fault, severity: 'warning' } };
}

/** Where a secret is the whole string, its stand-in passes for a text, an e-mail address and a URL alike. */
function standInFor(name: string, isWhole: boolean): string {
  return isWhole ? `https://${name}@secret.invalid/` : `${name}-is-not-set`;
}
