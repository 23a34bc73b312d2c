import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { Processes } from "#cli/demo/processes";
import { removePostgres } from "../cli/setup/postgres.mjs";
import { checkout, keepFolder } from "../cli/setup/checkout.mjs";
import { run } from "../cli/setup/command.mjs";
import { freePort } from "../cli/setup/port.mjs";
import { axeOn } from "./axe";
import { playByClicks } from "./demo-seat";

// The demo as a newcomer starts it: one command, its own database, token, app and worker, at a port of its own.
test.describe.configure({ mode: "serial", timeout: 900_000 });

let port = 0;
let out = "";
let said = "";
let running: ChildProcess | null = null;

const begin = (...args: string[]): ChildProcess => {
  said = "";
  const child = spawn(process.execPath, [path.join(checkout, "cli", "demo.mjs"), "--port", String(port), ...args], { cwd: checkout });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  return child;
};
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once("exit", resolve));
const folder = () => path.join(keepFolder, `demo-${String(port)}`);

test.beforeAll(async () => {
  port = await freePort();
  out = mkdtempSync(path.join(tmpdir(), "claviger-auto-"));
});

test.afterAll(async () => {
  await end();
  const left = await outlived();
  rmSync(out, { recursive: true, force: true });
  await removePostgres(path.join(folder(), "postgres"));
  rmSync(folder(), { recursive: true, force: true });
  expect(left).toEqual([]);
});

/** Ends the demo as Ctrl-C does; answers its exit code. After a minute it is made to. */
async function end(): Promise<number | null> {
  const demo = running;
  running = null;
  if (demo?.exitCode !== null) return null;
  const over = ended(demo);
  demo.kill("SIGINT");
  const late = setTimeout(() => demo.kill("SIGKILL"), 60_000);
  const code = await over;
  clearTimeout(late);
  return code;
}

/** The programs of the demo that still run, by what it wrote down of them; they are ended. */
const outlived = (): Promise<string[]> => (existsSync(folder()) ? new Processes(folder()).endLeftovers() : Promise.resolve([]));

test("plays a whole ceremony by itself, and the verifier finds its record good", async () => {
  running = begin("--auto", "--out", out);
  const code = await ended(running);
  running = null;
  expect(said).toContain("GOOD: every check holds.");
  expect(code).toBe(0);
  expect(readFileSync(path.join(out, "record.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  expect(readFileSync(path.join(out, "trust-anchor.pem"), "utf8")).toContain("BEGIN CERTIFICATE");
});

// A ceremony each, from its first step to its record: a custodian at the pace that newcomers find, then those who do most.
for (const { seat, title, pace } of [
  { seat: "a custodian's", title: /Compliance Officer/, pace: "ordinary" },
  { seat: "the operator's", title: /Technical Operator/, pace: "brisk" },
  { seat: "a witness's", title: /External Auditor/, pace: "brisk" },
]) {
  test(`from ${seat} seat clicks alone lead to a record that the verifier finds good`, async ({ page }, info) => {
    running ??= begin();
    await expect.poll(() => said, { timeout: 120_000 }).toContain("ready");
    await page.goto(`http://localhost:${String(port)}/demo`);
    const another = page.getByRole("button", { name: "Start another ceremony" });
    if (await another.isVisible()) await another.click();
    await page.getByRole("button", { name: title }).click();
    await expect(page).toHaveURL(/\/ceremonies\/c-/);
    const bar = page.getByRole("region", { name: "Demo" });
    await bar.getByRole("combobox", { name: "Pace of the others" }).selectOption(pace);
    const began = Date.now();
    const asked = await playByClicks(page);
    info.annotations.push({ type: "seat", description: `${String(asked)} acts, ${String(Math.round((Date.now() - began) / 1000))} s at the ${pace} pace` });
    expect(asked).toBeGreaterThan(5);
    await page.goto(`http://localhost:${String(port)}/demo`);
    for (const [link, file] of [["The record (PDF)", "record.pdf"], ["Trust anchor (PEM)", "trust-anchor.pem"]] as const) {
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name: link }).click();
      await (await downloading).saveAs(path.join(out, file));
    }
    const verifier = [path.join(checkout, "cli", "claviger.mjs"), "verify", path.join(out, "record.pdf"), "--rehearsal", "--trust", path.join(out, "trust-anchor.pem")];
    const { code, output } = await run(process.execPath, verifier);
    expect(output).toContain("GOOD: every check holds.");
    expect(code).toBe(0);
  });
}

test("a person takes a custodian's seat while the others play, and then another seat", async ({ page }) => {
  await page.goto(`http://localhost:${String(port)}/`);
  await noBarriers(page);
  await page.getByRole("button", { name: "Start another ceremony" }).click();
  await page.getByRole("button", { name: "Beatriz Carvalho" }).click();
  await expect(page).toHaveURL(/\/ceremonies\/c-/);

  const bar = page.getByRole("region", { name: "Demo" });
  await expect(bar.getByRole("button", { name: "Play the others" })).toHaveAttribute("aria-pressed", "true");
  await bar.getByRole("combobox", { name: "Pace of the others" }).selectOption("brisk");
  await page.getByRole("button", { name: "I have heard it" }).click();
  await page.getByRole("button", { name: /^Read and approve/ }).click({ timeout: 120_000 });
  await page.getByRole("checkbox", { name: /compared the words/ }).check();
  await page.getByRole("button", { name: "Approve with my passkey" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Approve with my passkey" }).click();
  await expect(page.getByRole("heading", { name: "Passkey of Beatriz Carvalho" })).toBeVisible();
  await noBarriers(page);
  await page.getByRole("button", { name: "Use the passkey" }).click();
  await page.getByRole("button", { name: "Back to the room" }).click();
  // The others never gave this person's approval for them, and it was the third of three: the worker goes to work.
  await expect(page.getByText("JWT signing key").first()).toBeVisible();

  await bar.getByRole("button", { name: /change seat/ }).click();
  await page.getByRole("button", { name: /External Auditor/ }).click();
  await expect(bar.getByRole("button", { name: /change seat/ })).toContainText("佐藤 美咲");
  await noBarriers(page);
});

test("nothing of it outlives Ctrl-C", async () => {
  expect(await end()).toBe(130);
  expect(await outlived()).toEqual([]);
  expect((await run("ps", ["-axww", "-o", "args="])).output).not.toContain(folder());
  await expect(fetch(`http://localhost:${String(port)}/demo`)).rejects.toThrow();
});

/** axe finds nothing, in the demo's own pages and in what it adds to the app's. */
async function noBarriers(page: Page): Promise<void> {
  const { violations } = await axeOn(page).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}
