import { kindNamed } from '../../model/kinds/index.ts';
import type { PublicFace } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { escapeForTerminal } from '../escape.ts';
import { foreign, type Html, html } from './template.ts';

/** How visitors see them before and after, where they do and that changes. The picture is named, never loaded. */
export function visitorDetails(changes: readonly PlannedChange[]): Html | null {
  const figures = changes.flatMap((change) => {
    const faces = kindNamed(change.kind).publicFaces?.(change) ?? null;
    return faces === null ? [] : [faceFigure(faces)];
  });
  if (figures.length === 0) return null;
  const whom = changes.length === 1 ? 'it' : 'them';
  return html`<details class="visitors"><summary>How visitors see ${whom}</summary>${figures}</details>`;
}

function faceFigure(faces: { before: PublicFace | null; after: PublicFace }): Html {
  const before = faces.before === null ? null : faceCard('Now', faces.before, null);
  const after = faceCard(faces.before === null ? 'New' : 'After', faces.after, faces.before);
  return html`<div class="faces">${before}${after}</div>`;
}

function faceCard(when: string, face: PublicFace, earlier: PublicFace | null): Html {
  return html`<div class="face"><p class="when">${when}</p><span class="avatar" aria-hidden="true">${initialOf(face)}</span><div><p class="face-name">${faceText(face.name, earlier?.name, 'No name')}</p><p class="face-title">${faceText(face.jobTitle, earlier?.jobTitle, 'No title')}</p><p class="face-image">${face.image === null ? null : 'Picture: '}${faceText(face.image, earlier?.image, 'No picture')}</p></div></div>`;
}

/** What is new is marked, where there was an earlier face to compare with. */
function faceText(text: string | null, earlier: string | null | undefined, missing: string): Html {
  const shown = text === null ? html`<span class="empty">${missing}</span>` : foreign(text);
  return earlier === undefined || earlier === text ? shown : html`<mark>${shown}</mark>`;
}

let graphemes: Intl.Segmenter | null = null;

function initialOf({ name }: PublicFace): Html {
  // Slow to make, and not every page has faces.
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const [first] = graphemes.segment(escapeForTerminal((name ?? '').trim()));
  return foreign(first?.segment ?? '?');
}
