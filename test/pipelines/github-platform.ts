import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textFrom } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { fakeGh } from './fake-gh.ts';

export const REPOSITORY = 'acme/chaport';
export const BOT = 'github-actions[bot]';
const REPOSITORY_ID = 1;

export type Permissions = Readonly<Record<string, string>>;

interface Comment {
  id: number;
  user: { login: string };
  body: string;
}

interface Status {
  sha: string;
  context: string;
  state: string;
  description: string;
  target_url: string;
  created_at: string;
  creator: { login: string };
}

interface Pull {
  number: number;
  head: { sha: string };
  merge_commit_sha: string | null;
  merged_at: string | null;
}

interface Issue extends Comment {
  number: number;
  title: string;
  state: string;
  comments: Comment[];
}

interface Artifact {
  name: string;
  file: string;
  content: string;
  expired: boolean;
  created_at: string;
  workflow_run: { id: number; head_branch: string; head_repository_id: number; repository_id: number };
}

type Fields = Record<string, string>;

interface Call {
  match: RegExpExecArray;
  url: URL;
  body: Fields;
}

interface Route {
  method: string;
  path: RegExp;
  /** Any one of these is enough. */
  needs: readonly [area: string, level: 'read' | 'write'][];
  answer(call: Call): unknown;
}

/** As much of GitHub as the examples use. Each job's token may do what its `permissions` say, and nothing else. */
export class GithubPlatform {
  readonly comments = new Map<number, Comment[]>();
  readonly statuses: Status[] = [];
  readonly pulls: Pull[] = [];
  readonly issues: Issue[] = [];
  readonly artifacts: Artifact[] = [];
  /** Small, so that the lists of a test have several pages. */
  pageSize = 2;
  readonly #tokens = new Map<string, Permissions>();
  #lastId = 100;
  #minutes = 0;

