import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  renderProgressLine,
  renderReportMarkdown,
  renderReportText,
  renderStartedLine,
} from '../../../src/render/index.ts';
import { displayWidth } from '../../../src/render/width.ts';
import { changeOf, everydayPlan, operatorFields, reportOf, resultOf } from '../sample-plans.ts';

const PLAIN = { color: false, width: 80 };

const eve = changeOf('create', 'operator', null, operatorFields('eve@acme.example'));
const jon = changeOf(
  'update',
  'operator',
  operatorFields('jon@acme.example'),
  operatorFields('jon@acme.example', { role: 'admin', name: 'Jon' }),
);
const status = changeOf('update', 'status', null, { email: 'eve@acme.example', status: 'away', ttl: 60 });

describe('renderReportText', () => {
  it('lists what was applied, and says that nothing is left', async () => {
    const results = everydayPlan().changes.map((change) => resultOf(change));
    await expect(renderReportText(reportOf(results), PLAIN)).toMatchFileSnapshot(
      'expected/converged-report.txt',
    );
  });

  it('tells applied, skipped, unknown and failed apart, each with its reason', async () => {
    const report = reportOf(
      [
        resultOf(jon, {
          outcome: 'failed',
          attempts: 6,
          milliseconds: 31_234,
          error: `HTTP 503: ${'upstream '.repeat(12)}`,
        }),
        resultOf(eve, { outcome: 'unknown', error: 'the answer was lost' }),
        resultOf(status, {
          outcome: 'skipped',
          attempts: 0,
          milliseconds: 0,
          error: 'eve@acme.example was not created',
        }),
        resultOf(changeOf('delete', 'operator', operatorFields('old@acme.example'), null)),
      ],
      { converged: false, interrupted: 'SIGINT', remaining: [jon, eve, status] },
    );
    await expect(renderReportText(report, PLAIN)).toMatchFileSnapshot('expected/stopped-report.txt');
  });

  it('says when the account could not be read back', () => {
    const verificationError = 'the account could not be read back: HTTP 500\u001b[2J';
    const report = reportOf([resultOf(eve)], { converged: false, verificationError });
    expect(renderReportText(report, PLAIN)).toContain(
      '✗ The account could not be read back: HTTP 500\\x1b[2J\n',
    );
  });

  it('says of what stands there twice just that, and lists what is left as well', () => {
    const verificationError =
      'the account has the webhook twice: chat.started https://a.example, with the ids 1 and 2';
    const report = reportOf([resultOf(eve)], { converged: false, verificationError, remaining: [jon] });
    const text = renderReportText(report, { ...PLAIN, width: 120 });
    expect(text).toContain(
      '✗ The account has the webhook twice: chat.started https://a.example, with the ids 1 and 2\n',
    );
    expect(text).toContain('Still to do, as the account stands now\n  ~ operator jon@acme.example');
    expect(text).not.toContain('read back');
  });

  it('ends with a sentence also where nothing is left though not all of it was done', () => {
    const results = [resultOf(eve), resultOf(jon, { outcome: 'failed', error: 'HTTP 400' })];
    const report = reportOf(results, { converged: false, remainingDigest: null });
    expect(renderReportText(report, PLAIN)).toMatch(
      /\n\nThe account is as the file says, though not every change of this run was made\.\n\nApply: /,
    );
    expect(renderReportMarkdown(report, { maxBytes: 60_000 })).toMatch(
      /^\*\*The account is as the file says, though not every change of this run was made\.\*\* /,
    );
  });

  it('says that there was nothing to do', () => {
    expect(renderReportText(reportOf([]), PLAIN)).toMatch(
      /\n\nNo changes\. The account is as the file says\.\n$/,
    );
  });
});

describe('renderProgressLine', () => {
  it.each([
    [resultOf(eve), '✓ created operator eve@acme.example (Jon Snow) (120 ms)'],
    [
      resultOf(jon, { outcome: 'failed', attempts: 3, milliseconds: 4200, error: 'HTTP 400: no' }),
      '✗ could not update operator jon@acme.example (Jon Snow): HTTP 400: no (3 attempts, 4.2 s)',
    ],
    [
      resultOf(status, { outcome: 'skipped', attempts: 0, error: 'eve was not created' }),
      '· skipped updating status eve@acme.example: eve was not created',
    ],
    [
      resultOf(eve, { outcome: 'unknown', error: 'lost' }),
      '? could not tell whether operator eve@acme.example (Jon Snow) was created: lost (120 ms)',
    ],
  ])('is one plain line: %#', (result, line) => {
    expect(renderProgressLine(result, PLAIN)).toBe(line);
  });

  it('stays one line whatever the server said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = renderProgressLine(resultOf(eve, { key: text, error: text, outcome: 'failed' }), PLAIN);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('renderStartedLine', () => {
  it('says what is under way and fits the terminal', () => {
    expect(renderStartedLine(eve, PLAIN)).toBe('… creating operator eve@acme.example');
    const long = renderStartedLine({ ...eve, key: 'x'.repeat(200) }, PLAIN);
    expect(displayWidth(long)).toBe(80);
  });
});
