import { describe, expect, it } from 'vitest';
import { WrittenText } from '../../src/model/text.ts';
import { differingFields } from '../../src/planner/field-changes.ts';

describe('the fields that differ', () => {
  it('stand in the given order', () => {
    const before = { a: 1, b: 'x', c: true };
    expect(differingFields(before, { a: 2, b: 'x', c: false }, ['c', 'b', 'a'])).toEqual(['c', 'a']);
  });

  it('are none where one side has null and the other lacks the field', () => {
    expect(differingFields({ a: null }, {}, ['a'])).toEqual([]);
    expect(differingFields({}, { a: null }, ['a'])).toEqual([]);
  });

  it('are all that hold something, for an object that comes or goes', () => {
    expect(differingFields(null, { a: 'x', b: null }, ['a', 'b'])).toEqual(['a']);
    expect(differingFields({ a: 'x' }, null, ['a'])).toEqual(['a']);
  });

  it('leave out what is not in the order', () => {
    expect(differingFields({ ttl: 1 }, { ttl: 2 }, ['a'])).toEqual([]);
  });

  it('are those that really differ, however they are shown', () => {
    const text = new WrittenText('https://a.example/?key=s3cret', 'https://a.example/?key=${secret:KEY}', [
      'KEY',
    ]);
    expect(differingFields({ a: 'https://a.example/?key=s3cret' }, { a: text }, ['a'])).toEqual([]);
    expect(differingFields({ a: text.shown }, { a: text }, ['a'])).toEqual(['a']);
  });
});
