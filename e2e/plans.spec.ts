import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import ical, { type VEvent } from "node-ical";
import { MailBox, type Delivered } from "#lib/mail/mail-box.under-test";
import { keepFolder } from "../cli/setup/checkout.mjs";
import { axeOn, settled } from "./axe";
import { inGermanFor, readInGerman } from "./english-left";
import { Keyboard } from "./keyboard";
import { CAST } from "./person";
import { Seat } from "./room";
import { editionNow, expect, scriptText, test } from "./test";

const DAY = 86_400_000;
/** As a field for day and time takes it. */
const field = (ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function calendarIn(mail: Delivered | undefined): string {
  const content = mail?.attachments.find(({ mimeType }) => mimeType === "text/calendar")?.content;
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function eventIn(mail: Delivered | undefined): VEvent {
  const found = Object.values(ical.sync.parseICS(calendarIn(mail))).find((one) => one?.type === "VEVENT");
  if (found?.type !== "VEVENT") throw new Error("no event");
  return found;
}

/** What axe finds, and whether the page must be scrolled sideways, in every width and both looks; with pictures for people. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  const folder = path.join(keepFolder, "screenshots");
  mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      // The widest as it moves for whoever can bear it.
      await page.emulateMedia({ colorScheme, reducedMotion: width === 1920 ? "no-preference" : "reduce" });
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) faults.push(`${name} at ${String(width)}: ${String(wide)} pixels too wide`);
      // Another look changes the colours and nothing else.
      const axe = colorScheme === "light" ? axeOn(page) : axeOn(page).withRules(["color-contrast"]);
      const { violations } = await axe.analyze();
      for (const { id, nodes } of violations) faults.push(`${name} at ${String(width)}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      await page.screenshot({ path: path.join(folder, `${name}-${String(width)}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 860 });
  return faults;
}

test("a ceremony is planned, answered, moved, kept lists of and cancelled, and its people hear of it by mail", async ({ people, house }) => {
  test.setTimeout(600_000);
  const [edition, title] = [editionNow(61), `One key ${String(editionNow(61))}`];
  const box = await MailBox.open({ disabledCommands: ["STARTTLS"] });
  const origin = await house.startOtherApp((port) => ({
    APP_ORIGIN: `http://localhost:${String(port)}`,
    CLAVIGER_SMTP_URL: `smtp://localhost:${String(box.port)}`,
    CLAVIGER_MAIL_FROM: "key@example.org",
  }));
  try {
    const { administrator, operator, custodianOne, custodianTwo } = await people.all("administrator", "operator", "custodianOne", "custodianTwo");
    await house.query(`UPDATE "Person" SET "contact" = "id" || '@example.org'`);
    const yaml = scriptText("one-key", edition);
    expect((await administrator.http("POST", "/api/scripts", { yaml })).status).toBe(200);

    const desk = operator.page;
    await desk.goto(`${origin}/plans/new`);
    await desk.getByLabel("Reviewed script").selectOption({ label: `One key, edition ${String(edition)}` });
    await desk.getByLabel("Title of this ceremony").fill(title);
    await desk.getByLabel("Room").fill("Vault room");
    await desk.getByLabel("Begins").fill(field(Date.now() + 30 * DAY));
    const faults = await faultsOf(desk, "new-plan");
    await desk.getByRole("button", { name: "Plan it and send the invitations" }).click();
    await expect(desk).toHaveURL(/\/plans\/pl-/);
    const plan = desk.url().split("/").at(-1) ?? "";

    // Of this plan: another one's may go out in these minutes, too.
    const to = (person: string) => box.mails.filter((mail) => mail.to === `${person}@example.org` && calendarIn(mail).includes(`${plan}@localhost`));
    await expect.poll(() => to(custodianOne.person).length, { timeout: 60_000 }).toBe(1);
    const invitation = to(custodianOne.person)[0];
    expect(eventIn(invitation)).toMatchObject({ uid: `${plan}@localhost`, sequence: 0, status: "CONFIRMED", location: "Vault room" });
    const link = /http:\S+\/plans\/\S+/.exec(invitation?.text ?? "")?.[0] ?? "";

    // The link alone does nothing: it shows the page, and the person acts there.
    await custodianOne.page.goto(link);
    await expect(custodianOne.page.getByRole("button", { name: "I cannot come" })).toBeVisible();
    await desk.reload();
    await expect(desk.getByText("custodian: 3 of 3 expected, 0 accepted; 2 needed")).toBeVisible();
    await new Keyboard(new Seat(custodianOne, "")).push(/^I cannot come$/u);
    await expect(custodianOne.page.getByText("You answered: Declined.")).toBeVisible();
    await expect(desk.getByText("custodian: 2 of 3 expected, 0 accepted; 2 needed")).toBeVisible();

    await custodianTwo.page.goto(`${origin}/plans/${plan}`);
    await custodianTwo.page.getByRole("button", { name: "Propose another time …" }).click();
    await custodianTwo.page.getByLabel("Another time that would do").fill(field(Date.now() + 31 * DAY));
    await custodianTwo.page.getByRole("button", { name: "Proposes another time" }).click();
    await expect(desk.getByText("With those who are left it cannot be performed.")).toBeVisible();

    await desk.getByRole("button", { name: "Add a duty …" }).click();
    await desk.getByLabel("What is to be done").fill("Send the film to the archive.");
    await desk.getByRole("button", { name: "Add it" }).click();
    await desk.getByRole("button", { name: "Done: Send the film to the archive.", exact: true }).click();
    await expect(desk.getByText(`Done: ${CAST.operator.name}`)).toBeVisible();
    await desk.getByRole("button", { name: "Add a duty …" }).click();
    await desk.getByLabel("What is to be done").fill("Return the badges.");
    await desk.getByRole("button", { name: "Add it" }).click();
    await desk.getByRole("button", { name: "Not done: Return the badges." }).click();
    await desk.getByLabel("Because").fill("Nobody had one");
    await desk.getByRole("button", { name: "Sign it off" }).click();
    await expect(desk.getByText(`Not done, because Nobody had one: ${CAST.operator.name}`)).toBeVisible();
    faults.push(...(await faultsOf(desk, "plan")));
    await inGermanFor(operator, () => readInGerman(desk, [`${origin}/plans/${plan}/go-no-go`, `${origin}/plans/${plan}`]));
    await desk.reload();

    await desk.getByRole("button", { name: "Change or move …" }).click();
    await desk.getByLabel("Begins").fill(field(Date.now() + 32 * DAY));
    await desk.getByLabel("Reason, which everybody is told").fill("The safe is stuck");
    await desk.getByRole("button", { name: "Keep the change and tell them" }).click();
    await expect.poll(() => to(custodianOne.person).length, { timeout: 60_000 }).toBe(2);
    expect(eventIn(to(custodianOne.person)[1])).toMatchObject({ uid: `${plan}@localhost`, sequence: 1 });
    await expect(desk.getByText("custodian: 3 of 3 expected, 0 accepted; 2 needed")).toBeVisible();
    await custodianOne.page.goto(origin);
    await expect(custodianOne.page.getByRole("link", { name: `Your answer is awaited ${title}` })).toBeVisible();
    faults.push(...(await faultsOf(custodianOne.page, "due")));

    await desk.getByRole("link", { name: "Go / no-go …" }).click();
    await expect(desk.getByRole("status")).toContainText("No go");
    faults.push(...(await faultsOf(desk, "go-no-go")));
    await desk.getByRole("link", { name: "Change cast, title or place …" }).click();
    await expect(desk.getByLabel("Place", { exact: true })).toHaveValue("Vault room");
    await desk.goto(`${origin}/plans/${plan}`);
    await desk.getByRole("button", { name: "Cancel the ceremony …" }).click();
    await desk.getByLabel("Reason, which everybody is told").fill("No HSM");
    await desk.getByLabel("Title of the ceremony").fill(title);
    await desk.getByRole("button", { name: "Cancel it and tell them" }).click();
    await expect.poll(() => to(custodianOne.person).length, { timeout: 60_000 }).toBe(3);
    expect(eventIn(to(custodianOne.person)[2])).toMatchObject({ status: "CANCELLED", sequence: 2 });
    await expect(desk.getByRole("button", { name: "Change or move …" })).toBeHidden();
    expect(faults).toEqual([]);
  } finally {
    await house.kill("other-app");
    await house.query(`UPDATE "Person" SET "contact" = NULL`);
    await box.close();
  }
});
