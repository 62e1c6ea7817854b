import type { SinceThen } from '../../model/drift.ts';
import { kindNamed } from '../../model/kinds/index.ts';
import type { Plan, UnmanagedObject } from '../../model/plan.ts';
import { introductionOf, isAdmin } from '../closing.ts';
import { type People, peopleAmong, peopleIn } from '../people.ts';
import {
  capitalised,
  driftWords,
  groupByKind,
  headingOf,
  LEFT_THE_FILES,
  NEW_SINCE_THEN,
  UNMANAGED,
} from '../wording.ts';
import { nameList, personTag, sentence } from './inline.ts';
import { foreign, type Html, html } from './template.ts';

/** Everything that is live and in no file; who is an admin stands first, and open. */
export function unmanagedSection({ unmanaged }: Pick<Plan, 'unmanaged'>): Html | null {
  return listSection('unmanaged', UNMANAGED, unmanaged);
}

/** What became of the account since an apply. */
export function sinceSections(since: SinceThen | null, { changes }: Plan): (Html | null)[] {
  if (since === null) return [];
  const { drift, leavers, newcomers } = since;
  return [
    drift === null ? null : driftSection(drift, peopleIn(changes)),
    listSection('left', LEFT_THE_FILES, leavers, ({ still }) => [String(still)]),
    listSection('new', NEW_SINCE_THEN, newcomers),
  ];
}

function driftSection(drift: NonNullable<SinceThen['drift']>, people: People): Html {
  const names = drift.concerns.map(
    ({ kind, key }) => html`<span class="quiet">${kindNamed(kind).noun.one}</span> ${personTag(key, people)}`,
  );
  const { title, explanation } = driftWords(drift);
  return html`<section class="notice drift" aria-labelledby="drift"><h2 id="drift">${title}</h2><p>${sentence(capitalised(explanation))}</p>${names.length > 0 ? nameList(names, 'long') : null}</section>`;
}

function listSection<Found extends UnmanagedObject>(
  id: string,
  title: string,
  objects: readonly Found[],
  more: (object: Found) => string[] = () => [],
): Html | null {
  if (objects.length === 0) return null;
  const people = peopleAmong(objects);
  const line = (object: Found) => objectLine(object, people, more(object));
  const groups = groupByKind(objects).map(({ kind, items }) => {
    const admins = items.filter(isAdmin);
    const others = items.filter((object) => !isAdmin(object));
    return html`<h3>${headingOf(kind)} <span class="number">${items.length}</span></h3>${
      admins.length === 0
        ? null
        : html`<ul class="names long">${admins.map((object) => html`<li>${line(object)}</li>`)}</ul>`
    }${others.length === 0 ? null : nameList(others.map(line), 'long')}`;
  });
  return html`<section class="aside" aria-labelledby="${id}"><h2 id="${id}">${title} <span class="number">${objects.length}</span></h2>${groups}</section>`;
}

function objectLine(object: UnmanagedObject, people: People, more: readonly string[]): Html {
  const words = [...introductionOf(object), ...more].map((word) => html`, ${foreign(word)}`);
  const line = html`${personTag(object.key, people, foreign(object.key))}<span class="quiet">${words}</span>`;
  return isAdmin(object) ? html`<b>${line}</b>` : line;
}
