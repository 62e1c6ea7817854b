import type { Seed, SimulatedAccount } from '../../src/simulator/index.ts';

/** An account and a file that needs every kind of call to get from one to the other. */
export const SEED: Seed = {
  owner: 'owner@acme.example',
  operators: [
    {
      email: 'owner@acme.example',
      name: 'Olivia Owner',
      role: 'admin',
      language: 'en',
      lastStatus: 'online',
    },
    {
      email: 'jon@acme.example',
      name: 'Jon Snow',
      role: 'operator',
      language: 'en',
      jobTitle: 'Steward',
      image: 'https://acme.example/jon.png',
      lastStatus: 'offline',
    },
    { email: 'samwell@acme.example', name: 'Sam', role: 'operator', language: 'en', lastStatus: 'online' },
    { email: 'alliser@acme.example', name: 'Alliser', role: 'admin', language: 'en', lastStatus: 'offline' },
    { email: 'janos@acme.example', name: 'Janos', role: 'admin', language: 'en', lastStatus: 'offline' },
    { email: 'rast@acme.example', name: 'Rast', role: 'operator', language: 'en', lastStatus: 'offline' },
    { email: 'anna@partner.example', name: 'Anna', role: 'operator', language: 'de', lastStatus: 'online' },
  ],
  webhooks: [
    { event: 'chat.started', targetUrl: 'https://old.acme.example/hook', essential: false },
    { event: 'chat.finished', targetUrl: 'https://old.acme.example/hook', essential: false },
    { event: 'chat.finished', targetUrl: 'https://hooks.acme.example/essential', essential: false },
    { event: 'chat.started', targetUrl: 'https://hooks.acme.example/before', essential: true },
    { event: 'chat.started', targetUrl: 'https://partner.example/chats', essential: false },
  ],
};

export const HOOK_KEY = 'h00k-k3y-of-acme';

export const FILE = `version: 1
account: { owner: owner@acme.example }
policy:
  prune: { webhooks: ["https://old.acme.example/**"] }
  maxDeletes: 5
  minAdmins: 2
operators:
  - { email: owner@acme.example, name: Olivia Owner }
  - { email: jon@acme.example, name: Jon Snow, jobTitle: The Wall supervisor, image: "", status: online }
  - { email: sam.tarly@acme.example, movedFrom: samwell@acme.example, role: admin, status: { value: away, ttl: 8h } }
  - { email: alliser@acme.example, role: operator }
  - { email: janos@acme.example, state: absent }
  - { email: rast@acme.example, state: absent }
  - { email: arya@acme.example, name: Arya Stark, role: admin, status: online }
  - { email: bran@acme.example, name: Bran Stark, status: { value: away, mode: initial } }
webhooks:
  - { url: "https://hooks.acme.example/chaport?key=\${secret:HOOK_KEY}", events: [chat.started, chat.finished], essential: true }
  - { url: "https://hooks.acme.example/essential", events: [chat.finished], essential: true }
  - { url: "https://hooks.acme.example/after", movedFrom: "https://hooks.acme.example/before", events: [chat.started] }
`;

const KEYED_URL = `https://hooks.acme.example/chaport?key=${HOOK_KEY}`;

/** What the account holds when the file has been applied, ids aside. */
export const CONVERGED = {
  operators: [
    operator('alliser@acme.example', 'Alliser', 'operator', 'offline'),
    operator('anna@partner.example', 'Anna', 'operator', 'online', { language: 'de' }),
    operator('arya@acme.example', 'Arya Stark', 'admin', 'online'),
    operator('bran@acme.example', 'Bran Stark', 'operator', 'away'),
    operator('jon@acme.example', 'Jon Snow', 'operator', 'online', { jobTitle: 'The Wall supervisor' }),
    operator('owner@acme.example', 'Olivia Owner', 'admin', 'online'),
    operator('sam.tarly@acme.example', 'Sam', 'admin', 'away'),
  ],
  webhooks: [
    'chat.finished https://hooks.acme.example/chaport essential with its key',
    'chat.finished https://hooks.acme.example/essential essential',
    'chat.started https://hooks.acme.example/after essential',
    'chat.started https://hooks.acme.example/chaport essential with its key',
    'chat.started https://partner.example/chats',
  ],
  invitations: ['arya@acme.example', 'bran@acme.example'],
};

/** Bran's status is wanted of the plan that creates him only: a run that dies in between leaves it. */
export const CONVERGED_LATER = {
  ...CONVERGED,
  operators: CONVERGED.operators.map((one) =>
    one.email === 'bran@acme.example' ? { ...one, status: 'away or offline' } : one,
  ),
};

/** The account in the form of `CONVERGED`. */
export function viewOf(account: SimulatedAccount): typeof CONVERGED {
  return {
    operators: account.operators
      .map((one) =>
        operator(one.email, one.name ?? '', one.role ?? '', one.lastStatus ?? '', {
          language: one.language ?? '',
          jobTitle: one.jobTitle ?? '',
          image: one.image ?? '',
        }),
      )
      .sort((a, b) => (a.email < b.email ? -1 : 1)),
    webhooks: account.webhooks
      .map(({ event, targetUrl, essential }) => {
        const url = targetUrl === KEYED_URL ? 'https://hooks.acme.example/chaport' : targetUrl;
        const key = targetUrl === KEYED_URL ? ' with its key' : '';
        return `${event} ${url}${essential ? ' essential' : ''}${key}`;
      })
      .sort(),
    invitations: account.invitations.map(({ email }) => email).sort(),
  };
}

/** The same, where Bran's status may be either. */
export function laterViewOf(account: SimulatedAccount): typeof CONVERGED {
  const view = viewOf(account);
  const operators = view.operators.map((one) => {
    const isEither = one.email === 'bran@acme.example' && ['away', 'offline'].includes(one.status);
    return isEither ? { ...one, status: 'away or offline' } : one;
  });
  return { ...view, operators };
}

function operator(
  email: string,
  name: string,
  role: string,
  status: string,
  { language = 'en', jobTitle = '', image = '' } = {},
) {
  return { email, name, role, status, language, jobTitle, image };
}
