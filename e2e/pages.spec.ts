import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { keepFolder } from "../cli/setup/checkout.mjs";
import { axeOn, settled } from "./axe";
import { controlFaults } from "./controls";
import { englishLeft } from "./english-left";
import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";

/** Pictures for people to look at; nothing compares them. */
const PICTURES = path.join(keepFolder, "screenshots");
const WIDTHS = [360, 1280] as const;
const LOOKS = ["light", "dark", "contrast"] as const;

/** What is wrong with a page in every width and look: axe's findings, and whether it must be scrolled sideways. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
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

test("axe finds nothing on the pages round the room, light, dark and in high contrast, wide and narrow, and none scrolls sideways", async ({
  people,
}) => {
  test.setTimeout(240_000);
  const administrator = await people.enter("administrator");
  const stranger = await people.stranger("stranger", "Somebody Else");
  administrator.provokes(/404/);
  stranger.provokes(/410/);
  const faults: string[] = [];
  for (const [name, place] of [
    ["sign-in", "/sign-in"],
    ["enrol-spent", "/enrol/none"],
    ["log", "/log"],
  ] as const) {
    await stranger.page.goto(place);
    await expect(stranger.page.getByRole("heading", { level: 1 })).toBeVisible();
    if (name === "enrol-spent") await expect(stranger.alert).toBeVisible();
    faults.push(...(await faultsOf(stranger.page, name)));
  }
  for (const [name, place] of [
    ["home", "/"],
    ["ceremonies", "/ceremonies"],
    ["new-ceremony", "/ceremonies/new"],
    ["scripts", "/scripts"],
    ["people", "/people"],
    ["hsm", "/hsm"],
    ["readiness", "/readiness"],
    ["not-found", "/no/such/page"],
  ] as const) {
    await administrator.page.goto(place);
    await expect(administrator.page.getByRole("heading", { level: 1 })).toBeVisible();
    faults.push(...(await faultsOf(administrator.page, name)));
  }
  await administrator.page.goto("/scripts");
  await administrator.page.getByRole("link", { name: "Every kind of step, edition 1: read it" }).click();
  await expect(administrator.page.getByRole("heading", { level: 1, name: /Every kind of step/ })).toBeVisible();
  faults.push(...(await faultsOf(administrator.page, "script")));
  expect(faults).toEqual([]);
});

test("axe finds nothing in the room, on its sheets and on the wall, light, dark and in high contrast, wide and narrow", async ({ people }) => {
  test.setTimeout(300_000);
  const id = await openCeremony(people, "every-kind", 4, "Signing and data keys, rehearsed once more");
  const acts = `/api/ceremonies/${id}/acts`;
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  const faults: string[] = [];
  const look = async ({ page }: Seat, name: string) => faults.push(...(await faultsOf(page, name)));
  const did = async (seat: Seat, act: Record<string, unknown>) =>
    expect((await seat.person.http("POST", acts, act)).status).toBe(200);
  const others = await people.all("custodianTwo", "custodianThree", "witnessTwo");

  await look(operator, "room-open-step");
  await operator.open("Policy read aloud");
  await look(custodian, "room-statement");
  for (const seat of [operator, custodian, witness]) await did(seat, { act: "acknowledge", step: "policy" });
  for (const person of Object.values(others))
    expect((await person.http("POST", acts, { act: "acknowledge", step: "policy" })).status).toBe(200);
  await operator.open("Attendance");
  await expect(witness.turn).toBeVisible();
  await look(witness, "room-attendance");
  const room = (await witness.person.http("GET", `/api/ceremonies/${id}`)).body as unknown as { people: { person: string }[] };
  const itself = witness.person.person;
  for (const { person } of room.people)
    if (person !== itself) await did(witness, { act: "check-identity", step: "attendance", person, document: "Passport" });
  expect(
    (
      await others.witnessTwo.http("POST", acts, {
        act: "check-identity",
        step: "attendance",
        person: itself,
        document: "Passport",
      })
    ).status,
  ).toBe(200);
  await operator.open("Film started");
  await look(operator, "room-evidence");
  await did(operator, { act: "note-evidence", step: "film", name: "camera-1.mkv", kept: "Archive" });
  await operator.open("A moment of quiet");
  await did(operator, { act: "acknowledge", step: "breath" });
  await operator.open("Serial number");
  await look(operator, "room-check");
  await did(operator, { act: "enter-value", step: "serial", value: "1" });
  await did(witness, { act: "enter-value", step: "serial", value: "2" });
  await expect(operator.turn.getByRole("button", { name: "Note the deviation …" })).toBeVisible();
  await look(operator, "room-halted");
  await operator.noteDeviation({ expected: "Equal readings.", happened: "Unequal ones.", decided: "Again." });
  await operator.open("Serial number");
  await did(operator, { act: "enter-value", step: "serial", value: "1" });
  await did(witness, { act: "enter-value", step: "serial", value: "1" });
  await operator.open("Health of the HSM");
  await operator.open("Signing key");
  await expect(custodian.turn).toBeVisible();
  await look(custodian, "room-approval");
  await custodian.readApproval();
  await look(custodian, "sheet-approval");
  await custodian.signAs("Approve with my passkey", /^You approved\./);
  await look(witness, "room-one-of-two");

  for (const [button, name] of [
    ["Note a deviation", "sheet-deviation"],
    ["STOP", "sheet-stop"],
    [/^Who is here/, "sheet-people"],
  ] as const) {
    await witness.page.getByRole("button", { name: button }).click();
    await expect(witness.sheet).toBeVisible();
    await look(witness, name);
    await witness.page.keyboard.press("Escape");
    await expect(witness.sheet).toBeHidden();
  }
  await witness.page.goto(`/ceremonies/${id}/display`);
  await expect(witness.page.getByRole("main")).toBeVisible();
  await look(witness, "wall");
  await custodian.stop("Somebody came in.");
  await look(operator, "room-stopped");
  expect(faults).toEqual([]);
});

test("axe finds nothing where a ceremony is over", async ({ people, house }) => {
  test.setTimeout(120_000);
  const [sealed] = await house.query<{ ceremony: string }>(`SELECT ceremony FROM "Record" LIMIT 1`);
  const id = sealed?.ceremony ?? (await openCeremony(people, "one-key", 9, "Over soon"));
  const operator = await people.enter("operator");
  if (!sealed) {
    expect(
      (await operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "abort", reason: "Only for its page." })).status,
    ).toBe(200);
    await expect
      .poll(async () => (await operator.http("GET", `/api/ceremonies/${id}`)).body["record"], { timeout: 60_000 })
      .not.toBeNull();
  }
  const seat = await new Seat(operator, id).enter();
  await expect(seat.page.getByRole("link", { name: "Download the record" })).toBeVisible();
  expect(await faultsOf(seat.page, "room-sealed")).toEqual([]);
});

test("a page speaks the language that the browser asks for, else the one chosen, and says which it is", async ({ people, house }) => {
  const reader = await people.stranger("reader", "Somebody Who Reads German", { locale: "de-DE" });
  await reader.page.goto("/sign-in");
  await expect(reader.page.getByRole("button", { name: "Mit Passkey anmelden" })).toBeVisible();
  await expect(reader.page.locator("html")).toHaveAttribute("lang", "de");

  const administrator = await people.enter("administrator");
  await administrator.page.goto("/");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "What waits for you" })).toBeVisible();
  await administrator.page.getByLabel("Language").selectOption("de");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "Was auf Sie wartet" })).toBeVisible();
  await expect(administrator.page.locator("html")).toHaveAttribute("lang", "de");
  expect(await faultsOf(administrator.page, "home-de")).toEqual([]);
  const refused = await administrator.http("POST", "/api/ceremonies", { title: "" });
  expect(JSON.stringify(refused.body)).toContain("Was gesendet wurde, ist nicht das, was diese Adresse annimmt.");
  await administrator.page.getByLabel("Sprache").selectOption("en");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "What waits for you" })).toBeVisible();

  // A room whose page the server draws in German and the browser goes on with: what differs between the two would be a fault here.
  const [known] = await house.query<{ id: string }>(`SELECT id FROM "Ceremony" WHERE phase <> 'closed' LIMIT 1`);
  const id = known?.id ?? (await openCeremony(people, "one-key", 11, "In two languages"));
  const operator = await people.enter("operator");
  const language = { name: "claviger-language", url: house.origin };
  await operator.context.addCookies([{ ...language, value: "de" }]);
  const room = await new Seat(operator, id).enter();
  await expect(room.page.getByRole("region", { name: /^(?:Sie sind an der Reihe|Warten)$/ })).toBeVisible();
  expect(await englishLeft(room.page)).toEqual([]);
  await room.page.setViewportSize({ width: 360, height: 800 });
  expect(await room.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await operator.context.clearCookies({ name: language.name });
});
