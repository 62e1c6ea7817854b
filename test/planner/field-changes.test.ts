import { describe, expect, it } from 'vitest';
import { changedFields } from '../../src/planner/field-changes.ts';

describe('the fields that differ', () => {
  it('stand in the given order, with both values', () => {
    expect(changedFields({ a: 1, b: 'x', c: true }, { a: 2, b: 'x', c: false }, ['c', 'b', 'a'])).toEqual([
      { path: 'c', before: true, after: false },
      { path: 'a', before: 1, after: 2 },
    ]);
  });

  it('are none where one side has null and the other lacks the field', () => {
    expect(changedFields({ a: null }, {}, ['a'])).toEqual([]);
    expect(changedFields({}, { a: null }, ['a'])).toEqual([]);
  });

  it('are all that hold something, for an object that comes or goes', () => {
    expect(changedFields(null, { a: 'x', b: null }, ['a', 'b'])).toEqual([
      { path: 'a', before: null, after: 'x' },
    ]);
    expect(changedFields({ a: 'x' }, null, ['a'])).toEqual([{ path: 'a', before: 'x', after: null }]);
  });

  it('leave out what is not in the order', () => {
    expect(changedFields({ ttl: 1 }, { ttl: 2 }, ['a'])).toEqual([]);
  });
});
