import path from "node:path";
import type { Page } from "@playwright/test";
import { keepFolder } from "../cli/setup/checkout.mjs";
import { axeOn } from "./axe";
import { expect, test } from "./test";

const written = (page: Page) => page.getByRole("textbox", { name: "The script, as YAML" });
const findings = (page: Page) => page.getByRole("region", { name: "Findings" });

/** The first edition, from what comes with the project, and the second, with a step that says something else. */
async function publishTwoEditions(page: Page): Promise<void> {
  await page.goto("/scripts");
  await page
    .getByRole("region", { name: /comes with Claviger/ })
    .getByRole("link", { name: "Production key generation", exact: true })
    .click();
  await expect(findings(page).getByRole("status")).not.toContainText("error");
  await page.getByRole("button", { name: "Publish this edition" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Production key generation, edition 1" })).toBeVisible();
  await page.getByRole("link", { name: "Write the next edition" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Production key generation, edition 2" })).toBeVisible();
  await written(page).press("Control+f");
  await page.getByRole("textbox", { name: "Find" }).fill("This is the production key generation ceremony.");
  await page.getByRole("textbox", { name: "Replace" }).fill("This is how our production keys are made.");
  await page.getByRole("button", { name: "replace all" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /What changes since edition 1/ }).click();
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("This is how our production keys are made.");
  await page.getByRole("button", { name: "Publish this edition" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Production key generation, edition 2" })).toBeVisible();
}

test("an edition grows from a shipped script, the next one from it, and what changed is told in words and lines", async ({
  people,
}) => {
  const { page } = await people.enter("administrator");
  await page.goto("/scripts");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // What an earlier look at this has published stays, and cannot be published anew.
  const second = page.getByRole("link", { name: "Production key generation, edition 2: read it" });
  if (await second.isVisible()) {
    await second.click();
    await expect(page.getByRole("heading", { level: 1, name: "Production key generation, edition 2" })).toBeVisible();
  } else await publishTwoEditions(page);
  await page.getByRole("link", { name: "Changes since edition 1" }).click();
  await expect(page.getByRole("region", { name: "In words" })).toContainText(
    "Step “Opening and policy statement” (policy): its text that is read aloud is another one.",
  );
  await expect(page.getByRole("region", { name: "Changed lines" })).toContainText("This is how our production keys are made.");
  await page.goto("/scripts");
  const editions = page.getByRole("list", { name: "Editions of Production key generation" });
  await expect(editions.getByRole("listitem")).toHaveCount(2);
});

test("the editor offers what may stand where the cursor is, is left with Tab, and keeps its text over a reload", async ({
  people,
}) => {
  const { page } = await people.enter("administrator");
  await page.goto("/scripts/edit");
  await written(page).press("Control+Home");
  await page.keyboard.type("# a remark\npro");
  await expect(page.getByRole("option", { name: /^profile/ })).toBeVisible();
  // The script has a purpose already.
  await expect(page.getByRole("option", { name: /^purpose/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await written(page).press("Tab");
  await expect(written(page)).not.toBeFocused();
  await page.reload();
  await expect(page.getByText("Your unpublished text is back.")).toBeVisible();
  await expect(written(page)).toContainText("# a remark");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(written(page)).not.toContainText("# a remark");

  // What is wrong is said while it is typed, and is gone when it is mended.
  await expect(findings(page).getByRole("status")).not.toContainText("error");
  await written(page).press("Control+Home");
  await page.keyboard.type("speed: high\n");
  await expect(findings(page)).toContainText("SCHEMA");
  await expect(findings(page).getByRole("status")).toContainText("1 error");
  for (let i = 0; i < "speed: high\n".length; i++) await page.keyboard.press("Backspace");
  await expect(findings(page).getByRole("status")).not.toContainText("error");
  await expect(findings(page)).not.toContainText("SCHEMA");
});

test("a script is printed in numbered copies, for the table and for its ceremony", async ({ people }) => {
  const { page } = await people.enter("administrator");
  await page.goto("/scripts");
  await page.getByRole("link", { name: /Every kind of step, edition \d+$/ }).first().click();
  await page.getByRole("spinbutton", { name: "Copies" }).fill("3");
  const form = page.locator("form", { has: page.getByRole("spinbutton", { name: "Copies" }) });
  const address = `${(await form.getAttribute("action")) ?? ""}?copies=3`;
  const answer = await page.request.get(address);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  expect((await page.request.get(address.replace("copies=3", "copies=500"))).status()).toBe(400);
});

test("only an administrator writes scripts; everybody reads them", async ({ people }) => {
  const { page } = await people.enter("witnessOne");
  await page.goto("/scripts/edit");
  await expect(page.getByText("Scripts are written by administrators.")).toBeVisible();
  await expect(written(page)).toHaveCount(0);
});

test("axe finds nothing on the editor and on the changes, and a strict policy lets all of it through", async ({ people }) => {
  const { page } = await people.enter("administrator");
  await page.goto("/scripts");
  const editions = page.getByRole("list", { name: "Editions of Production key generation" });
  const changes = await editions.getByRole("link", { name: "Changes since edition 1" }).getAttribute("href");
  for (const place of ["/scripts", "/scripts/edit", changes ?? ""]) {
    await page.goto(place);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const width of [360, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${place} at ${String(width)}`).toBeLessThanOrEqual(0);
      const { violations } = await axeOn(page).analyze();
      await page.screenshot({
        path: path.join(keepFolder, "screenshots", `${place.replaceAll("/", "-").slice(1)}-${String(width)}.png`),
      });
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`),
        place,
      ).toEqual([]);
    }
  }
  await expect(page.getByRole("region", { name: "Changed lines" })).toBeVisible();
  await page.goto("/scripts/edit");
  // The editor's own styles have come through: its numbers stand in a column of their own.
  await expect(page.locator(".cm-lineNumbers")).toHaveCSS("display", "flex");
});
