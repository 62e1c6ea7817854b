// What the jobs of .gitlab-ci.yml ask of GitLab. Node alone runs it; nothing is installed for it.
//
//   node ci/gitlab.mjs note FILE               adds the note of the plan to the merge request, or replaces it
//   node ci/gitlab.mjs approved-digest FILE    prints the digest that was approved for this commit, or nothing,
//                                              and saves the plan where it is still kept
//   node ci/gitlab.mjs last-report FILE        fetches the report of the last apply, where there is one
//   node ci/gitlab.mjs drift-issue open FILE   opens the issue about drift, or replaces its text
//   node ci/gitlab.mjs drift-issue close       closes it, where one is open
import { readFile, writeFile } from 'node:fs/promises';

const {
  CI_API_V4_URL,
  CI_PROJECT_ID,
  CI_COMMIT_SHA,
  CI_DEFAULT_BRANCH,
  CI_MERGE_REQUEST_IID,
  CI_JOB_URL,
  CHAPORT_ENV,
  GITLAB_API_TOKEN,
} = process.env;

// Of this environment: those of the others stay as they are.
const PLAN_NOTE = `<!-- chaportctl plan env=${CHAPORT_ENV} `;
const APPROVED_PLAN =
  /^<!-- chaportctl plan env=\S+ sha=([0-9a-f]+) digest=(sha256:[0-9a-f]{64}) job=(\d+) -->/;
const DRIFT_ISSUE = `<!-- chaportctl drift ${CHAPORT_ENV} -->`;
const PROJECT = `/projects/${encodeURIComponent(CI_PROJECT_ID)}`;

const commands = {
  note,
  'approved-digest': approvedDigest,
  'last-report': lastReport,
  'drift-issue': driftIssue,
};

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, name)) throw new Error(`no such command: ${name}`);
if (!GITLAB_API_TOKEN) throw new Error('the variable GITLAB_API_TOKEN is not set');
await commands[name](...args);

async function note(file) {
  const body = await readFile(file, 'utf8');
  const notes = `${PROJECT}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;
  const own = await findOwn(notes, (candidate) => candidate.body.startsWith(PLAN_NOTE));
  if (own) await call('PUT', `${notes}/${own.id}`, { body });
  else await call('POST', notes, { body });
}

/** Of the merge request that brought this commit: the digest for its last commit, as it was when it was merged. */
async function approvedDigest(file) {
  const requests = await list(`${PROJECT}/repository/commits/${CI_COMMIT_SHA}/merge_requests`);
  const merged = requests.find(
    (request) =>
      request.state === 'merged' &&
      request.target_branch === CI_DEFAULT_BRANCH &&
      String(request.target_project_id) === CI_PROJECT_ID &&
      [request.merge_commit_sha, request.squash_commit_sha, request.sha].includes(CI_COMMIT_SHA),
  );
  if (!merged) return;
  const own = await findOwn(`${PROJECT}/merge_requests/${merged.iid}/notes`, ({ body }) =>
    body.startsWith(PLAN_NOTE),
  );
  const [, sha, digest, job] = APPROVED_PLAN.exec(own?.body ?? '') ?? [];
  const isOfTheMerge = sha === merged.sha && Date.parse(own?.updated_at) <= Date.parse(merged.merged_at);
  if (!isOfTheMerge) return;
  process.stdout.write(`${digest}\n`);
  const plan = await send('GET', `${PROJECT}/jobs/${job}/artifacts/plan.json`);
  if (plan.ok) await writeFile(file, await plan.text(), { mode: 0o600 });
}

/** Each run of the job `apply` is a deployment; one that was refused has left no report. */
async function lastReport(file) {
  const query = new URLSearchParams({
    environment: `chaport/${CHAPORT_ENV}/live`,
    order_by: 'id',
    sort: 'desc',
    per_page: '20',
  });
  for (const { deployable } of await call('GET', `${PROJECT}/deployments?${query}`)) {
    if (!deployable) continue;
    const response = await send('GET', `${PROJECT}/jobs/${deployable.id}/artifacts/chaport-report.json`);
    if (response.ok) return writeFile(file, await response.text(), { mode: 0o600 });
    if (response.status !== 404) await fail(response);
  }
  process.stdout.write('No report of an apply was found: the plan is shown without a word on drift.\n');
}

async function driftIssue(action, file) {
  const issues = `${PROJECT}/issues`;
  const own = await findOwn(`${issues}?state=opened`, ({ description }) =>
    description?.startsWith(DRIFT_ISSUE),
  );
  if (action === 'close') {
    if (!own) return;
    await call('POST', `${issues}/${own.iid}/notes`, {
      body: `The account is as the file says again: [this job](${CI_JOB_URL}).`,
    });
    await call('PUT', `${issues}/${own.iid}`, { state_event: 'close' });
    return;
  }
  const description = await readFile(file, 'utf8');
  if (own) await call('PUT', `${issues}/${own.iid}`, { description });
  else
    await call('POST', issues, {
      title: `The Chaport account of ${CHAPORT_ENV} differs from its file`,
      description,
    });
}

/** The newest that matches and that the token's own user wrote: anyone can write the first line. */
async function findOwn(path, matches) {
  const me = await call('GET', '/user');
  return (await list(path)).find((item) => item.author.id === me.id && matches(item));
}

/** Every page of a list. */
async function list(path) {
  const items = [];
  for (let page = '1'; page; ) {
    const response = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    if (!response.ok) await fail(response);
    items.push(...(await response.json()));
    page = response.headers.get('x-next-page');
  }
  return items;
}

async function call(method, path, body) {
  const response = await send(method, path, body);
  if (!response.ok) await fail(response);
  return response.json();
}

function send(method, path, body) {
  return fetch(`${CI_API_V4_URL}${path}`, {
    method,
    headers: { 'PRIVATE-TOKEN': GITLAB_API_TOKEN, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
}

async function fail(response) {
  const { pathname } = new URL(response.url);
  throw new Error(
    `GitLab answered ${response.status} to ${pathname}: ${(await response.text()).slice(0, 500)}`,
  );
}
