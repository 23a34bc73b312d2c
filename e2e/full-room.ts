import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { run } from "../cli/setup/command.mjs";
import type { Seat } from "./room";

const MINUTE = 60_000;

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
