import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const PROJECT_ID = 42;
export const API_TOKEN = 'glpat-of-the-project';
const BOT = { id: 900, username: 'project_42_bot' };

interface Note {
  id: number;
  body: string;
  author: { id: number };
  updated_at: string;
}

interface MergeRequest {
  iid: number;
  state: string;
  sha: string;
  merge_commit_sha: string | null;
  squash_commit_sha: string | null;
  target_branch: string;
  target_project_id: number;
  merged_at: string;
}

interface Issue {
  iid: number;
  title: string;
  description: string;
  state: string;
  author: { id: number };
  notes: string[];
}

type Fields = Record<string, string>;
type Answer = (match: RegExpExecArray, body: Fields, url: URL) => unknown;

/** As much of GitLab as the example uses, for one project and the user of its token. */
export class GitlabPlatform {
  readonly notes = new Map<number, Note[]>();
  readonly mergeRequests: MergeRequest[] = [];
  readonly issues: Issue[] = [];
  /** Newest first; `report` is the artifact of the job. */
  readonly deployments: { id: number; environment: string; report: string | null }[] = [];
  /** Small, so that the lists of a test have several pages. */
  pageSize = 2;
  #lastId = 100;
  #minutes = 0;

  /** @returns what `CI_API_V4_URL` is */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.#answer(request).then(([code, body, nextPage]) => {
        response.writeHead(code, { 'x-next-page': nextPage });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`;
  }

  /** By the job that made them. */
  readonly keptPlans = new Map<number, string>();

  notesOn(iid: number): Note[] {
    const list = this.notes.get(iid) ?? [];
    this.notes.set(iid, list);
    return list;
  }

  addNote(iid: number, body: string, author = BOT.id): Note {
    const note = { id: this.#nextId(), body, author: { id: author }, updated_at: this.now() };
    // GitLab lists the newest first.
    this.notesOn(iid).unshift(note);
    return note;
  }

  merge(fields: Pick<MergeRequest, 'iid' | 'sha'> & Partial<MergeRequest>): void {
    this.mergeRequests.push({
      state: 'merged',
      merge_commit_sha: null,
      squash_commit_sha: null,
      target_branch: 'main',
      target_project_id: PROJECT_ID,
      merged_at: this.now(),
      ...fields,
    });
  }

  deploy(environment: string, report: string | null): void {
    this.deployments.unshift({ id: this.#nextId(), environment, report });
  }

  addIssue(fields: Partial<Issue>): Issue {
    const issue = {
      iid: this.#nextId(),
      title: '',
      description: '',
      state: 'opened',
      author: { id: BOT.id },
      notes: [],
      ...fields,
    };
    this.issues.push(issue);
    return issue;
  }

  /** Every reading is a minute later than the one before. */
  now(): string {
    this.#minutes += 1;
    return new Date(Date.UTC(2026, 10, 23, 10, this.#minutes)).toISOString();
  }

  nextJob(): number {
    return this.#nextId();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async #answer(request: IncomingMessage): Promise<[code: number, body: unknown, nextPage: string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://gitlab.example');
    if (request.headers['private-token'] !== API_TOKEN) return [401, { message: '401 Unauthorized' }, ''];
    const body = text === '' ? {} : (JSON.parse(text) as Fields);
    const called = `${request.method} ${url.pathname.replace('/api/v4', '')}`;
    for (const [pattern, answer] of this.#routes) {
      const match = pattern.exec(called);
      if (!match) continue;
      const result = answer(match, body, url);
      if (result === null || result === undefined) return [404, { message: '404 Not found' }, ''];
      if (!Array.isArray(result)) return [200, result, ''];
      const page = Number(url.searchParams.get('page') ?? 1);
      const items = result.slice((page - 1) * this.pageSize, page * this.pageSize);
      return [200, items, page * this.pageSize < result.length ? String(page + 1) : ''];
    }
    return [404, { message: `no such route: ${called}` }, ''];
  }

  readonly #routes: readonly [RegExp, Answer][] = [
    [/^GET \/user$/, () => BOT],
    [inProject('GET', '/merge_requests/(\\d+)/notes'), ([, iid]) => this.notesOn(Number(iid))],
    [
      inProject('POST', '/merge_requests/(\\d+)/notes'),
      ([, iid], { body = '' }) => this.addNote(Number(iid), body),
    ],
    [
      inProject('PUT', '/merge_requests/(\\d+)/notes/(\\d+)'),
      ([, iid, id], { body = '' }) => {
        const note = this.notesOn(Number(iid)).find((one) => one.id === Number(id));
        return note && Object.assign(note, { body, updated_at: this.now() });
      },
    ],
    [inProject('GET', '/repository/commits/[0-9a-f]{40}/merge_requests'), () => this.mergeRequests],
    [
      inProject('GET', '/deployments'),
      (_match, _body, url) =>
        this.deployments
          .filter(({ environment }) => environment === url.searchParams.get('environment'))
          .map(({ id }) => ({ id, deployable: { id } })),
    ],
    [inProject('GET', '/jobs/(\\d+)/artifacts/plan.json'), ([, id]) => this.keptPlans.get(Number(id))],
    [
      inProject('GET', '/jobs/(\\d+)/artifacts/chaport-report.json'),
      ([, id]) => this.deployments.find((one) => one.id === Number(id))?.report,
    ],
    [
      inProject('GET', '/issues'),
      (_match, _body, url) => this.issues.filter(({ state }) => state === url.searchParams.get('state')),
    ],
    [inProject('POST', '/issues'), (_match, body) => this.addIssue(body)],
    [
      inProject('PUT', '/issues/(\\d+)'),
      ([, iid], { state_event, ...fields }) => {
        const issue = this.issues.find((one) => one.iid === Number(iid));
        return issue && Object.assign(issue, fields, state_event === 'close' ? { state: 'closed' } : {});
      },
    ],
    [
      inProject('POST', '/issues/(\\d+)/notes'),
      ([, iid], { body = '' }) => {
        this.issues.find((one) => one.iid === Number(iid))?.notes.push(body);
        return { body };
      },
    ],
  ];
}

function inProject(method: string, rest: string): RegExp {
  return new RegExp(`^${method} /projects/${PROJECT_ID}${rest}$`);
}
