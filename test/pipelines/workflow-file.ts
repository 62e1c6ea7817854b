import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { PROJECT } from '../support/run-program.ts';

const variables = z.record(z.string(), z.coerce.string());

const concurrency = z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() });

const stepSchema = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: variables.optional(),
  env: variables.optional(),
  run: z.string().optional(),
});

const jobSchema = z.strictObject({
  needs: z.string().optional(),
  if: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  environment: z.string().optional(),
  strategy: z
    .strictObject({
      'fail-fast': z.literal(false),
      matrix: z.strictObject({ env: z.union([z.array(z.string()), z.string()]) }),
    })
    .optional(),
  concurrency: concurrency.optional(),
  env: variables.optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'none'])),
  steps: z.array(stepSchema),
});

const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  concurrency: concurrency.optional(),
  permissions: z.strictObject({}),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.literal('bash') }) }),
  env: variables.default({}),
  jobs: z.record(z.string(), jobSchema),
});

export type Workflow = z.infer<typeof workflowSchema>;
export type WorkflowStep = z.infer<typeof stepSchema>;

export const WORKFLOWS = [
  'validate-and-plan.yml',
  'apply.yml',
  'drift.yml',
  'membrane.yml',
  'statuses.yml',
] as const;
/** It installs nothing and reads no account. */
export const FORK_STATUS = 'fork-status.yml';
export type WorkflowName = (typeof WORKFLOWS)[number] | typeof FORK_STATUS;

export function workflowText(name: WorkflowName): string {
  return readFileSync(`${PROJECT}examples/github-actions/${name}`, 'utf8');
}

/** The example as the tests run it: stricter than GitHub, every job says what it may do and how long it may take. */
export function readWorkflow(name: WorkflowName): Workflow {
  return workflowSchema.parse(parse(workflowText(name)));
}
