import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { sha256, sha256Hex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import type { Verification } from "#lib/record/verify-record";
import { makeVerifierPage, VERIFIER_SINGLE_FILE, writeVerifierPage } from "../cli/static-pages/verifier-page.mjs";
import { axeOn } from "./axe";
import { expect, test } from "./test";

test("opened as a file with the network off, the page says yes and why to a record and a fingerprint, and no to a record cut short", async ({ browser }, info) => {
  test.setTimeout(600_000);
  const us = await SealedRecord.make();
  await writeVerifierPage(info.outputPath("verifier"));
  const context = await browser.newContext({ offline: true, locale: "en-GB", viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const [asked, faults]: [string[], string[]] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (fault) => faults.push(fault.message));
  const place = pathToFileURL(info.outputPath("verifier", VERIFIER_SINGLE_FILE)).href;
  await page.goto(place);
  const choose = async (name: string, pdf: Uint8Array) => {
    await page.getByLabel("Choose the record").setInputFiles({ name, mimeType: "application/pdf", buffer: Buffer.from(pdf) });
    await page.getByRole("button", { name: "Check the record" }).click();
  };

  // What is missing is said, by keyboard alone and before anything is checked.
  await page.getByRole("button", { name: "Check the record" }).press("Enter");
  await expect(page.getByRole("status")).toHaveText("Choose the record first.");
  await choose("record.pdf", us.pdf);
  await expect(page.getByRole("status")).toContainText("Say what you know the recorder by");
  await page.getByLabel(/^The fingerprint from the minutes/).fill(hashWords(sha256(us.certificate)).join(" "));
  await page.getByLabel("Rehearsal").check();
  await page.getByRole("button", { name: "Check the record" }).click();

  await expect(page.getByRole("heading", { name: "Yes: every check that was made holds." })).toBeFocused();
  await expect(page.getByText(/^The pages were not drawn again: nothing here draws\./).first()).toBeVisible();
  await expect(page.getByText("This is the record of a rehearsal. It proves nothing about production.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Not one byte of this file was changed" })).toContainText("Rests on: the recorder");
  const unshown = page.getByRole("listitem").filter({ hasText: "Nothing was shown" });
  for (const told of await unshown.allTextContents()) expect(told.split("Nothing was shown")).toHaveLength(2);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as JSON" }).click();
  const saved = JSON.parse(readFileSync(await (await download).path(), "utf8")) as Verification;
  expect(saved).toEqual(JSON.parse(JSON.stringify(await us.verify(us.pdf, { now: Date.now() }, { sha256: sha256Hex(us.certificate) }))));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await axeOn(page).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print this report" })).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  await page.getByRole("button", { name: "Check another" }).click();
  expect((await axeOn(page).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await choose("cut.pdf", await us.sealed({ entries: us.transcript.entries.slice(0, -1) }));
  await expect(page.getByRole("heading", { name: /^No: \d+ of \d+ checks do not hold\.$/ })).toBeFocused();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: /^Nein: \d+ von \d+ Prüfungen sind nicht bestanden\.$/ })).toBeVisible();
  await expect(page.getByText("Wurde die Zeremonie zu Ende gebracht?").first()).toBeVisible();

  expect(asked.filter((url) => url !== place && !url.startsWith("blob:")), "nothing was asked of a network").toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test("the app serves the page that these sources make to anybody, and its policy forbids it every network", async ({ house, browser }) => {
  const { files, single } = await makeVerifierPage();
  for (const [name, text] of Object.entries({ ...files, [VERIFIER_SINGLE_FILE]: single })) {
    const answer = await fetch(`${house.origin}/verify/${name}`);
    expect(await answer.text(), name).toBe(text);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|connect-src/);
  }
  const page = await browser.newPage({ baseURL: house.origin, locale: "de-DE" });
  await page.goto("/verify");
  await expect(page.getByRole("heading", { name: "Niederschrift prüfen" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Diese Seite als eine Datei behalten" })).toHaveAttribute("download", VERIFIER_SINGLE_FILE);
  await page.close();
});
