import { describe, expect, it } from 'vitest';
import { comparePlans } from '../../../src/model/plan-comparison.ts';
import { renderComparisonHtml } from '../../../src/render/html/comparison.ts';
import { planAbout } from '../hostile-plans.ts';
import { changeOf, everydayPlan, HOSTILE_TEXTS, operatorFields, planOf } from '../sample-plans.ts';
import { parsePage, skeletonOf, textOf, withClass } from './parsed.ts';

const MIRA = operatorFields('mira@acme.example', { name: 'Mira' });
const SAM = operatorFields('sam@acme.example', { name: 'Sam' });
const JON = operatorFields('jon@acme.example', { name: 'Jon' });
const invite = (fields: typeof MIRA) => changeOf('create', 'operator', null, fields);
const OLD = { ...planOf([invite(MIRA), invite(SAM)]), digest: 'sha256:old' };
const NEW = {
  ...planOf([invite({ ...SAM, jobTitle: 'Maester' }), changeOf('delete', 'operator', JON, null)]),
  digest: 'sha256:new',
};

describe('renderComparisonHtml', () => {
  it('says which plan alone does what, and what both do differently', () => {
    const names = { old: 'reviewed.json', new: 'plan.json' };
    const page = parsePage(renderComparisonHtml(comparePlans(OLD, NEW), { names }));
    expect(page.errors).toEqual([]);
    const texts = (tag: string) =>
      page.elements.filter(({ tagName }) => tagName === tag).map((element) => textOf(element).trim());
    expect(texts('title')).toEqual(['Two plans that differ']);
    expect(texts('h1')).toEqual([
      'Not the same plan: 1 change only in the new one, 1 change only in the old one, 1 change in both differs.',
    ]);
    expect(texts('h2')).toEqual(['Only in plan.json', 'Only in reviewed.json', 'In both, but not the same']);
    expect(withClass(page, 'row').map(textOf)).toEqual([
      '−delete jon@acme.example Jonoperator',
      '+create mira@acme.example Miraoperator',
    ]);
    expect(withClass(page, 'difference').map(textOf)).toEqual([
      '+create sam@acme.example Sam operatorFieldOldNewjobTitle(empty)Maester',
    ]);
    expect(texts('dd')).toEqual(['reviewed.json: sha256:old', 'plan.json: sha256:new']);
  });

  it('says of equal plans that they are equal, and lists nothing', () => {
    const page = parsePage(renderComparisonHtml(comparePlans(OLD, OLD)));
    expect(page.elements.filter(({ tagName }) => tagName === 'h1').map(textOf)).toEqual([
      'Both plans do the same: their digests are equal.',
    ]);
    expect(page.elements.filter(({ tagName }) => tagName === 'section')).toEqual([]);
  });

  it.each(HOSTILE_TEXTS)('takes no markup from %j', (text) => {
    const pageAbout = (name: string) =>
      parsePage(
        renderComparisonHtml(comparePlans(everydayPlan(), { ...planAbout(name), digest: name }), {
          names: { old: name, new: name },
        }),
      );
    const calm = text.replace(/[<>]/g, '^').replaceAll('&', '+');
    expect(pageAbout(text).errors).toEqual([]);
    expect(skeletonOf(pageAbout(text))).toEqual(skeletonOf(pageAbout(calm)));
  });
});
