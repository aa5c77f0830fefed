import { expect } from '@playwright/test';
import { createGuestKey } from './at-the-door.ts';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const sections = {
  dashboard: 'dashboard',
  locks: 'devices/locks',
  keys: 'keys',
  activity: 'logs/activity?advanced=true',
  audit: 'logs/audit',
  entities: 'entities',
  users: 'users',
  'user-new': 'users/new',
  profile: 'settings/profile',
};

for (const [language, locale] of Object.entries({ German: 'de-DE', Chinese: 'zh-CN' })) {
  test(`every section is without a fault in ${language}`, async ({ page, browser, demo }) => {
    await signInOrRegister(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
    await createGuestKey(page, { name: 'Kim Berg' });
    const [entity] = /\/e\/[^/]+/.exec(page.url()) ?? [];
    const storageState = await page.context().storageState();
    const viewport = page.viewportSize();
    const context = await browser.newContext({ locale, storageState, viewport });
    const other = await context.newPage();
    for (const [name, path] of Object.entries(sections)) {
      await other.goto(`${demo.portalUrl}${entity}/${path}`);
      await expect(other.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
      await expect(other.locator('main [aria-busy="true"]')).toHaveCount(0);
      await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
      await look(other, `${name}-${locale}`);
    }
    await context.close();
  });
}
