import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "@playwright/test";
import { checkout, keepFolder } from "../cli/setup/checkout.mjs";
import { run } from "../cli/setup/command.mjs";
import { freePort } from "../cli/setup/port.mjs";
import { removePostgres } from "../cli/setup/postgres.mjs";

/** `npm run demo` as a newcomer starts it, on a spare port, with everything it keeps removed afterwards. */
const test = base.extend<{ demo: { origin: string; folder: string; said: () => string; end: () => Promise<number | null> } }>({
  demo: async ({ browserName: _ }, use) => {
    const port = await freePort();
    const folder = path.join(keepFolder, `demo-${String(port)}`);
    const child = spawn(process.execPath, ["cli/demo.mjs", "--port", String(port)], { cwd: checkout, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    try {
      await expect.poll(() => said, { timeout: 150_000 }).toContain("Open it, take a seat, and play.");
      await use({ origin: `http://localhost:${String(port)}`, folder, said: () => said, end: () => ended(child) });
    } finally {
      await ended(child);
      await removePostgres(path.join(folder, "postgres"));
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Ctrl-C, and the exit code. */
async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  return exited;
}

/** One act of the seat that the person at the keyboard took, with the clicks of a person; false when nothing is asked. */
async function playTurn(page: Page): Promise<boolean> {
  const turn = page.getByRole("region", { name: "Your turn" });
  const [button] = await turn.getByRole("button", { name: /^(?:I have heard it|Read and approve …|Read and sign …)$/ }).all();
  if (!button) return false;
  const what = (await button.textContent({ timeout: 1_000 }).catch(() => null)) ?? "";
  await button.click({ timeout: 2_000 }).catch(() => undefined); // others may have been enough meanwhile
  if (/^I have/.test(what)) return true;
  const sheet = page.locator("dialog[open]").first();
  if (/sign/.test(what)) await sheet.getByRole("button", { name: "Show what I would sign" }).click();
  await sheet.getByRole("checkbox").check();
  await sheet.getByRole("button", { name: /with my passkey$/ }).click();
  await page.getByRole("button", { name: "Use the passkey" }).click();
  await expect(sheet.getByRole("status")).toHaveText(/^You (?:approved|signed)\./);
  await sheet.getByRole("button", { name: "Back to the room" }).click();
  return true;
}

test("one person steps into a seat, the others play, and the record of the rehearsal verifies", async ({ demo, browser }, info) => {
  test.setTimeout(420_000);
  const faults: string[] = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));

  await page.goto(demo.origin);
  await expect(page).toHaveURL(`${demo.origin}/demo`);
  await expect(page.getByRole("heading", { level: 1, name: "Take a seat at a key ceremony" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await expect(page.getByRole("checkbox", { name: /^Play the others\./ })).toBeChecked();
  await page.getByRole("button", { name: /Marcus Okafor/ }).click();
  await expect(page).toHaveURL(/\/ceremonies\/c-[0-9a-f]+$/);
  await expect(page.getByRole("complementary", { name: "Mode" })).toHaveText("REHEARSAL");
  await page.getByLabel("Pace of the others").selectOption("brisk");
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);

  let acts = 0;
  const sealed = page.getByRole("link", { name: "Download the record" });
  for (const until = Date.now() + 330_000; !(await sealed.isVisible()); ) {
    expect(Date.now(), demo.said().slice(-500)).toBeLessThan(until);
    if (await playTurn(page)) acts += 1;
    else await page.waitForTimeout(150);
  }
  expect(acts, "the seat was asked for more than hearing and signing").toBeGreaterThan(4);

  const [download] = await Promise.all([page.waitForEvent("download"), sealed.click()]);
  const record = info.outputPath("record.pdf");
  await download.saveAs(record);
  const verified = await run(process.execPath, ["cli/claviger.mjs", "verify", record, "--trust", path.join(demo.folder, "worker", "trust-anchor.pem")], {});
  expect(verified, verified.output).toMatchObject({ code: 0 });
  expect(verified.output).toContain("a REHEARSAL: no evidence of production");
  expect(faults).toEqual([]);
  await context.close();
  expect(await demo.end()).toBe(130);
});
