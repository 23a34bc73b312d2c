import { axeFaults } from "./axe";
import { Keyboard } from "./keyboard";
import { CAST } from "./person";
import type { Person } from "./person";
import { Seat } from "./room";
import { expect, need, openCeremony, test } from "./test";

/** What came of each form. */
const ASKED = [
  ...["step-papered", "identity-checked", "evidence-noted", "break-begun", "break-ended", "value-entered", "step-refused", "step-approved"],
  ...["deviation-noted", "ceremony-stopped", "resume-approved", "ceremony-resumed", "step-initialled", "step-attested", "deviations-read", "deviation-initialled"],
  ...["signed-off", "presence-noted", "notebook-released", "ceremony-aborted"],
];

/** What axe finds on the sheet that is open, which nobody but the keyboard has opened. */
const isClean = async ({ seat }: Keyboard) => expect(await axeFaults(seat.page)).toEqual([]);

/** Who sits in the room without a keyboard initials everything by bare HTTP. */
async function initialled(person: Person, id: string): Promise<void> {
  const { mine } = need(await person.http("GET", `/api/ceremonies/${id}`)) as { mine: { act: string; deviations?: number[] }[] };
  const deviations = mine.find(({ act }) => act === "initial-deviations")?.deviations;
  need(await person.http("POST", `/api/ceremonies/${id}/acts`, { act: "initial-deviations", deviations }));
}

