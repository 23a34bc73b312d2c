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
  await expect(told).toBeVisible({ timeout: 2_000 });
  return {
    comeBack: async () => {
      await sleep(Math.max(0, since + MINUTE - Date.now()));
      await expect(told).toBeVisible();
      await person.context.setOffline(false);
      await expect(told).toBeHidden({ timeout: 30_000 });
    },
  };
}

/** Lets people who read the same approval press at once, where one is enough: each is told what became of theirs. */
export async function racing(...racers: readonly Seat[]): Promise<void> {
  for (const seat of racers) {
    seat.person.provokes(/409/);
    await seat.readApproval();
  }
  // The button may be gone under the slower one's finger: that is the race.
  await Promise.all(
    racers.map((seat) =>
      seat.sheet
        .getByRole("button", { name: "Approve with my passkey" })
        .click({ timeout: 5_000 })
        .catch(() => undefined),
    ),
  );
  for (const seat of racers) {
    await expect(seat.sheet.getByText(/You approved\.|The room has moved on\.|Code/).first()).toBeVisible({ timeout: 30_000 });
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
