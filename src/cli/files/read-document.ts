import { readFile } from 'node:fs/promises';
import { UserError } from '../../model/errors.ts';
import { FORMAT_VERSION } from '../../model/plan.ts';
import { fileError } from './file-error.ts';

/** What is said of a file that is no plan or report, or the other one. */
export const DOCUMENT_HINTS = {
  plan: 'apply takes a file that `chaportctl plan --out FILE` wrote',
  report: '--since takes a file that `chaportctl apply --report FILE` wrote',
};

const MADE_BY = { plan: 'chaportctl plan --out FILE', report: 'chaportctl apply --report FILE' };

/**
 * The JSON of a plan or report, of the format version that this program knows.
 * @throws {UserError} when it cannot be read as that.
 */
export async function readDocument(path: string, what: 'plan' | 'report'): Promise<object> {
  const document = parseJson(await readText(path, what), path, what);
  const version = 'formatVersion' in document ? document.formatVersion : undefined;
  if (version === FORMAT_VERSION) return document;
  const reason =
    version === undefined
      ? `${path} is not a ${what}: it has no formatVersion`
      : `${path} has formatVersion ${JSON.stringify(version)}, and this program reads "${FORMAT_VERSION}"`;
  throw new UserError(`${what}-format`, reason, {
    hint: `make it again with this version: ${MADE_BY[what]}`,
  });
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError('cannot-read', `the ${what} ${path}`, error);
  }
}

function parseJson(text: string, path: string, what: 'plan' | 'report'): object {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null) return document;
  } catch {
    // Said below: what is wrong inside a file that is no JSON helps nobody.
  }
  throw new UserError(`not-a-${what}`, `${path} is not a ${what}: it is no JSON document`, {
    hint: `that is what \`${MADE_BY[what]}\` writes; YAML files go with --file`,
  });
}
