import { describe, expect, test } from 'vitest';
import { pathBelow, pathOfSameList } from '../../../src/chaport/api/links.ts';

const API = 'https://app.chaport.com/api/v1';
const PROXY = 'https://api.getmembrane.com/connections/c1/proxy';

describe('a link in an answer of the API', () => {
  test.each([
    [`${API}/operators?page=2`, '/operators?page=2'],
    ['/api/v1/operators?page=2', '/operators?page=2'],
    ['?page=2', '/operators?page=2'],
    ['HTTPS://APP.chaport.com:443/api/v1/operators?page=2#x', '/operators?page=2'],
    [`${API}/elsewhere`, '/elsewhere'],
  ])('%s stays below the base URL', (link, path) => {
    expect(pathBelow(API, link, '/operators')).toBe(path);
  });

  test.each([
    'https://evil.example/api/v1/operators',
    'http://app.chaport.com/api/v1/operators',
    'https://app.chaport.com:8443/api/v1/operators',
    '//evil.example/api/v1/operators',
    'https://bob:pw@app.chaport.com/api/v1/operators',
    '/api/v1../operators',
    '/api/v1/../v2/operators',
    '/api/v1',
    'javascript:alert(1)',
    'http://',
  ])('%s leads out of it', (link) => {
    expect(pathBelow(API, link, '/operators')).toBeNull();
  });
});

describe('a link in an answer that a gateway passed on', () => {
  test.each([
    [`${API}/operators?page=2`, '/operators?page=2'],
    ['https://app.chaport.ru/api/v1/operators?page=2', '/operators?page=2'],
    ['https://behind.example/operators?page=2', '/operators?page=2'],
    [`${PROXY}/operators?page=2`, '/operators?page=2'],
    ['/api/v1/operators?page=2#x', '/operators?page=2'],
    ['?page=2', '/operators?page=2'],
    [`${API}/operators`, '/operators'],
  ])('%s gives the query for the same list, through the gateway', (link, path) => {
    expect(pathOfSameList(PROXY, link, '/operators?page=1')).toBe(path);
  });

  test.each([
    `${API}/operators/1`,
    `${API}/events/subscriptions?page=2`,
    `${API}/co-operators?page=2`,
    `${API}/operators/../../connections?page=2`,
    `${API}/x%2Foperators`,
    'https://bob:pw@app.chaport.com/api/v1/operators?page=2',
    'file:///operators',
    'http://',
  ])('%s is not followed: it is another thing than this list', (link) => {
    expect(pathOfSameList(PROXY, link, '/operators?page=1')).toBeNull();
  });
});