test("operator, custodians and a witness take a ceremony from its first step to its abort with the keyboard alone", async ({ people, house }) => {
  test.setTimeout(900_000);
  const id = await openCeremony(people, "keyboard", 1, "By keyboard");
  const at = async (who: "operator" | "custodianOne" | "custodianTwo" | "witnessOne") =>
    new Keyboard(await new Seat(await people.enter(who), id).enter());
  const operator = await at("operator");
  const custodian = await at("custodianTwo");
  const other = await at("custodianOne");
  const witness = await at("witnessOne");
  const open = async (title: string) => {
    await operator.seat.isAt(title);
    await operator.answer(/^Open the step$/u);
    const opening = operator.seat.turn.getByRole("button", { name: /^(?:Open the step|Writing it down …)$/u });
    await expect(opening).toBeHidden({ timeout: 60_000 });
  };

  await test.step("a step done on paper: the deviation, the account, the second signature", async () => {
    await open("Policy read aloud");
    await operator.press("d");
    await operator.deviate("The power went.");
    await operator.press("j");
    await operator.push(/^Done on paper …$/u);
    const now = new Date();
    await operator.writeTime(/^Begun on paper/u, now);
    await operator.writeTime(/^Finished on paper/u, now);
    await operator.write(/^What was done and found/u, "It was read aloud.");
    await operator.write(/^Where the sheet is kept/u, "Safe 2");
    await isClean(operator);
    await operator.push(/^Show what I would sign$/u);
    await operator.sign(/^Sign for it with my passkey$/u);
    await expect(operator.seat.sheet.getByText("Your signature for the step on paper is in the transcript.")).toBeVisible();
    await operator.press("Escape");
    await witness.answer(/^Read and sign …$/u);
    await witness.sign(/^Sign for it with my passkey$/u);
    await expect(witness.seat.sheet.getByText("Your signature for the step on paper is in the transcript.")).toBeVisible();
    await witness.press("Escape");
  });

  await test.step("identity, evidence, and what was half typed is still there when the page is loaded again", async () => {
    await open("Attendance");
    await witness.go(/^Identity checked$/u);
    await witness.write(/^Kind of document$/u, "Pass");
    await witness.seat.page.reload();
    await expect(witness.seat.turn.getByLabel("Kind of document")).toHaveValue("Pass");
    await witness.go(/^Identity checked$/u);
    await witness.write(/^Kind of document$/u, "port");
    await witness.press("Enter");
    const checked = async () => {
      const room = (await witness.seat.person.http("GET", `/api/ceremonies/${id}`)).body as unknown as { people: { person: string; checked: unknown }[] };
      return room.people.filter((one) => one.checked === null).map(({ person }) => person);
    };
    await expect.poll(async () => (await checked()).length).toBe(6);
    const second = await people.enter("witnessTwo");
    const itself = witness.seat.person.person;
    for (const person of await checked()) {
      const by = person === itself ? second : witness.seat.person;
      await by.http("POST", `/api/ceremonies/${id}/acts`, { act: "check-identity", step: "attendance", person, document: "Passport" });
    }
    await open("Film started");
    await operator.go(/^Note the evidence$/u);
    await operator.write(/^What$/u, "Camera 1");
    await operator.chooseFile(/^Choose files …$/u, "cameras.txt", "Camera 1 stands left of the door.");
    await operator.write(/^Kept where$/u, "Archive");
    await operator.press("Enter");
  });

  await test.step("a break, counted out by one and in by another", async () => {
    await operator.seat.isAt("Bag number");
    await operator.press("b");
    await operator.write(/^What it is 1$/u, "Bag");
    await operator.seat.page.reload();
    await expect(operator.seat.sheet.getByLabel("What it is 1")).toHaveValue("Bag");
    await operator.write(/^What it reads 1$/u, "A-20417");
    await isClean(operator);
    await operator.push(/^Begin the break$/u);
    await witness.answer(/^Count everybody in …$/u);
    await witness.tickAllTo(/^Bag reads$/u);
    await witness.write(/^Bag reads$/u, "A-20417");
    await isClean(witness);
    await witness.push(/^End the break$/u);
    await expect(witness.seat.sheet).toBeHidden({ timeout: 60_000 });
  });

  await test.step("a value read by two people", async () => {
    await open("Bag number");
    for (const reader of [operator, witness]) {
      await reader.go(/^Enter the value$/u);
      await reader.write(/^Bag number$/u, "A-20417");
      await reader.press("Enter");
      await expect(reader.seat.turn.getByLabel("Bag number")).toBeHidden({ timeout: 60_000 });
    }
  });

  await test.step("a refusal, two approvals, a stop and going on", async () => {
    await open("Signing key");
    await custodian.go(/^Read and approve …$/u);
    await custodian.press("Shift+Tab", "Enter");
    await custodian.write(/^Why you refuse$/u, "The label is not the plan's.");
    await isClean(custodian);
    await custodian.push(/^Show what I would sign$/u);
    await custodian.sign(/^Refuse with my passkey$/u);
    await custodian.push(/^Back to the room$/u);
    await operator.answer(/^Note the deviation …$/u);
    await operator.deviate("A custodian refused.");
    await open("Signing key");
    await custodian.answer(/^Read and approve …$/u);
    await custodian.sign(/^Approve with my passkey$/u);
    await expect(custodian.seat.sheet.getByRole("status")).toHaveText(/^You approved\./u);
    await custodian.push(/^Back to the room$/u);
    // The button that was pressed is gone: the keyboard is at the step everybody is at.
    await expect(custodian.seat.step.getByRole("heading", { name: "Signing key" })).toBeFocused();
    await custodian.press("s");
    await expect(custodian.seat.sheet.getByRole("button", { name: "Stop the ceremony now" })).toBeFocused();
    await custodian.press("Enter");
    await expect(custodian.seat.sheet).toBeHidden({ timeout: 60_000 });
    await operator.answer(/^Note the deviation …$/u);
    await operator.deviate("Somebody came in.");
    for (const seat of [custodian, other]) {
      await seat.answer(/^Read and agree to go on …$/u);
      await seat.sign(/^Agree with my passkey$/u);
      await seat.push(/^Back to the room$/u);
    }
    await operator.answer(/^Resume the ceremony$/u);
    await open("Signing key");
    for (const seat of [custodian, other]) {
      await seat.answer(/^Read and approve …$/u);
      await seat.sign(/^Approve with my passkey$/u);
      await seat.push(/^Back to the room$/u);
    }
  });

  await test.step("a witness's initials, attestation and notebook", async () => {
    await witness.seat.isAt("Signatures");
    await witness.press("j");
    while ((await witness.seat.page.evaluate(() => document.activeElement?.id)) !== "step-bag") await witness.press("k");
    await witness.press("i", "Enter");
    await witness.push(/^Attest step 4 …$/u);
    await witness.write(/^What you want to add/u, "I read it too.");
    await isClean(witness);
    await witness.push(/^Show what I would sign$/u);
    await witness.sign(/^Attest with my passkey$/u);
    await expect(witness.seat.sheet.getByText("Your attestation is in the transcript.")).toBeVisible();
    await witness.press("Escape");
    await expect(witness.seat.sheet).toBeHidden();
    await witness.press("w");
    await witness.write(/^A new page$/u, "Quiet so far.");
    await witness.push(/^Write it down$/u);
    await expect(witness.seat.sheet.getByText("Page 1")).toBeVisible();
    await isClean(witness);
    await witness.push(/^Release this page into the transcript …$/u);
    await witness.sign(/^Release with my passkey$/u);
    await expect(witness.seat.sheet.getByText("Your notebook is in the transcript.")).toBeVisible();
    await witness.press("Escape");
    await expect(witness.seat.sheet).toBeHidden();
  });

  await test.step("sheets read out and initialled, and a signature for what one saw", async () => {
    await operator.answer(/^Read out the sheets …$/u);
    await expect(operator.seat.sheet.getByRole("button", { name: "All of them have been read aloud" })).toBeFocused();
    await isClean(operator);
    await operator.press("Enter");
    await expect(operator.seat.sheet.getByRole("alert").getByText("Say which were closed, or that none was.")).toBeVisible();
    await operator.tick(/^All of them$/u);
    await operator.push(/^All of them have been read aloud$/u);
    await expect(operator.seat.sheet).toBeHidden({ timeout: 60_000 });
    await witness.push(/^I have read sheet 1$/u);
    // The operator noted each of them, which says as much as initials.
    for (const seat of [custodian, other, witness]) {
      await seat.answer(/^Read and initial …$/u);
      await expect(seat.seat.sheet.getByRole("button", { name: /^I have read (?:this sheet|these \d+ sheets)$/u })).toBeFocused();
      if (seat === witness) await isClean(witness);
      await seat.press("Enter");
      await expect(seat.seat.sheet).toBeHidden({ timeout: 60_000 });
    }
    for (const who of ["custodianThree", "witnessTwo"] as const) await initialled(await people.enter(who), id);
    await open("Signatures");
    await custodian.answer(/^Read and sign …$/u);
    await isClean(custodian);
    await custodian.push(/^Show what I would sign$/u);
    await custodian.sign(/^Sign with my passkey$/u);
    await custodian.push(/^Back to the room$/u);
  });

  await test.step("the list of keys says what each role has, and switches them off", async () => {
    await operator.press("?");
    await expect(operator.seat.sheet.getByText("the console: what to say and do, time, who is missing")).toBeVisible();
    await isClean(operator);
    await operator.tick(/^Use these keys$/u);
    await operator.press("Escape");
    await expect(operator.seat.sheet).toBeHidden();
    await operator.press("c");
    await expect(operator.seat.sheet).toBeHidden();
    await operator.push(/^Keyboard keys$/u);
    await operator.tick(/^Use these keys$/u);
    await operator.press("Escape");
    await expect(operator.seat.sheet).toBeHidden();
    await operator.press("c");
    await expect(operator.seat.sheet.getByRole("heading", { name: "Console" })).toBeVisible();
    await isClean(operator);
    await operator.press("Escape");
    await expect(operator.seat.sheet).toBeHidden();
  });

  await test.step("who is here is noted, and the ceremony aborted", async () => {
    const { name } = CAST.witnessTwo;
    await operator.press("p");
    await operator.push(new RegExp(`^${name} is not here$`, "u"));
    await operator.push(new RegExp(`^${name} is here$`, "u"));
    await expect(operator.seat.sheet.getByRole("button", { name: `${name} is not here`, exact: true })).toBeVisible({ timeout: 60_000 });
    await operator.press("Escape");
    await expect(operator.seat.sheet).toBeHidden();
    await operator.push(/^Abort …$/u);
    await operator.write(/^Why the ceremony is aborted/u, "Only tried.");
    await operator.write(/^Type the word/u, "abort");
    await isClean(operator);
    await operator.push(/^Abort the ceremony for good$/u);
    await expect(operator.seat.sheet).toBeHidden({ timeout: 60_000 });
  });

  const rows = await house.query<{ kind: string }>(`SELECT DISTINCT kind FROM "Entry" WHERE ceremony = $1`, [id]);
  const kinds = rows.map(({ kind }) => kind);
  expect(ASKED.filter((kind) => !kinds.includes(kind))).toEqual([]);
});
