import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { keepFolder } from "../cli/setup/checkout.mjs";
import { axeOn, settled } from "./axe";
import { controlFaults } from "./controls";

/** Pictures for people to look at; nothing compares them. */
const PICTURES = path.join(keepFolder, "screenshots");
const WIDTHS = [360, 1280] as const;
const LOOKS = ["light", "dark", "contrast"] as const;

/** What is wrong with a page in every width and look: axe's findings, and whether it must be scrolled sideways. */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  mkdirSync(PICTURES, { recursive: true });
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${name} at ${String(width)}: ${String(wide)} pixels too wide`);
    faults.push(...(await controlFaults(page)).map((fault) => `${name} at ${String(width)}: ${fault}`));
    for (const look of LOOKS) {
      const contrast = look === "contrast" ? "more" : "no-preference";
      const reducedMotion = width === 360 ? "reduce" : "no-preference";
      await page.emulateMedia({ colorScheme: look === "dark" ? "dark" : "light", contrast, reducedMotion });
      await settled(page);
      // Another look changes the colours and nothing else.
      const axe = axeOn(page);
      const { violations } = await (look === "light" ? axe : axe.withRules(["color-contrast"])).analyze();
      for (const { id, nodes } of violations)
        faults.push(
          `${name} at ${String(width)}, ${look}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
        );
      await page.screenshot({
        path: path.join(PICTURES, `${name}-${String(width)}-${look}.png`),
        fullPage: width === 360 && !/^(?:room|sheet|wall)/.test(name),
      });
    }
  }
  await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: path.join(PICTURES, `${name}-1920-light.png`) });
  await page.setViewportSize({ width: 1280, height: 860 });
  return faults;
}
