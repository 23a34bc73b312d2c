import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { GO_LINES } from "#lib/ceremony/readiness.schema";
import { run } from "../cli/setup/command.mjs";
import type { House } from "./house";
import type { Seat } from "./room";
import { tokenFirmware } from "./token-firmware";

const MINUTE = 60_000;

/**
 * Looks at everything that the go / no-go asks a person for, and opens the ceremony: all lines are green but the one of the
 * rehearsal, which a house of production never had. Answers its id.
 */
export async function openedUnrehearsed(page: Page, house: House): Promise<string> {
  const open = page.getByRole("button", { name: "Open the ceremony" });
  await expect(open).toBeDisabled();
  await page.getByLabel("Expected serial number of the HSM").fill(house.kept.serial);
  await page.getByLabel("Expected firmware").fill(await tokenFirmware(house));
  await page.getByLabel("Day of the newest backup").fill(new Date().toISOString().slice(0, 10));
  const boxes = ["Everybody of the cast is here", "The room is ready", "The recording is ready"];
  for (const box of boxes) await page.getByLabel(box).check();
  const lines = page.getByRole("list", { name: "Go / no-go" }).getByRole("listitem");
  await expect(lines.getByLabel("Go:", { exact: true })).toHaveCount(GO_LINES.length - 1);
  const red = lines.filter({ has: page.getByLabel("No go:") });
  await expect(red.getByText("No rehearsal of this very text was played to its end")).toBeVisible();
  await expect(open).toBeDisabled();
  await page.getByLabel(/^I open the ceremony although lines are red/).check();
  await open.click();
  await expect(page).toHaveURL(/\/ceremonies\/c-[0-9a-f]{20}$/);
  return path.basename(page.url());
}

/** Cuts somebody's browser off; `comeBack` lets it in again, a minute after that at the earliest. */
export async function absent({ person }: Seat): Promise<{ comeBack: () => Promise<void> }> {
  person.provokes(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK_CHANGED|ERR_CONNECTION/);
  const told = person.alert.filter({ hasText: "Not connected." });
  await person.context.setOffline(true);
  const since = Date.now();
  // By the browser's own word: a line that is silent is missed only after three seconds and a half.
  await expect(told).toBeVisible({ timeout: 3_000 });
  return {
    comeBack: async () => {
      await sleep(Math.max(0, since + MINUTE - Date.now()));
      await expect(told).toBeVisible();
      await person.context.setOffline(false);
      await expect(told).toBeHidden({ timeout: 60_000 });
    },
  };
}

/**
 * Lets people who read the same approval sign at once, where one is enough: each is told what became of theirs. What they send is
 * held until all of it is there, so that nobody's button can be gone before they press it, and none is first by coming first.
 */
export async function racing(...racers: readonly Seat[]): Promise<void> {
  const acts = /\/api\/ceremonies\/[^/]+\/acts$/;
  let start: () => void = () => undefined;
  const all = new Promise<void>((begun) => (start = begun));
  let ready = 0;
  for (const seat of racers) {
    seat.person.provokes(/409/);
    await seat.readApproval();
    await seat.page.route(acts, async (route) => {
      if ((route.request().postDataJSON() as { act: string }).act !== "sign") return route.continue();
      ready += 1;
      if (ready === racers.length) start();
      await all;
      return route.continue();
    });
  }
  const statuses = await Promise.all(
    racers.map(async (seat) => {
      const answered = seat.page.waitForResponse(
        (response) => acts.test(response.url()) && (response.request().postDataJSON() as { act: string }).act === "sign",
        { timeout: 60_000 },
      );
      await seat.sheet.getByRole("button", { name: "Approve with my passkey" }).click();
      return (await answered).status();
    }),
  );
  expect(ready, "approvals that were on their way at the same moment").toBe(racers.length);
  expect(statuses, "one of them was in time").toContain(200);
  for (const status of statuses) expect([200, 409]).toContain(status);
  for (const [i, seat] of racers.entries()) {
    const told = statuses[i] === 200 ? /You approved\./ : /The room has moved on\.|Code/;
    await expect(seat.sheet.getByText(told).first()).toBeVisible({ timeout: 60_000 });
    await seat.page.unroute(acts);
    await seat.page.keyboard.press("Escape");
    await expect(seat.sheet).toBeHidden();
  }
}

/** Pictures and texts of all screens, and what every process was started with: pin.spec.ts looks into them. */
export async function leaveTraces(info: TestInfo, seats: readonly Seat[], wall: Page): Promise<void> {
  for (const [name, page] of [...seats.map(({ person, page }) => [person.who, page] as const), ["wall", wall] as const]) {
    await page.screenshot({ path: info.outputPath(`${name}.png`) });
    writeFileSync(info.outputPath(`${name}.txt`), await page.locator("body").innerText());
  }
  const { code, output } = await run("ps", ["-axww", "-o", "args="]);
  expect(code, output).toBe(0);
  expect(output).toContain("worker.mjs");
  writeFileSync(info.outputPath("argv.txt"), output);
}
