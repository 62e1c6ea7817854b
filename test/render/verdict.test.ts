import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KindName } from '../../src/model/kinds/index.ts';
import { kindNamed } from '../../src/model/kinds/index.ts';
import { render } from '../../src/render/render.ts';
import { verdictParts } from '../../src/render/verdict.ts';
import { groupByKind } from '../../src/render/wording.ts';
import { changeOf, everydayPlan, operatorFields, planOf } from './sample-plans.ts';

const words = (plan = everydayPlan(), named = 2) =>
  verdictParts(plan.changes, named)
    .map((part) => (typeof part === 'string' ? part : `<${part.key}>`))
    .join('');

describe('the verdict', () => {
  afterEach(() => vi.restoreAllMocks());

  it('joins the clauses of all kinds, in the order of the kinds', () => {
    expect(words()).toBe(
      'invite <eve@acme.example>, take access from <alliser@acme.example> for good, make <jon.snow@acme.example> an admin, change 1 operator, set 2 statuses, create 1 webhook and delete 1 webhook',
    );
  });

  it('names a few people and counts many', () => {
    const invited = (count: number) =>
      planOf(
        Array.from({ length: count }, (_unused, index) =>
          changeOf('create', 'operator', null, operatorFields(`p${index}@acme.example`)),
        ),
      );
    expect(words(invited(2))).toBe('invite <p0@acme.example> and <p1@acme.example>');
    expect(words(invited(3))).toBe('invite 3 people');
    expect(words(invited(1), 0)).toBe('invite 1 person');
  });

  it.each(['markdown', 'html'] as const)(
    'is never empty in %s: a kind without words is a fault',
    (format) => {
      const silent = kindNamed('status');
      vi.spyOn(silent, 'headline').mockReturnValue([{ before: 'set ', count: 0, noun: silent.noun }]);
      expect(() => render(everydayPlan(), { format })).toThrow(
        new TypeError('no headline for changes of statuses'),
      );
    },
  );
});

describe('groupByKind', () => {
  it('leaves nothing out in silence', () => {
    const items = [{ kind: 'constructor' as KindName }];
    expect(() => groupByKind(items)).toThrow(new TypeError('no resource kind "constructor"'));
  });
});
