import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { comparePlans } from '../../../src/model/plan-comparison.ts';
import { renderComparisonHtml } from '../../../src/render/html/comparison.ts';
import { renderPlanHtml } from '../../../src/render/html/plan.ts';
import { renderReportHtml } from '../../../src/render/html/report.ts';
import { startBrowser } from '../../support/browser.ts';
import { departmentPlan } from '../department.ts';
import { planAbout } from '../hostile-plans.ts';
import {
  at,
  changeOf,
  everydayPlan,
  HOSTILE_TEXTS,
  operatorFields,
  planOf,
  reportOf,
  resultOf,
} from '../sample-plans.ts';

const browser = await startBrowser();
const TITLE = browser
  ? 'a page in a browser'
  : 'a page in a browser (left out: none starts; `npm ci` brings one on Linux, elsewhere install Chromium)';

const DEVICES: Record<'phone' | 'desktop', BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};

const REFUSAL = { code: 'max-deletes' as const, message: 'too many deletes', hint: 'allow more', ...at(9) };
const REFUSED = { ...everydayPlan(), refusals: [REFUSAL] };
const STOPPED = reportOf(
  departmentPlan().changes.map((change, index) =>
    resultOf(
      change,
      index % 9 === 3 ? { outcome: 'failed', error: 'the server answered 422', attempts: 3 } : {},
    ),
  ),
  { converged: false, interrupted: 'SIGINT', remaining: everydayPlan().changes },
);
const INVITED = operatorFields('sam@acme.example');
const COMPARED = renderComparisonHtml(
  comparePlans(planOf([...departmentPlan().changes, changeOf('create', 'operator', null, INVITED)]), {
    ...everydayPlan(),
    digest: 'sha256:other',
    changes: [
      ...everydayPlan().changes,
      changeOf('create', 'operator', null, { ...INVITED, jobTitle: 'W'.repeat(200) }),
      ...departmentPlan()
        .changes.slice(0, 9)
        .map((change) => ({ ...change, key: `${change.key}.` })),
    ],
  }),
  { names: { old: 'reviewed.json', new: `${'W'.repeat(120)}.json` } },
);
const PAGES: Record<string, () => string> = {
  'one change': () => renderPlanHtml(planOf(everydayPlan().changes.slice(1, 2))),
  'every sort of change, refused': () => renderPlanHtml(REFUSED),
  'a department': () => renderPlanHtml(departmentPlan()),
  'hostile names': () =>
    renderPlanHtml({
      ...planAbout(HOSTILE_TEXTS[4] ?? ''),
      changes: HOSTILE_TEXTS.flatMap((text) => planAbout(text).changes),
    }),
  'names without a place to break': () => renderPlanHtml(planAbout('W'.repeat(300))),
  'how two plans differ': () => COMPARED,
  'what an apply did': () => renderReportHtml(STOPPED),
};

