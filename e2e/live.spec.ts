import type { Locator } from "@playwright/test";
import { watchMotion } from "./motion";
import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";

/** How long an act may take to stand on another screen, counted from the answer to whoever acted. */
const SOON = 1_000;
/** Layout shift that browsers call good; a step that opens brings what it asks for, and pushes the steps after it down. */
const GOOD = 0.1;

test("an act stands in another browser within a second, without a reload, and takes nobody's focus or words away, and nothing jumps", async ({
  people,
}) => {
  const id = await openCeremony(people, "every-kind", 2, "Live");
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  await witness.page.evaluate(() => ((window as unknown as { stayed: boolean }).stayed = true));
  // Nobody rehearsed this text in this house, and production says so.
  await expect(operator.page.getByText("The opening names no rehearsal of this text.")).toBeVisible();

  // What a screen reader is told of, and who cannot bear motion: nothing yet.
  const voice = witness.page.locator("p.sr-only[aria-live=polite]");
  await expect(voice).toHaveText("");
  await custodian.page.emulateMedia({ reducedMotion: "reduce" });
  await witness.page.emulateMedia({ reducedMotion: "no-preference" });
  const moved = { witness: await watchMotion(witness.page), custodian: await watchMotion(custodian.page) };

  /** How long after the answer to whoever acted the words stand in that place on the witness's page, by one clock and to the hundredth. */
  const seen = async (act: () => Promise<unknown>, place: Locator, words: string): Promise<number> => {
    const waiting = place.evaluate(
      (one, asked) =>
        new Promise<number>((found) => {
          const look = () => ((one as HTMLElement).innerText.includes(asked) ? found(Date.now()) : setTimeout(look, 10));
          look();
        }),
      words,
    );
    await act();
    const acted = Date.now();
    return (await waiting) - acted;
  };
  const opened = await seen(
    () => operator.person.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "policy" }),
    witness.page.locator("body"),
    "I have heard it",
  );
  await expect(witness.turn.getByRole("button", { name: "I have heard it" })).toBeVisible();
  await expect(voice).toHaveText(/Your turn\. .+/);
  const dock = await witness.turn.boundingBox();
  // Somebody is writing while others act: focus, caret and words stay.
  await witness.page.getByRole("button", { name: "Note a deviation" }).click();
  const field = witness.sheet.getByLabel("What was expected");
  await field.fill("Silence.");
  const heard = await seen(
    () => custodian.person.http("POST", `/api/ceremonies/${id}/acts`, { act: "acknowledge", step: "policy" }),
    witness.step,
    "1 of 6",
  );
  await expect(witness.step.getByText("1 of 6")).toBeVisible();
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
  // Where the fingers are going stays where it was, and nothing that was being read has jumped.
  expect(await witness.turn.boundingBox()).toEqual(dock);
  const { shifted, pushed, animated } = await moved.witness();
  expect(shifted, pushed.join("\n")).toBeLessThan(GOOD);
  expect(animated, "the room shows what has changed, to whoever can bear it").not.toEqual([]);
  expect((await moved.custodian()).animated).toEqual([]);
});
