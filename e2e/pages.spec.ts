import { english } from "#lib/words/english";
import { german } from "#lib/words/german";
import { englishLeft, inGermanFor, readInGerman } from "./english-left";
import { CAST } from "./person";
import { faultsOf } from "./pictures";
import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";

test("axe finds nothing on the pages round the room, light, dark and in high contrast, wide and narrow, and none scrolls sideways", async ({
  people,
}) => {
  test.setTimeout(600_000);
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
  test.setTimeout(900_000);
  const id = await openCeremony(people, "every-kind", 4, "Signing and data keys, rehearsed once more");
  const acts = `/api/ceremonies/${id}/acts`;
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  const faults: string[] = [];
  // Somebody looks on in German all the while: in no phase is anything English on their page.
  const auditor = await people.enter("auditor");
  await auditor.context.addCookies([{ name: "claviger-language", value: "de", url: new URL(operator.page.url()).origin }]);
  const onlooker = new Seat(auditor, id);
  await onlooker.page.goto(`/ceremonies/${id}`);
  const look = async ({ page }: Seat, name: string) => {
    faults.push(...(await faultsOf(page, name)), ...(await englishLeft(onlooker.page)).map((text) => `${name}, in German: ${text}`));
  };
  const { turn } = german;
  /** Whose turn it is reads their open dock in German; others read what they can open. Then the room is theirs again as it was. */
  const inGerman = async (seat: Seat, name: string, opens: readonly (string | RegExp)[] = []) => {
    const read = async (what: string) => faults.push(...(await englishLeft(seat.page)).map((text) => `${what}, in German: ${text}`));
    await inGermanFor(seat.person, async () => {
      await seat.enter();
      const dock = opens.length > 0 ? new RegExp(`^(?:${turn.yours}|${turn.waiting})$`) : turn.yours;
      await expect(seat.page.getByRole("region", { name: dock, exact: true })).toBeVisible();
      await read(`${name}, by whoever acts`);
      for (const button of opens) {
        await seat.page.getByRole("button", { name: button, exact: true }).click();
        await expect(seat.sheet).toBeVisible();
        await read(`${name}, ${String(button)}`);
        await seat.page.keyboard.press("Escape");
        await expect(seat.sheet).toBeHidden();
      }
    });
    await seat.enter();
  };
  const did = async (seat: Seat, act: Record<string, unknown>) =>
    expect((await seat.person.http("POST", acts, act)).status).toBe(200);
  const others = await people.all("custodianTwo", "custodianThree", "witnessTwo");

  await look(operator, "room-open-step");
  await inGerman(operator, "room-open-step");
  await operator.open("Policy read aloud");
  await look(custodian, "room-statement");
  for (const seat of [operator, custodian, witness]) await did(seat, { act: "acknowledge", step: "policy" });
  for (const person of Object.values(others))
    expect((await person.http("POST", acts, { act: "acknowledge", step: "policy" })).status).toBe(200);
  await operator.open("Attendance");
  await expect(witness.turn).toBeVisible();
  await look(witness, "room-attendance");
  await inGerman(witness, "room-attendance");
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
  await inGerman(operator, "room-check");
  await operator.page.getByRole("button", { name: "Note a deviation" }).click();
  await did(operator, { act: "enter-value", step: "serial", value: "A-17" });
  await did(witness, { act: "enter-value", step: "serial", value: "A-71" });
  await expect(operator.sheet.getByRole("button", { name: "Complete sheet 1 with this" })).toBeVisible();
  await operator.page.keyboard.press("Escape");
  await expect(operator.turn.getByRole("button", { name: "Complete sheet 1 …" })).toBeVisible();
  await look(operator, "room-halted");
  await inGerman(operator, "room-halted");
  await operator.completeSheet(1, "Again.", CAST.witnessOne.name, "A-17");
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
  await inGerman(witness, "room-one-of-two", [turn.deviationTitle, turn.stopButton, /^Wer da ist/u]);
  await witness.page.goto(`/ceremonies/${id}/display`);
  await expect(witness.page.getByRole("main")).toBeVisible();
  await look(witness, "wall");
  await custodian.stop("Somebody came in.");
  await look(operator, "room-stopped");
  // Going on takes a quorum, who read what was written down of the stop.
  const stopped = { expected: "Nobody comes in.", happened: "Somebody came in.", decided: "They left; it goes on." };
  await operator.noteDeviation(stopped);
  await expect(custodian.turn.getByRole("button", { name: english.turn.approveResume })).toBeVisible({ timeout: 60_000 });
  await inGermanFor(custodian.person, async () => {
    await custodian.enter();
    await custodian.page.getByRole("button", { name: turn.approveResume }).click();
    await expect(custodian.sheet).toBeVisible();
    faults.push(...(await faultsOf(custodian.page, "sheet-going-on-german")), ...(await englishLeft(custodian.page)));
    // A page that is loaded again opens what was open.
    await custodian.page.keyboard.press("Escape");
    await expect(custodian.sheet).toBeHidden();
  });
  await custodian.enter();
  await custodian.agreeToGoOn();
  await look(operator, "room-going-on");
  await auditor.context.clearCookies({ name: "claviger-language" });
  expect(faults).toEqual([]);
});

test("axe finds nothing where a ceremony is over", async ({ people, house }) => {
  const [sealed] = await house.query<{ ceremony: string }>(`SELECT ceremony FROM "Record" ORDER BY "sealedAt" LIMIT 1`);
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
  reader.provokes(/410/);
  await readInGerman(reader.page, ["/sign-in", "/enrol/none", "/log", "/verify", "/second-screen"]);

  const administrator = await people.enter("administrator");
  await administrator.page.goto("/");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "What waits for you" })).toBeVisible();
  await administrator.page.getByLabel("Language").selectOption("de");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "Was auf Sie wartet" })).toBeVisible();
  await expect(administrator.page.locator("html")).toHaveAttribute("lang", "de");
  administrator.provokes(/404/);
  await readInGerman(administrator.page, [
    ...["/", "/plans", "/plans/new", "/ceremonies", "/ceremonies/new", "/scripts", "/scripts/edit", "/people", "/readiness", "/hsm"],
    ...["/keys", "/audit", "/no/such/page"],
  ]);
  await administrator.page.goto("/");
  const refused = await administrator.http("POST", "/api/ceremonies", { title: "" });
  expect(JSON.stringify(refused.body)).toContain("Was gesendet wurde, ist nicht das, was diese Adresse annimmt (Ort).");
  await administrator.page.getByLabel("Sprache").selectOption("en");
  await expect(administrator.page.getByRole("heading", { level: 1, name: "What waits for you" })).toBeVisible();

  // A room whose page the server draws in German and the browser goes on with: what differs between the two would be a fault here.
  const id = await openCeremony(people, "one-key", 11, "In two languages");
  const operator = await people.enter("operator");
  const language = { name: "claviger-language", url: house.origin };
  await operator.context.addCookies([{ ...language, value: "de" }]);
  const room = await new Seat(operator, id).enter();
  await expect(room.page.getByRole("region", { name: /^(?:Sie sind an der Reihe|Warten)$/ })).toBeVisible();
  await readInGerman(room.page, [`/ceremonies/${id}`, `/ceremonies/${id}/display`]);
  await operator.context.clearCookies({ name: language.name });
});
