import { readFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { sha256Hex } from "#lib/log/digest";
import { drawSample, readPopulation } from "#lib/log/sample";
import { fromPem } from "#lib/x509/pem";
import { keepFolder } from "../cli/setup/checkout.mjs";
import { axeFaults } from "./axe";
import { inGermanFor, readInGerman } from "./english-left";
import { expect, nameNow, need, openCeremony, test } from "./test";

/** What axe finds, and whether the page must be scrolled sideways; with pictures for people. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  const folder = path.join(keepFolder, "screenshots");
  mkdirSync(folder, { recursive: true });
  const faults = (await axeFaults(page)).map((fault) => `${name}: ${fault}`);
  for (const width of [360, 1920, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${name} at ${String(width)}: ${String(wide)} pixels too wide`);
    await page.screenshot({ path: path.join(folder, `desk-${name}-${String(width)}.png`), fullPage: true });
  }
  return faults;
}

test("an auditor finds a record, checks it, draws a sample, asks for documents and closes a file; each of it is an audit event", async ({
  people,
  house,
}) => {
  test.setTimeout(600_000);
  const { auditor, administrator, operator } = await people.all("auditor", "administrator", "operator");
  const id = await openCeremony(people, "one-key", 71, "To be audited");
  need(await operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "abort", reason: "Only to be audited" }));
  await expect.poll(async () => (await auditor.http("GET", `/api/audit/records?ceremony=${id}`)).body["found"], { timeout: 60_000 }).toBe(1);
  await expect.poll(async () => (await house.query(`SELECT FROM "Record" WHERE ceremony = $1`, [id])).length, { timeout: 60_000 }).toBe(1);
  const faults: string[] = [];
  const [wanted, title] = [nameNow("The plan of the vault"), nameNow("Audit of 2026")];
  const { page } = auditor;
  // The browser asks for the drawing until the log has signed its next checkpoint.
  auditor.provokes(/409/);

  // Nobody else sits at the desk.
  expect((await operator.http("GET", "/api/audit/log")).body.error?.code).toBe("DESK-ONLY");

  await page.goto("/audit");
  await page.getByRole("searchbox", { name: "Words" }).fill('"Only to be audited"');
  await page.getByLabel("Ceremony", { exact: true }).fill(id);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/text=/);
  await expect(page.getByRole("status").filter({ hasText: "1 found" })).toBeVisible();
  faults.push(...(await faultsOf(page, "records")));
  await page.goto(`/audit/log?text=audited&ceremony=${id}`);
  await expect(page.locator("mark").first()).toHaveText(/audited/i);
  await expect(page.getByText("Ceremony opened", { exact: true }).first()).toBeVisible();
  // This browser proves every line that was found, once the log has it, for the recorder that the auditor knows and nobody else.
  await page.getByText("Prove these lines in your browser").click();
  const knownBy = page.getByLabel("Fingerprint or certificate of the recorder");
  await knownBy.fill("0".repeat(64));
  await page.getByRole("button", { name: "Prove them" }).click();
  await expect(page.getByText(/Nothing was proved\.$/)).toBeVisible();
  await knownBy.fill(readFileSync(house.kept.trustAnchor, "utf8"));
  await expect(async () => {
    await page.getByRole("button", { name: "Prove them" }).click();
    await expect(page.getByText(/^Proved: (?:the line is|all \d+ lines are) in the log/)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByText("What was logged, word for word").first().click();
  faults.push(...(await faultsOf(page, "log")));

  // Checked with what the auditor brought, in front of them.
  await page.goto(`/audit/records/${id}`);
  await page.getByLabel("Fingerprint or certificate of the recorder").fill("0".repeat(64));
  await page.getByRole("button", { name: "Check the record" }).click();
  await expect(page.getByText(/^No: /)).toBeVisible({ timeout: 60_000 });
  await page.getByLabel("Fingerprint or certificate of the recorder").fill(readFileSync(house.kept.trustAnchor, "utf8"));
  await page.getByRole("button", { name: "Check the record" }).click();
  await expect(page.getByText("Yes: every check that was made holds.", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("What came of it is noted, as your word.")).toBeVisible();
  faults.push(...(await faultsOf(page, "record")));

  // Two people set a hold.
  await page.getByLabel("Reason").fill("A lawsuit");
  await page.getByRole("button", { name: "Ask for a hold" }).click();
  await expect(page.getByText("asked for", { exact: true })).toBeVisible();
  expect((await auditor.http("POST", `/api/audit/holds/${id}`, { act: "confirm", reason: "" })).body.error?.code).toBe("SECOND-PERSON");
  need(await administrator.http("POST", `/api/audit/holds/${id}`, { act: "confirm", reason: "" }));

  // A sample that neither side can choose, drawn again by anybody.
  await page.goto("/audit/samples?of=records");
  await page.getByLabel("How many").fill("1");
  await page.getByLabel("Your own words").fill("seven herons at noon");
  faults.push(...(await faultsOf(page, "samples")));
  await page.getByRole("button", { name: "Commit to them and announce" }).click();
  await expect(page).toHaveURL(/\/audit\/samples\/[0-9a-f]{16}$/);
  await expect(page.getByLabel("Words with chance")).toHaveValue(/^seven herons at noon [0-9a-f]{32}$/);
  // This browser sends the words for a checkpoint that the recorder signed whom the auditor knows, and for no other.
  await page.getByLabel("Fingerprint or certificate of the recorder").fill("0".repeat(64));
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expect(page.getByText(/neither the fingerprint of a recorder that the server knows nor a certificate/)).toBeVisible({ timeout: 60_000 });
  const fingerprint = sha256Hex(fromPem(readFileSync(house.kept.trustAnchor, "utf8"), "CERTIFICATE"));
  await page.getByLabel("Fingerprint or certificate of the recorder").fill(fingerprint);
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expect(page.getByRole("heading", { name: /What was drawn/ })).toBeVisible({ timeout: 60_000 });
  faults.push(...(await faultsOf(page, "sample")));
  const matter = `sample/${page.url().split("/").at(-1) ?? ""}`;
  const [announced, drawn] = await house.query<{ facts: { population: string; seed: string; drawn: string[] } }>(
    `SELECT facts FROM "AuditEvent" WHERE facts ->> 'matter' = $1 ORDER BY id`,
    [matter],
  );
  const { population = "" } = announced?.facts ?? {};
  const taken = await auditor.context.request.get(`${house.origin}/api/audit/files/${population}?matter=${encodeURIComponent(matter)}`);
  const members = readPopulation(new Uint8Array(await taken.body()))?.members ?? [];
  expect(members).toContain(id);
  expect(drawn?.facts.drawn).toEqual(drawSample(drawn?.facts.seed ?? "", members, 1));

  // Documents are asked for, answered and received.
  await page.goto("/audit/requests");
  await page.getByLabel("What you need").fill(wanted);
  await page.getByLabel("By", { exact: true }).fill("2099-12-31");
  await page.getByRole("button", { name: "Ask" }).click();
  await page.getByRole("link", { name: wanted }).click();
  await expect(page).toHaveURL(/\/audit\/requests\/[0-9a-f]{16}$/);
  const request = new URL(page.url()).pathname;
  const desk = administrator.page;
  await desk.goto(request);
  await desk.getByLabel("Answer in words").fill("Here it is.");
  await desk.getByLabel("Files").setInputFiles({ name: "Plan.txt", mimeType: "text/plain", buffer: Buffer.from("the vault") });
  faults.push(...(await faultsOf(desk, "answer")));
  await desk.getByRole("button", { name: "Answer" }).click();
  await expect(desk.getByText("answered, to be received")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Plan.txt" })).toBeVisible();
  await page.getByRole("button", { name: "I have it" }).click();
  await expect(page.getByText("received", { exact: true })).toBeVisible();

  await page.goto("/audit/retention");
  await expect(page.getByText("in force").first()).toBeVisible();
  faults.push(...(await faultsOf(page, "retention")));

  // Everything goes into one archive, which is closed.
  await page.goto(`/audit/files?ceremony=${id}`);
  await page.getByLabel("Title").fill(title);
  for (const choice of [/To be audited/, /^Sample/, /^Request/]) await page.getByRole("checkbox", { name: choice }).first().check();
  await page.getByRole("button", { name: "Put it together and close it" }).click();
  await expect(page.getByText(title, { exact: true })).toBeVisible({ timeout: 60_000 });
  faults.push(...(await faultsOf(page, "files")));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the archive" }).first().click();
  const archive = readFileSync(await (await download).path());
  const [closed] = await house.query<{ facts: { manifest: string; archive: { sha256: string } } }>(
    `SELECT facts FROM "AuditEvent" WHERE kind = 'audit-file-closed' ORDER BY id DESC LIMIT 1`,
  );
  expect(sha256Hex(archive)).toBe(closed?.facts.archive.sha256);
  const manifest = /\{"at":.*?"v":"claviger\/audit-file\/v1"\}/.exec(archive.toString("latin1"))?.[0] ?? "";
  expect(sha256Hex(Buffer.from(manifest, "latin1"))).toBe(closed?.facts.manifest);
  for (const name of [`records/${id}/record.pdf`, "events.jsonl", ".tlog-proof"]) expect(manifest).toContain(name);

  // All of it is in the audit trail, and so in the log.
  const kinds = await house.query<{ kind: string }>(`SELECT DISTINCT kind FROM "AuditEvent" WHERE by = $1`, [auditor.person]);
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      ...["desk-looked-at", "desk-searched", "record-downloaded", "record-verified", "desk-file-downloaded"],
      ...["sample-announced", "sample-drawn", "documents-requested", "documents-received", "hold-asked", "audit-file-closed"],
    ]),
  );
  expect(faults).toEqual([]);

  // The same parts, with what is in them now, in German.
  await inGermanFor(auditor, () =>
    readInGerman(page, [
      ...[`/audit?ceremony=${id}`, `/audit/log?ceremony=${id}`, `/audit/records/${id}`, "/audit/samples?of=records", `/audit/${matter.replace("sample/", "samples/")}`],
      ...["/audit/requests", request, "/audit/retention", `/audit/files?ceremony=${id}`],
    ]),
  );
});
