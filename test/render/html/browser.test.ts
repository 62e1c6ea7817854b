import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/model/plan.ts';
import { renderPlanHtml } from '../../../src/render/html/plan.ts';
import { planAbout } from '../hostile-plans.ts';
import { at, everydayPlan, HOSTILE_TEXTS, largePlan, planOf } from '../sample-plans.ts';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const TITLE = BROWSER
  ? 'the page of a plan in a browser'
  : 'the page of a plan in a browser (skipped: there is no Chromium; install it with "apt-get install chromium")';

const DEVICES: Record<'phone' | 'desktop', BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};

const REFUSAL = { code: 'max-deletes' as const, message: 'too many deletes', hint: 'allow more', ...at(9) };
const PLANS: Record<string, Plan> = {
  'one change': planOf(everydayPlan().changes.slice(1, 2)),
  'every sort of change': everydayPlan(),
  '15 changes, refused': { ...largePlan(15), refusals: [REFUSAL] },
  '400 changes': largePlan(400),
  'hostile names': {
    ...planAbout(HOSTILE_TEXTS[4] ?? ''),
    changes: HOSTILE_TEXTS.flatMap((text) => planAbout(text).changes),
  },
  'names without a place to break': planAbout('W'.repeat(300)),
};

describe.skipIf(BROWSER === undefined)(TITLE, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chaportctl-html-'));
    browser = await chromium.launch({
      executablePath: BROWSER ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the plan; `noise` is all that the page asked for or complained of. */
  async function open(plan: Plan, options: BrowserContextOptions): Promise<{ page: Page; noise: string[] }> {
    const file = pathToFileURL(join(folder, 'plan.html')).href;
    await writeFile(join(folder, 'plan.html'), renderPlanHtml(plan));
    const context = await browser.newContext(options);
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
    it.each(Object.keys(PLANS))('fits and stays silent: %s', async (name) => {
      const { page, noise } = await open(PLANS[name] ?? planOf([]), DEVICES[device]);
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
      const plan = { ...everydayPlan(), refusals: [REFUSAL] };
      const { page } = await open(plan, { ...DEVICES[device], colorScheme });
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate(() =>
        // The script has just put it there.
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    });
  });

  it('applies its stylesheet although the policy forbids all others', async () => {
    const { page } = await open(everydayPlan(), DEVICES.desktop);
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(light).not.toBe('rgba(0, 0, 0, 0)');
    expect(await background()).not.toBe(light);
  });

  it('lets the policy stop a foreign script and picture', async () => {
    const { page, noise } = await open(everydayPlan(), DEVICES.desktop);
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
    const { page } = await open(everydayPlan(), { ...DEVICES.desktop, javaScriptEnabled: false });
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
      const { page } = await open(everydayPlan(), DEVICES[device]);
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

  it('prints everything: filters hidden, what is filtered or folded away shown', async () => {
    const unmanaged = largePlan(0).unmanaged.concat(largePlan(0).unmanaged);
    const { page } = await open({ ...everydayPlan(), unmanaged }, DEVICES.desktop);
    await page.getByLabel('update').uncheck();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await shownChanges(page)).toBe(8);
    const height = async () => (await page.locator('details:not([open]) ul').boundingBox())?.height ?? 0;
    expect(await height()).toBeGreaterThan(10);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });

  it('can be worked with the keyboard, and shows where the focus is', async () => {
    const { page } = await open(everydayPlan(), DEVICES.desktop);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.getByLabel('Operators').isChecked()).toBe(false);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });
});
