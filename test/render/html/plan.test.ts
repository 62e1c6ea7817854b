import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Drift } from '../../../src/model/drift.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { renderPlanHtml } from '../../../src/render/html/plan.ts';
import { hostileText, planAbout } from '../hostile-plans.ts';
import {
  at,
  changeOf,
  everydayPlan,
  HOSTILE_TEXTS,
  largePlan,
  operatorFields,
  planOf,
} from '../sample-plans.ts';
import { attributeOf, type ParsedPage, parsePage, skeletonOf, textOf, withClass } from './parsed.ts';

const pageOf = (plan: Plan) => parsePage(renderPlanHtml(plan));
const textsOf = (page: ParsedPage, tagName: string) =>
  page.elements.filter((element) => element.tagName === tagName).map(textOf);

const LOADING_ATTRIBUTES =
  /^(?:href|src|srcset|action|formaction|data|poster|background|cite|ping|style|on.*|xlink:.*|manifest|longdesc|usemap)$/;

/** What would be shown in the place of signs that nobody may see or obey. */
const HIDDEN_SIGNS = /(?!\n)[\p{Cc}\p{Cs}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** The same page as for a text in which nothing could be taken for markup; a `^` is no more part of a host than a `<`. */
function expectNothingToStemFrom(text: string): void {
  const shown = renderPlanHtml(planAbout(text));
  const page = parsePage(shown);
  expect(page.errors).toEqual([]);
  expect(skeletonOf(page)).toEqual(
    skeletonOf(pageOf(planAbout(text.replace(/[<>]/g, '^').replaceAll('&', '+')))),
  );
  expect(shown).not.toMatch(HIDDEN_SIGNS);
}

describe('renderPlanHtml', () => {
  it('opens with the verdict, and shows impact before changes, unmanaged objects and warnings', () => {
    const page = pageOf(everydayPlan());
    expect(textsOf(page, 'h1')).toEqual([
      'This plan will invite eve@acme.example (Eve), take access from alliser@acme.example (Alliser) for good, make jon.snow@acme.example (Jon Snow) an admin, change 1 operator, set 2 statuses, create 1 webhook and delete 1 webhook.',
    ]);
    expect(textsOf(page, 'h2')).toEqual([
      'Impact',
      'Changes',
      'Unmanaged: live, not in the file, and left alone 1',
      'Warnings 1',
    ]);
    expect(textsOf(page, 'h3')).toEqual(['Operators', 'Statuses', 'Webhooks', 'Operators 1']);
    expect(textsOf(page, 'dt').slice(0, 4)).toEqual([
      'Loses access for good',
      'Becomes an admin',
      'Starts receiving events',
      'Gets an invitation e-mail',
    ]);
  });

  it('shows each field before and after, the effects and the place', () => {
    const [card] = withClass(pageOf(everydayPlan()), 'card');
    const text = card ? textOf(card) : '';
    expect(text).toContain('jobTitleStewardThe Wall supervisor');
    expect(text).toContain('roleoperatoradmin');
    expect(text).toContain('becomes an admin');
    expect(text).toContain('chaport.yaml:19');
  });

  it('shows one side where there is only one', () => {
    const page = pageOf(
      planOf([changeOf('delete', 'operator', operatorFields('a@b.c', { name: 'Al' }), null)]),
    );
    expect(textsOf(page, 'th')).toEqual(['Field', 'Before', 'role']);
    expect(withClass(page, 'who').map(textOf)).toContain('Al');
    expect(withClass(page, 'becomes')).toEqual([]);
  });

  it('shows how visitors see whoever changes in public, with the address of the picture as text', () => {
    const page = pageOf(everydayPlan());
    expect(withClass(page, 'visitors').map(textOf)).toEqual([
      'How visitors see itNowJJon SnowStewardNo pictureAfterJJon SnowThe Wall supervisorNo picture',
      'How visitors see itNowSSamNo titlePicture: https://acme.example/sam.pngAfterSSamNo titleNo picture',
      'How visitors see itNewEEveSupportNo picture',
    ]);
    expect(textsOf(page, 'mark')).toEqual(['The Wall supervisor', 'No picture']);
  });

  it('shows what the file does not manage as visitors see it today', () => {
    const about = {
      name: 'Jon Snow',
      jobTitle: 'Steward',
      image: 'https://acme.example/jon.png',
      lastActivityAt: null,
    };
    const [before, after] = ['Steward', 'Supervisor'].map((jobTitle) => ({ email: 'a@b.c', jobTitle }));
    const change = changeOf('update', 'operator', before ?? null, after ?? null, { about });
    expect(withClass(pageOf(planOf([change])), 'visitors').map(textOf)).toEqual([
      'How visitors see itNowJJon SnowStewardPicture: https://acme.example/jon.pngAfterJJon SnowSupervisorPicture: https://acme.example/jon.png',
    ]);
  });

  it('shows no visitor card for a change that visitors cannot see', () => {
    const change = changeOf(
      'update',
      'operator',
      operatorFields('a@b.c'),
      operatorFields('a@b.c', { role: 'admin' }),
    );
    expect(withClass(pageOf(planOf([change])), 'visitors')).toEqual([]);
  });

  it('puts refusals first and does not offer to apply', () => {
    const refusal = {
      code: 'min-admins' as const,
      message: 'it would leave 0 admins',
      hint: 'keep one',
      ...at(9),
    };
    const plan = planOf([changeOf('delete', 'operator', operatorFields('a@b.c'), null)], {
      refusals: [refusal],
    });
    const page = pageOf(plan);
    expect(textsOf(page, 'title')).toEqual(['Refused plan: 0 to create, 0 to update, 1 to delete']);
    expect(textsOf(page, 'h1')[0]).toBe(
      'This plan is refused. It would take access from a@b.c (Jon Snow) for good.',
    );
    expect(textsOf(page, 'h2')[0]).toBe('✕ Refused: this plan can be read, but not applied');
    expect(withClass(page, 'refused').map(textOf)[0]).toContain(
      'it would leave 0 admins chaport.yaml:9keep one',
    );
    expect(textsOf(page, 'footer')[0]).not.toContain('--expect-digest');
    expect(textsOf(pageOf(planOf(plan.changes)), 'footer')[0]).toContain(
      `chaportctl apply --expect-digest ${plan.digest}`,
    );
  });

  it('says at once that there is nothing to do', () => {
    const page = pageOf(planOf([]));
    expect(textsOf(page, 'h1')).toEqual(['No changes. The account is as the file says.']);
    expect(textsOf(page, 'h2')).toEqual([]);
  });

  it('names what drifted, and does not call it drift where nothing did', () => {
    const plan = everydayPlan();
    const jon = { kind: 'operator', key: 'jon.snow@acme.example' } as const;
    const since = '2026-11-20T10:00:00.000Z';
    const withDrift = (drift: Drift) => ({ since: { since, drift, leavers: [], newcomers: [] } });
    const drifted = parsePage(renderPlanHtml(plan, withDrift({ since, concerns: [jon], leftOver: [] })));
    expect(withClass(drifted, 'drift').map(textOf)[0]).toMatch(
      /^DriftThe files are as they were .* It concerns 1 object:operator jon\.snow@acme\.example Jon Snow$/,
    );
    const leftOver = parsePage(renderPlanHtml(plan, withDrift({ since, concerns: [], leftOver: [jon] })));
    expect(withClass(leftOver, 'drift').map(textOf)[0]).toMatch(/^No driftThe last apply /);
  });

  it('counts what each filter shows, and has none where there is nothing to choose', () => {
    expect(textsOf(pageOf(everydayPlan()), 'label').map((label) => label.trim())).toEqual([
      'Operators 4',
      'Statuses 2',
      'Webhooks 2',
      'create 2',
      'update 4',
      'delete 2',
    ]);
    const one = planOf([changeOf('delete', 'operator', operatorFields('a@b.c'), null)]);
    expect(withClass(pageOf(one), 'filters')).toEqual([]);
  });

  it.each([1, 15, 400])('leaves nothing out of %i changes', (size) => {
    const plan = largePlan(size);
    const page = pageOf(plan);
    const keys = withClass(page, 'key').map(textOf);
    expect(keys).toHaveLength(size);
    expect(plan.changes.filter(({ key }) => !keys.includes(key))).toEqual([]);
    const names = withClass(page, 'names').map(textOf).join('\n');
    const deleted = plan.changes.filter(({ action, kind }) => action === 'delete' && kind === 'operator');
    expect(deleted.filter(({ key }) => !names.includes(key))).toEqual([]);
  });

  it('is well-formed, with one h1, no heading level skipped and no id twice', () => {
    for (const plan of [everydayPlan(), largePlan(15), planOf([])]) {
      const page = pageOf(plan);
      expect(page.errors).toEqual([]);
      const levels = page.elements.flatMap(({ tagName }) =>
        /^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [],
      );
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      const ids = page.elements.flatMap((element) => attributeOf(element, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('allows itself nothing but its one stylesheet, by hash', () => {
    const page = pageOf(everydayPlan());
    const meta = page.elements.find(
      (element) => attributeOf(element, 'http-equiv') === 'Content-Security-Policy',
    );
    const [style = ''] = textsOf(page, 'style');
    const hash = createHash('sha256').update(style).digest('base64');
    expect(meta && attributeOf(meta, 'content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import|image-set/);
    expect(textsOf(page, 'script')).toEqual([]);
  });

  it('has no attribute that could load or run anything', () => {
    for (const plan of [everydayPlan(), ...HOSTILE_TEXTS.map(planAbout)]) {
      const names = pageOf(plan).elements.flatMap(({ attrs }) => attrs.map(({ name }) => name));
      expect(names.filter((name) => LOADING_ATTRIBUTES.test(name))).toEqual([]);
    }
  });

  it.each(HOSTILE_TEXTS)('lets no element or attribute stem from %j', expectNothingToStemFrom);

  it('lets no element or attribute stem from any text, and shows every hidden sign', () => {
    const markup = fc.constantFrom(
      '<b>',
      '</b>',
      '<i class=x>',
      '"><script>',
      "' onclick='",
      '<!--',
      '-->',
      '&lt;',
      ']]>',
    );
    const text = fc.array(fc.oneof(markup, hostileText), { maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, expectNothingToStemFrom), { numRuns: 100, examples: [['/<b>']] });
  });

  it('keeps foreign text whole, blanks included', () => {
    const change = changeOf(
      'update',
      'operator',
      operatorFields('a@b.c', { name: ' a  b ' }),
      operatorFields('a@b.c', { name: '<b>&amp;"\'' }),
    );
    const page = pageOf(planOf([change]));
    expect(textsOf(page, 'del')).toEqual(['\\x20a \\x20b\\x20']);
    expect(textsOf(page, 'ins')).toEqual(['<b>&amp;"\'']);
  });
});
