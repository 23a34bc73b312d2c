import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** axe on a page without frames of others: it judges in the page itself, and needs no page more for each of its reports. */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode();

/** Takes what is changing its colour or place to where it ends: what is measured half way is nobody's fault. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const one of document.getAnimations()) if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
  });
}

/** What axe finds as the page stands now, a sheet that lies over it included. */
export async function axeFaults(page: Page): Promise<string[]> {
  await settled(page);
  const { violations } = await axeOn(page).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