describe.skipIf(browser === null)(TITLE, () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaportctl-html-'));
  });

  afterEach(() => Promise.all((browser as Browser).contexts().map((context) => context.close())));

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page; `noise` is all that it asked for or complained of. */
  async function open(
    text: string,
    options: BrowserContextOptions,
  ): Promise<{ page: Page; noise: string[] }> {
    const file = pathToFileURL(join(folder, 'plan.html')).href;
    await writeFile(join(folder, 'plan.html'), text);
    const context = await (browser as Browser).newContext(options);
    const page = await context.newPage();
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== file) noise.push(request.url());
    });
    await page.goto(file);
    return { page, noise };
  }

  const shownChanges = (page: Page) => page.locator('.change:visible').count();

  describe.each(['phone', 'desktop'] as const)('on a %s', (device) => {
    it.each(Object.keys(PAGES))('fits and stays silent: %s', async (name) => {
      const { page, noise } = await open(PAGES[name]?.() ?? '', DEVICES[device]);
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '');
      });
      const scrolled = await page.evaluate('document.documentElement.scrollWidth');
      const visible = await page.evaluate('document.documentElement.clientWidth');
      expect(scrolled).toBe(visible);
      expect(visible).toBe(DEVICES[device].viewport?.width);
      expect(noise).toEqual([]);
    });

    it.each(['light', 'dark'] as const)('is accessible in %s colours', async (colorScheme) => {
      for (const text of [renderPlanHtml(REFUSED), renderReportHtml(STOPPED), COMPARED]) {
        const { page } = await open(text, { ...DEVICES[device], colorScheme });
        await page.locator('details').evaluateAll((all) => {
          for (const details of all) details.setAttribute('open', '');
        });
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate(() =>
          // The script has just put it there.
          (globalThis as unknown as { axe: typeof axe }).axe.run(),
        );
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
        expect(passes.map(({ id }) => id)).toContain('color-contrast');
      }
    });
  });

  it('applies its stylesheet although the policy forbids all others', async () => {
    const { page } = await open(renderPlanHtml(everydayPlan()), DEVICES.desktop);
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(light).not.toBe('rgba(0, 0, 0, 0)');
    expect(await background()).not.toBe(light);
  });

  it('lets the policy stop a foreign script and picture', async () => {
    const { page, noise } = await open(renderPlanHtml(everydayPlan()), DEVICES.desktop);
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      const image = document.createElement('img');
      image.src = 'https://evil.example/p.png';
      document.body.append(script, image);
    `);
    await expect.poll(() => noise.filter((line) => /Content Security Policy/.test(line)).length).toBe(2);
    expect(await page.title()).toBe('Plan: 2 to create, 4 to update, 2 to delete');
  });

  it('filters by kind and action without a script', async () => {
    const { page } = await open(renderPlanHtml(everydayPlan()), {
      ...DEVICES.desktop,
      javaScriptEnabled: false,
    });
    expect(await shownChanges(page)).toBe(8);
    await page.getByLabel('update').uncheck();
    expect(await shownChanges(page)).toBe(4);
    expect(await page.locator('.group h3:visible').allTextContents()).toEqual(['Operators', 'Webhooks']);
    await page.getByLabel('Webhooks').uncheck();
    expect(await shownChanges(page)).toBe(2);
    await page.getByLabel('create').uncheck();
    await page.getByLabel('delete').uncheck();
    expect(await shownChanges(page)).toBe(0);
    expect(await page.getByText('No change matches this filter.').isVisible()).toBe(true);
    await page.getByLabel('update').check();
    expect(await shownChanges(page)).toBe(4);
    expect(await page.getByText('No change matches this filter.').isVisible()).toBe(false);
  });

  it('shows before and after side by side, and below each other on a phone', async () => {
    const places = async (device: 'phone' | 'desktop') => {
      const { page } = await open(renderPlanHtml(everydayPlan()), DEVICES[device]);
      const box = async (selector: string) => page.locator(selector).first().boundingBox();
      return { was: await box('td.was'), becomes: await box('td.becomes') };
    };
    const desktop = await places('desktop');
    expect(desktop.was?.y).toBe(desktop.becomes?.y);
    expect(desktop.was?.width).toBe(desktop.becomes?.width);
    const phone = await places('phone');
    expect(phone.was?.x).toBe(phone.becomes?.x);
    expect(phone.becomes?.y).toBeGreaterThan(phone.was?.y ?? Number.POSITIVE_INFINITY);
  });

  it('has the account beside the headline, in the first screen, and the visitor’s view folded', async () => {
    const { page } = await open(renderPlanHtml(departmentPlan()), DEVICES.desktop);
    const headline = await page.locator('h1').boundingBox();
    const account = await page.getByText('https://app.chaport.com/api/v1').boundingBox();
    expect(account?.x).toBeGreaterThan((headline?.x ?? 0) + (headline?.width ?? 0));
    expect(account?.y).toBeLessThan((headline?.y ?? 0) + (headline?.height ?? 0));
    expect(await page.locator('.faces:visible').count()).toBe(0);
    await page.getByText('How visitors see them').first().click();
    expect(await page.locator('.faces:visible').count()).toBe(22);
    const phone = await open(renderPlanHtml(departmentPlan()), DEVICES.phone);
    const below = await phone.page.getByText('owner@acme.example').boundingBox();
    expect(below?.y).toBeLessThan(844);
  });

  it('prints 62 changes on at most eight A4 pages, folded names and all', async () => {
    const { page } = await open(renderPlanHtml(departmentPlan()), DEVICES.desktop);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    const height = async () => (await page.locator('details.more ul').first().boundingBox())?.height ?? 0;
    expect(await height()).toBeGreaterThan(10);
    expect(await shownChanges(page)).toBe(13);
    expect(await page.locator('.not-all').isVisible()).toBe(false);
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThanOrEqual(8);
  });

  it('does not print what is unticked, and says so', async () => {
    const { page } = await open(renderPlanHtml(everydayPlan()), DEVICES.desktop);
    await page.getByLabel('update').uncheck();
    expect(await page.locator('.not-all').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await shownChanges(page)).toBe(4);
    expect(await page.getByText('Printed with a filter: not every change is here.').isVisible()).toBe(true);
  });

  it('can be worked with the keyboard, and shows where the focus is', async () => {
    const { page } = await open(renderPlanHtml(everydayPlan()), DEVICES.desktop);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.getByLabel('Operators').isChecked()).toBe(false);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });
});
