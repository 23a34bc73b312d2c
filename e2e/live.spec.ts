import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";

/** How long an act may take to stand on another screen, counted from the answer to whoever acted. */
const SOON = 1_000;

test("an act stands in another browser within a second, without a reload, and takes nobody's focus or words away", async ({
  people,
}) => {
  const id = await openCeremony(people, "every-kind", 2, "Live");
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  await witness.page.evaluate(() => ((window as unknown as { stayed: boolean }).stayed = true));

  const seen = async (act: () => Promise<unknown>, shown: () => Promise<unknown>): Promise<number> => {
    const waiting = shown().then(() => Date.now());
    await act();
    const acted = Date.now();
    return (await waiting) - acted;
  };
  const opened = await seen(
    () => operator.person.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "policy" }),
    () => expect(witness.turn.getByRole("button", { name: "I have heard it" })).toBeVisible(),
  );
  // Somebody is writing while others act: focus, caret and words stay.
  await witness.page.getByRole("button", { name: "Note a deviation" }).click();
  const field = witness.sheet.getByLabel("What was expected");
  await field.fill("Silence.");
  const heard = await seen(
    () => custodian.person.http("POST", `/api/ceremonies/${id}/acts`, { act: "acknowledge", step: "policy" }),
    () => expect(witness.step.getByText("1 of 6")).toBeVisible(),
  );
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Silence.");
  expect(await witness.page.evaluate(() => (window as unknown as { stayed?: boolean }).stayed)).toBe(true);
  expect(Math.max(opened, heard), `milliseconds after the answer: ${String(opened)}, ${String(heard)}`).toBeLessThan(SOON);

  // Focus on something that an update draws again stays where it was.
  await witness.page.keyboard.press("Escape");
  const seal = witness.step.getByRole("button", { name: /Mateusz/ });
  await seal.focus();
  await operator.person.http("POST", `/api/ceremonies/${id}/acts`, { act: "acknowledge", step: "policy" });
  await expect(witness.step.getByText("2 of 6")).toBeVisible();
  await expect(witness.step.getByRole("button", { name: /Mateusz.*done/ })).toBeFocused();
});

test("one approval can be given with the keyboard alone", async ({ people, house }) => {
  const id = await openCeremony(people, "one-key", 6, "By keyboard");
  const operator = await new Seat(await people.enter("operator"), id).enter();
  await operator.open("Signing key");
  const custodian = await new Seat(await people.enter("custodianTwo"), id).enter();
  const { page, sheet } = custodian;
  const { keyboard } = page;
  await expect(custodian.turn).toBeVisible();
  await keyboard.press("j");
  await expect(custodian.step.getByRole("heading", { name: "Signing key" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(custodian.turn.getByRole("button", { name: "Read and approve …" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(sheet.getByRole("checkbox")).toBeVisible();
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 30; presses += 1) {
      const here = await page.evaluate(() => document.activeElement?.closest("label, button, a")?.textContent ?? "");
      if (name.test(here)) return;
      await keyboard.press("Tab");
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };
  await tabTo(/compared the words with the wall/);
  await keyboard.press("Space");
  await tabTo(/Approve with my passkey/);
  await keyboard.press("Enter");
  await expect(sheet.getByRole("status")).toHaveText(/^You approved\./);
  await tabTo(/Back to the room/);
  await keyboard.press("Enter");
  await expect(sheet).toBeHidden();
  // The button that was pressed is gone: the keyboard is at the step everybody is at.
  await expect(custodian.step.getByRole("heading", { name: "Signing key" })).toBeFocused();
  await keyboard.press("?");
  await expect(sheet).toBeVisible();
  await keyboard.press("Escape");
  await expect(custodian.step.getByRole("heading", { name: "Signing key" })).toBeFocused();
  expect(await house.query(`SELECT 1 FROM "Entry" WHERE ceremony = $1 AND kind = 'step-approved'`, [id])).toHaveLength(1);
});
