import { cpSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { PROJECT } from '../support/run-program.ts';
import { pipelineCommands, runScript } from './pipeline-commands.ts';

const FOLDER = `${PROJECT}examples/gitlab-ci`;

const rule = z.strictObject({
  if: z.string(),
  when: z.literal('never').optional(),
  changes: z.array(z.string()).optional(),
});

const jobSchema = z.strictObject({
  stage: z.string(),
  timeout: z.string().optional(),
  parallel: z.strictObject({ matrix: z.tuple([z.strictObject({ CHAPORT_ENV: z.array(z.string()) })]) }),
  needs: z.array(z.string()).optional(),
  interruptible: z.boolean().optional(),
  resource_group: z.string().optional(),
  environment: z.strictObject({ name: z.string(), action: z.literal('verify').optional() }).optional(),
  rules: z.array(rule),
  script: z.array(z.string()),
  artifacts: z
    .strictObject({
      when: z.literal('always'),
      access: z.literal('developer'),
      paths: z.array(z.string()).optional(),
      expire_in: z.string().optional(),
      reports: z.partialRecord(z.enum(['codequality', 'terraform']), z.string()).optional(),
    })
    .optional(),
});

const pipelineSchema = z
  .object({
    stages: z.array(z.string()),
    workflow: z.strictObject({ rules: z.array(rule) }),
    variables: z.record(z.string(), z.string()),
    default: z.strictObject({ image: z.string(), timeout: z.string(), before_script: z.array(z.string()) }),
  })
  .catchall(jobSchema);

export type Variables = Readonly<Record<string, string>>;

export function gitlabText(): string {
  return readFileSync(`${FOLDER}/.gitlab-ci.yml`, 'utf8');
}

export function readPipeline() {
  const {
    stages,
    workflow,
    variables,
    default: defaults,
    ...rest
  } = pipelineSchema.parse(parse(gitlabText()));
  const jobs = z.record(z.string(), jobSchema).parse(rest);
  return { stages, workflow, variables, defaults, jobs };
}

/** The jobs that a pipeline with these variables has, in their order; the file counts as changed. */
export function jobsOf(variables: Variables): string[] {
  const { workflow, jobs } = readPipeline();
  if (!isWanted(workflow.rules, variables)) return [];
  return Object.entries(jobs).flatMap(([name, { rules }]) => (isWanted(rules, variables) ? [name] : []));
}

/** The first rule that holds decides. */
function isWanted(rules: readonly z.infer<typeof rule>[], variables: Variables): boolean {
  const first = rules.find((one) => holds(one.if, variables));
  return first !== undefined && first.when !== 'never';
}

/** As much of GitLab's expressions as the example uses: `$NAME`, `==`, texts and `&&`. */
function holds(condition: string, variables: Variables): boolean {
  return condition.split(' && ').every((part) => {
    const [left = '', right] = part.split(' == ').map((term) => termIn(term.trim(), variables));
    return part.includes(' == ') ? left === right : left !== '';
  });
}

function termIn(term: string, variables: Variables): string {
  const name = /^\$([A-Z_]+)$/.exec(term)?.[1];
  if (name !== undefined) return variables[name] ?? '';
  const text = /^"(.*)"$/.exec(term)?.[1];
  if (text === undefined) throw new Error(`the tests do not know this term: ${term}`);
  return text;
}

/** Runs one job in a workspace, all lines in one shell, as GitLab's runner does. */
export async function runGitlabJob(
  name: string,
  options: { workspace: string; variables: Variables; secrets: Variables },
): Promise<{ code: number | null; log: string }> {
  const { jobs, defaults, variables } = readPipeline();
  const job = jobs[name];
  if (!job) throw new Error(`there is no job ${name}`);
  cpSync(`${FOLDER}/ci`, `${options.workspace}/ci`, { recursive: true });
  // GitLab gives secrets of the scope chaport/* to the jobs of such an environment only.
  const secrets = job.environment?.name.startsWith('chaport/') ? options.secrets : {};
  return runScript([...defaults.before_script, ...job.script].join('\n'), {
    cwd: options.workspace,
    env: { ...variables, ...options.variables, ...secrets },
    commands: pipelineCommands(),
    secrets: Object.values(options.secrets),
  });
}
