import { digestOf } from '../../model/digest.ts';
import { RefusedError, UserError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { planSchema } from '../../model/plan-schema.ts';
import { DOCUMENT_HINTS, readDocument } from './read-document.ts';

/**
 * A plan that `plan --out` saved.
 * @throws {UserError} when it cannot be read as one; {RefusedError} when it was changed since.
 */
export async function readPlanFile(path: string): Promise<Plan> {
  const document = await readDocument(path, 'plan');
  const hint = DOCUMENT_HINTS.plan;
  if ('planDigest' in document) {
    throw new UserError('not-a-plan', `${path} is the report of an apply, not a saved plan`, { hint });
  }
  const result = planSchema.safeParse(document);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    throw new UserError('not-a-plan', `${path} is not a saved plan${place}: ${issue?.message ?? ''}`, {
      hint,
    });
  }
  // Of the document as it was read: keys in another order are another document.
  if (digestOf(document as Plan) !== result.data.digest) {
    throw new RefusedError(
      'plan-edited',
      `${path} was changed after it was saved: its digest does not match`,
      {
        hint: 'change the configuration instead, and plan again',
      },
    );
  }
  return result.data;
}
