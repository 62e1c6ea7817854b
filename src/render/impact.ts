import type { Fields } from '../model/json.ts';
import { ENDS_DOUBLED_EVENTS } from '../model/kinds/webhook.ts';
import type { PlannedChange } from '../model/plan.ts';
import { hostOf } from '../model/urls.ts';

/** Events that a host starts or stops to receive. */
export interface HostEvents {
  host: string;
  events: string[];
}

/** What a plan means to the people and systems it touches. Every list is in the order of the plan. */
export interface Impact {
  /** Created operators: each gets an invitation e-mail. */
  invited: PlannedChange[];
  /** Deleted operators: there is no undelete. */
  losesAccess: PlannedChange[];
  becomesAdmin: PlannedChange[];
  /** Demoted, or deleted while an admin. */
  stopsBeingAdmin: PlannedChange[];
  newAddress: PlannedChange[];
  statuses: PlannedChange[];
  starts: HostEvents[];
  stops: HostEvents[];
  /** Events that a host goes on receiving, at another address of its own. */
  moves: HostEvents[];
}

/** Puts a plan in the words of the domain. The only place in the render room that knows what a kind means. */
export function impactOf(changes: readonly PlannedChange[]): Impact {
  const operators = changes.filter((change) => change.kind === 'operator');
  const webhooks = changes.filter((change) => change.kind === 'webhook');
  const started = webhooks.flatMap((change) => deliveries(change, 'after'));
  const stopped = webhooks.flatMap((change) => deliveries(change, 'before'));
  return {
    invited: operators.filter((change) => change.action === 'create'),
    losesAccess: operators.filter((change) => change.action === 'delete'),
    becomesAdmin: operators.filter((change) => adminChange(change) === 'becomes'),
    stopsBeingAdmin: operators.filter((change) => adminChange(change) === 'stops'),
    newAddress: operators.filter((change) => change.action === 'update' && changesField(change, 'email')),
    statuses: changes.filter((change) => change.kind === 'status'),
    starts: byHost(started.filter((delivery) => !stopped.some((other) => isSame(delivery, other)))),
    stops: byHost(stopped.filter((delivery) => !started.some((other) => isSame(delivery, other)))),
    moves: byHost(started.filter((delivery) => stopped.some((other) => isSame(delivery, other)))),
  };
}

/** Whether an operator becomes or stops being an admin, also by being created or deleted as one. */
export function adminChange(change: PlannedChange): 'becomes' | 'stops' | null {
  if (change.kind !== 'operator') return null;
  const was = change.before?.role === 'admin';
  const will = change.after?.role === 'admin';
  if (was === will) return null;
  return will ? 'becomes' : 'stops';
}

/** What a reviewer must see whatever the room: deletes and admin changes. */
export function mustBeSeen(change: PlannedChange): boolean {
  return change.action === 'delete' || adminChange(change) !== null;
}

/** What visitors see of an operator in the chat window. */
export interface PublicFace {
  name: string | null;
  jobTitle: string | null;
  /** Address of the picture. */
  image: string | null;
}

const FACE_FIELDS = ['name', 'jobTitle', 'image'] as const satisfies (keyof PublicFace)[];

/** How visitors see an operator now and afterwards, where that differs; `before` is null for a new face. */
export function publicFaces(change: PlannedChange): { before: PublicFace | null; after: PublicFace } | null {
  const changesFace = FACE_FIELDS.some((field) => changesField(change, field));
  if (change.kind !== 'operator' || change.after === null || !changesFace) return null;
  return { before: change.before && faceOf(change.before), after: faceOf(change.after) };
}

function faceOf(fields: Fields): PublicFace {
  const textOf = (field: keyof PublicFace) => (fields[field] ? String(fields[field]) : null);
  return { name: textOf('name'), jobTitle: textOf('jobTitle'), image: textOf('image') };
}

interface Delivery {
  host: string;
  event: string;
}

/** The delivery that a webhook change ends (`before`) or begins (`after`), where it does. */
function deliveries(change: PlannedChange, side: 'before' | 'after'): Delivery[] {
  const fields = change[side];
  const isTouched =
    change.action !== 'update' || changesField(change, 'targetUrl') || changesField(change, 'event');
  if (!fields || !isTouched || change.effects.includes(ENDS_DOUBLED_EVENTS)) return [];
  return [{ host: shownHost(String(fields.targetUrl)), event: String(fields.event) }];
}

/** The host as it stands in a URL that may hold `${secret:NAME}` where no host can be parsed. */
function shownHost(url: string): string {
  if (URL.canParse(url)) return hostOf(url);
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(url)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1) || hostOf(url);
}

function changesField(change: PlannedChange, path: string): boolean {
  return change.fields.some((field) => field.path === path);
}

function isSame(a: Delivery, b: Delivery): boolean {
  return a.host === b.host && a.event === b.event;
}

function byHost(list: readonly Delivery[]): HostEvents[] {
  const hosts = [...new Set(list.map(({ host }) => host))];
  return hosts.map((host) => ({
    host,
    events: [...new Set(list.filter((delivery) => delivery.host === host).map(({ event }) => event))],
  }));
}
