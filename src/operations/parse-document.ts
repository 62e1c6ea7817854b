import { RefusedError, UserError } from '../model/errors.ts';
import { FORMAT_VERSION } from '../model/plan.ts';

type DocumentKind = 'plan' | 'report';

/** What is said of a document that is no plan or report, or the other one. */
export const DOCUMENT_HINTS = {
  plan: 'apply takes a file that `chaportctl plan --out FILE` wrote',
  report: '--since takes a file that `chaportctl apply --report FILE` wrote',
  either: 'show takes a file that `chaportctl plan --out FILE` or `chaportctl apply --report FILE` wrote',
};

/** Whether a document is the report of an apply, sound or not. */
export function isReport(document: object): boolean {
  return 'planDigest' in document;
}

/** The format of what was never published. */
const OLDER = '1';

const MADE_BY = { plan: 'chaportctl plan --out FILE', report: 'chaportctl apply --report FILE' };

/**
 * The JSON of a plan or report, of the format version that this program knows.
 * @throws {UserError} when it cannot be read as that; {RefusedError} for a plan of an older format.
 */
export function parseDocument(text: string, name: string, what: DocumentKind): object {
  const document = parseJson(text, name, what);
  const version = 'formatVersion' in document ? document.formatVersion : undefined;
  if (version === FORMAT_VERSION) return document;
  if (what === 'plan' && version === OLDER) {
    throw new RefusedError(
      'plan-format',
      `${name} was made by an older chaportctl, and says less than is checked now`,
      {
        hint: `plan again with this version: ${MADE_BY[what]}`,
      },
    );
  }
  const reason =
    version === undefined
      ? `${name} is not a ${what}: it has no formatVersion`
      : `${name} has formatVersion ${JSON.stringify(version)}, and this program reads "${FORMAT_VERSION}"`;
  throw new UserError(`${what}-format`, reason, {
    hint: `make it again with this version: ${MADE_BY[what]}`,
  });
}

/** The object or list that a text is as JSON; `null` where it is none: what is wrong inside helps nobody. */
export function jsonObject(text: string): object | null {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' ? document : null;
  } catch {
    return null;
  }
}

function parseJson(text: string, name: string, what: DocumentKind): object {
  const document = jsonObject(text);
  if (document) return document;
  throw new UserError(`not-a-${what}`, `${name} is not a ${what}: it is no JSON document`, {
    hint: /\.ya?ml$/i.test(name)
      ? `use -f ${name}; a ${what} is what \`${MADE_BY[what]}\` writes`
      : `that is what \`${MADE_BY[what]}\` writes`,
  });
}
