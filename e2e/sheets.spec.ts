import { german } from "#lib/words/german";
import { acceptedRecord } from "./accepted-record";
import { englishLeft, inGermanFor } from "./english-left";
import type { House } from "./house";
import { Seat } from "./room";
import { expect, need, openCeremony, test } from "./test";
import { CAST, type Who } from "./person";
import { faultsOf } from "./pictures";

const ROOM = [
  "operator",
  "custodianOne",
  "custodianTwo",
  "custodianThree",
  "witnessOne",
  "witnessTwo",
  "auditor",
] as const satisfies readonly Who[];
const NOTE = "The bag lay on the table before anybody said so.";
const REASON = "The bag was out of sight for a minute.";

test("exceptions, a step on paper, witnesses' words and a no leave a record that verifies", async ({
  people,
  house,
}, info) => {
  test.setTimeout(900_000);
  const persons = await people.all(...ROOM);
  const ceremony = await openCeremony(people, "sheets", 1, "What happens in rooms");
  const seats = {} as Record<(typeof ROOM)[number], Seat>;
  for (const who of ROOM) seats[who] = new Seat(persons[who], ceremony);
  const { operator, custodianOne, custodianTwo, custodianThree, witnessOne, witnessTwo, auditor } = seats;
  await Promise.all(Object.values(seats).map((seat) => seat.enter()));

  await test.step("a witness initials a step that is done with one key, and attests it with their passkey", async () => {
    await operator.open("Policy read aloud");
    await operator.hear();
    await witnessOne.isAt("Attendance");
    await witnessOne.page.locator("#step-policy").focus();
    await witnessOne.page.keyboard.press("i");
    await expect.poll(async () => (await entryKinds(house, ceremony)).includes("step-initialled")).toBe(true);
    await witnessOne.page.locator("#step-policy").click();
    await witnessOne.page.getByRole("button", { name: "Attest step 1 …" }).click();
    await witnessOne.sheet.getByLabel("What you want to add, if anything").fill("Every word of it.");
    await witnessOne.sheet.getByRole("button", { name: "Show what I would sign" }).click();
    await witnessOne.signWord("Attest with my passkey", "Your attestation is in the transcript.");
    await expect(witnessOne.page.getByText(`attested by ${CAST.witnessOne.name}`)).toBeVisible();
  });

  await test.step("a step finished on paper is entered afterwards, by two people of different roles", async () => {
    await operator.open("Attendance");
    await expect(operator.page.getByRole("button", { name: "Done on paper …" })).toHaveCount(0);
    await operator.noteDeviation({
      grade: "C",
      expected: "Power in the room.",
      happened: "The power went; we went on by the printed script.",
      decided: "Enter the step from paper.",
    });
    await operator.page.getByRole("button", { name: "Done on paper …" }).click();
    const now = await operator.page.evaluate(() => {
      const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
      return local.toISOString().slice(0, 19);
    });
    await operator.sheet.getByLabel("Begun on paper, time on the sheet").fill(now);
    await operator.sheet.getByLabel("Finished on paper").fill(now);
    await operator.sheet.getByLabel("What was done and found, and by whom, as it stands on the sheet").fill("All faces were compared.");
    await operator.sheet.getByLabel("Where the sheet is kept").fill("Safe 2");
    await operator.sheet.getByRole("button", { name: "Show what I would sign" }).click();
    await operator.signWord("Sign for it with my passkey", "Your signature for the step on paper is in the transcript.");
    await expect(auditor.step.getByText("PAPER", { exact: true })).toBeVisible();
    await witnessTwo.turn.getByRole("button", { name: "Read and sign …" }).click();
    await expect(witnessTwo.sheet.getByText("All faces were compared.")).toBeVisible();
    await witnessTwo.signWord("Sign for it with my passkey", "Your signature for the step on paper is in the transcript.");
    await operator.isAt("Bag number");
  });

  // What two readings that differ come to is tried by the ten people.
  await operator.open("Bag number");
  for (const person of [persons.operator, persons.witnessOne])
    need(await person.http("POST", `/api/ceremonies/${ceremony}/acts`, { act: "enter-value", step: "bag", value: "A-20417" }));
  await operator.isAt("Health of the HSM");

  await test.step("anybody notes an exception, and the others initial its sheet", async () => {
    await custodianOne.noteDeviation({ grade: "A", expected: "A screen that answers.", happened: "It did not.", decided: "Reload." });
    await witnessTwo.noteDeviation({ grade: "D", expected: "A whole seal.", happened: "It had a tear.", decided: "Go on, compared." });
    const initial = custodianTwo.page.getByRole("button", { name: "I have read sheet 3" });
    await initial.click();
    await expect(initial).toHaveCount(0, { timeout: 60_000 });
    await expect(auditor.page.getByText("Initials: SA")).toBeVisible();
    await expect(auditor.page.getByRole("button", { name: /^I have read sheet/ })).toHaveCount(0);
  });

  await test.step("a witness's notebook is shown to nobody else, and goes into the transcript when they release it", async () => {
    await witnessTwo.page.getByRole("button", { name: "My notebook" }).click();
    await witnessTwo.sheet.getByLabel("A new page").fill(NOTE);
    await witnessTwo.sheet.getByRole("button", { name: "Write it down" }).click();
    await expect(witnessTwo.sheet.getByText("Page 1")).toBeVisible();
    const administrator = await people.enter("administrator");
    for (const person of [administrator, persons.auditor, persons.operator, persons.witnessOne]) {
      const answer = await person.http("GET", `/api/ceremonies/${ceremony}/notebook`);
      expect(JSON.stringify(answer.body)).not.toContain(NOTE);
    }
    expect(JSON.stringify((await persons.auditor.http("GET", `/api/ceremonies/${ceremony}`)).body)).not.toContain(NOTE);
    await witnessTwo.sheet.getByRole("button", { name: "Release this page into the transcript …" }).click();
    await witnessTwo.signWord("Release with my passkey", "Your notebook is in the transcript.");
    await expect(auditor.page.getByText(NOTE)).toBeVisible();
  });

  await test.step("nobody signs before every sheet was read aloud; one does not agree, and the record is a record", async () => {
    await operator.open("Health of the HSM");
    await operator.isAt("Signatures");
    const opening = { act: "open-step", step: "signatures" };
    expect((await persons.operator.http("POST", `/api/ceremonies/${ceremony}/acts`, opening)).body.error?.code).toBe("DEVIATIONS-READ");
    await operator.readOut();
    expect((await persons.operator.http("POST", `/api/ceremonies/${ceremony}/acts`, opening)).body.error?.code).toBe("INITIALS-ALL");
    await inGermanFor(persons.custodianOne, async () => {
      await custodianOne.enter();
      await custodianOne.page.getByRole("button", { name: german.sheets.doInitials }).click();
      await expect(custodianOne.sheet).toBeVisible();
      expect([...(await faultsOf(custodianOne.page, "sheet-initials-german")), ...(await englishLeft(custodianOne.page))]).toEqual([]);
      // A page that is loaded again opens what was open.
      await custodianOne.page.keyboard.press("Escape");
      await expect(custodianOne.sheet).toBeHidden();
    });
    await custodianOne.enter();
    const signing = [operator, custodianOne, custodianTwo, witnessOne, witnessTwo];
    await Promise.all([...signing, custodianThree].map((seat) => seat.initialAll()));
    await operator.open("Signatures");
    for (const seat of signing) await seat.signOff("I agree.");
    await custodianThree.signOff("I do not agree.", REASON);
  });

  await test.step("the record is accepted, and says PAPER and who does not agree", async () => {
    await acceptedRecord(auditor, house, info);
    const looks = await house.query<{ facts: { ceremony: string; as: string } }>(
      `SELECT facts FROM "AuditEvent" WHERE kind = 'ceremony-looked-into' AND "by" = $1`,
      [persons.auditor.person],
    );
    const clocks = await house.query(
      `SELECT 1 FROM "AuditEvent" WHERE kind = 'onlooker-clock-compared' AND "by" = $1 AND facts->>'ceremony' = $2`,
      [persons.auditor.person, ceremony],
    );
    expect(clocks).toHaveLength(1);
    expect(looks.filter(({ facts }) => facts.ceremony === ceremony)).toEqual([{ facts: { ceremony, as: "auditor", phase: "running" } }]);
  });
});

async function entryKinds(house: House, ceremony: string): Promise<string[]> {
  return (await house.query<{ kind: string }>(`SELECT kind FROM "Entry" WHERE ceremony = $1`, [ceremony])).map(({ kind }) => kind);
}
