import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** axe on a page without frames of others: it judges in the page itself, and needs no page more for each of its reports. */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode();

/** Until nothing changes its colour or place any more: what is measured half way is nobody's fault. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** What axe finds as the page stands now, a sheet that lies over it included. */
export async function axeFaults(page: Page): Promise<string[]> {
  await settled(page);
  const { violations } = await axeOn(page).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
