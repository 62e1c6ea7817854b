import type { Evidence } from '../../model/evidence.ts';
import { parseEvidence } from '../../operations/judge-by-evidence.ts';
import { readDocument } from './read-document.ts';

/** What `--evidence` names; `undefined` where it names nothing. @throws {UserError} where it is none. */
export async function readEvidence(path: string | undefined): Promise<Evidence | undefined> {
  return path === undefined ? undefined : parseEvidence(await readDocument(path, 'evidence'), path);
}