  async start(): Promise<string> {
    const server = createServer(async (request, response) => {
      if (request.url === '/fake/gh') {
        const { code, shown } = await fakeGh(await textFrom(request));
        response.end(`${code}\n${shown}`);
        return;
      }
      this.#answer(request).then(([code, body, link]) => {
        response.writeHead(code, link === undefined ? {} : { link });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  tokenFor(permissions: Permissions): string {
    const token = `ghs_${this.nextId()}_token`;
    this.#tokens.set(token, permissions);
    return token;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Every reading is a minute later than the one before. */
  now(): string {
    this.#minutes += 1;
    return new Date(Date.UTC(2026, 10, 23, 10, this.#minutes)).toISOString().replace('.000', '');
  }

  commentsOn(pull: number): Comment[] {
    const list = this.comments.get(pull) ?? [];
    this.comments.set(pull, list);
    return list;
  }

  setStatus(
    sha: string,
    fields: { state: string; description: string; login?: string; context?: string; target_url?: string },
  ): void {
    const {
      state,
      description,
      login = BOT,
      context = 'chaport/plan (production)',
      target_url = '',
    } = fields;
    const created_at = this.now();
    this.statuses.unshift({
      sha,
      context,
      state,
      description,
      target_url,
      created_at,
      creator: { login },
    });
  }

  merge(number: number, headSha: string, mergeSha: string): void {
    this.pulls.push({ number, head: { sha: headSha }, merge_commit_sha: mergeSha, merged_at: this.now() });
  }

  addArtifact(
    fields: Pick<Artifact, 'name' | 'file' | 'content'>,
    run: { branch: string; fork?: boolean; id?: number },
  ): void {
    const workflow_run = {
      id: run.id ?? this.nextId(),
      head_branch: run.branch,
      head_repository_id: run.fork ? 2 : REPOSITORY_ID,
      repository_id: REPOSITORY_ID,
    };
    this.artifacts.push({ ...fields, expired: false, created_at: this.now(), workflow_run });
  }

  async #answer(request: IncomingMessage): Promise<[code: number, body: unknown, link?: string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const permissions = this.#tokens.get((request.headers.authorization ?? '').replace('token ', ''));
    if (!permissions) return [401, { message: 'Bad credentials' }];
    for (const route of this.#routes) {
      const match = route.path.exec(url.pathname);
      if (!match || route.method !== request.method) continue;
      if (!isAllowed(route, permissions)) return [403, { message: 'Resource not accessible by integration' }];
      const body = text === '' ? {} : (JSON.parse(text) as Fields);
      const answer = route.answer({ match, url, body });
      if (answer === null) return [404, { message: 'Not Found' }];
      return Array.isArray(answer) ? this.#page(answer, url) : [200, answer];
    }
    return [404, { message: `no such route: ${request.method} ${url.pathname}` }];
  }

  #page(list: readonly unknown[], url: URL): [code: number, body: unknown, link?: string] {
    const page = Number(url.searchParams.get('page') ?? 1);
    const items = list.slice((page - 1) * this.pageSize, page * this.pageSize);
    if (page * this.pageSize >= list.length) return [200, items];
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    return [200, items, `<${next.href}>; rel="next"`];
  }

  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: repositoryPath('/issues/(\\d+)/comments'),
      needs: [
        ['pull-requests', 'read'],
        ['issues', 'read'],
      ],
      answer: ({ match }) => this.commentsOn(Number(match[1])),
    },
    {
      method: 'POST',
      path: repositoryPath('/issues/(\\d+)/comments'),
      needs: [
        ['pull-requests', 'write'],
        ['issues', 'write'],
      ],
      answer: ({ match, body }) => {
        const comment = { id: this.nextId(), user: { login: BOT }, body: body.body ?? '' };
        const issue = this.issues.find(({ number }) => number === Number(match[1]));
        (issue?.comments ?? this.commentsOn(Number(match[1]))).push(comment);
        return comment;
      },
    },
    {
      method: 'PATCH',
      path: repositoryPath('/issues/comments/(\\d+)'),
      needs: [
        ['pull-requests', 'write'],
        ['issues', 'write'],
      ],
      answer: ({ match, body }) => {
        const comment = [...this.comments.values()].flat().find(({ id }) => id === Number(match[1]));
        return comment ? Object.assign(comment, body) : null;
      },
    },
    {
      method: 'POST',
      path: repositoryPath('/statuses/([0-9a-f]{40})'),
      needs: [['statuses', 'write']],
      answer: ({ match, body }) => {
        if ((body.description ?? '').length > 140) return null;
        const { state = '', description = '', context = '', target_url = '' } = body;
        this.setStatus(match[1] ?? '', { state, description, context, target_url });
        return {};
      },
    },
    {
      method: 'GET',
      path: repositoryPath('/commits/([0-9a-f]{40})/statuses'),
      needs: [['statuses', 'read']],
      answer: ({ match }) => this.statuses.filter(({ sha }) => sha === match[1]),
    },
    {
      method: 'GET',
      path: repositoryPath('/commits/([0-9a-f]{40})/pulls'),
      needs: [['pull-requests', 'read']],
      answer: () => this.pulls,
    },
    {
      method: 'GET',
      path: repositoryPath('/issues'),
      needs: [['issues', 'read']],
      answer: ({ url }) => this.issues.filter(({ state }) => state === url.searchParams.get('state')),
    },
    {
      method: 'POST',
      path: repositoryPath('/issues'),
      needs: [['issues', 'write']],
      answer: ({ body }) => {
        const id = this.nextId();
        const issue = {
          id,
          number: id,
          user: { login: BOT },
          title: '',
          body: '',
          state: 'open',
          comments: [],
        };
        this.issues.push(Object.assign(issue, body));
        return issue;
      },
    },
    {
      method: 'PATCH',
      path: repositoryPath('/issues/(\\d+)'),
      needs: [['issues', 'write']],
      answer: ({ match, body }) => {
        const issue = this.issues.find(({ number }) => number === Number(match[1]));
        return issue ? Object.assign(issue, body) : null;
      },
    },
    {
      method: 'GET',
      path: repositoryPath('/actions/artifacts'),
      needs: [['actions', 'read']],
      answer: ({ url }) => ({
        artifacts: this.artifacts.filter(({ name }) => name === url.searchParams.get('name')),
      }),
    },
    {
      method: 'GET',
      path: /^\/fake\/runs\/(\d+)\/artifacts\/(.+)$/,
      needs: [['actions', 'read']],
      answer: ({ match }) =>
        this.artifacts.find(
          ({ name, workflow_run }) => workflow_run.id === Number(match[1]) && name === match[2],
        ) ?? null,
    },
  ];
}

function repositoryPath(rest: string): RegExp {
  return new RegExp(`^/repos/${REPOSITORY}${rest}$`);
}

function isAllowed({ needs }: Route, permissions: Permissions): boolean {
  return needs.some(([area, level]) => permissions[area] === 'write' || permissions[area] === level);
}
