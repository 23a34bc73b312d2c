import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { axeOn } from "./axe";
import { HALVES } from "./halves";
import { Keyboard } from "./keyboard";
import { enrolNewcomers } from "./newcomers";
import { EVERYBODY, type Who } from "./person";
import { Seat } from "./room";
import { expect, openCeremony, test } from "./test";

test("two custodians enter the halves of each PIN at their own devices; the room sees who, and nobody what", async ({ people, house }, info) => {
  test.setTimeout(600_000);
  await enrolNewcomers(people);
  const ceremony = await openCeremony(people, "two-halves", 1, "A second token", ["custodianFour"]);
  const seat = async (who: Who) => new Seat(await people.enter(who), ceremony).enter();
  const [operator, one, two, witness] = [await seat("operator"), await seat("custodianOne"), await seat("custodianTwo"), await seat("witnessOne")];
  const [three, four] = [await seat("custodianThree"), await seat("custodianFour")];

  /** What every screen says and what every field holds, for the search for the PIN (pin.spec.ts): it cannot read pictures. */
  const leaveScreens = async (name: string, ...more: readonly Page[]) => {
    for (const [i, page] of [operator.page, one.page, two.page, three.page, four.page, witness.page, ...more].entries()) {
      const fields = page.locator("input, textarea, select");
      const held = await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
      const said = await page.locator("body").innerText();
      writeFileSync(info.outputPath(`${name}-${String(i)}.txt`), [said, ...held].join("\n"));
    }
  };

  await test.step("the worker calls once both have approved", async () => {
    await operator.open("Second token");
    await one.approve();
    await expect(one.turn).toBeHidden();
    await two.approve();
    await expect(one.turn.getByRole("button", { name: "Enter your half …" })).toBeVisible({ timeout: 60_000 });
    await expect(witness.turn).toBeHidden();
    await expect(witness.step.getByText("The worker waits for both parts of each secret.")).toBeVisible();
    await expect(witness.page.getByRole("region", { name: "Waiting" })).toContainText("Waiting for 4 more parts of secrets");
  });

  await test.step("no field to type into before the recorder was compared with the minutes, and none for another than was compared", async () => {
    const { page, sheet, turn } = one;
    const [half, remember] = [sheet.getByLabel("Your half", { exact: true }), sheet.getByRole("button", { name: "Remember this recorder in this browser" })];
    const open = () => turn.getByRole("button", { name: "Enter your half …" }).click();
    await open();
    await expect(sheet.getByText("Nobody has compared this recorder in this browser yet.")).toBeVisible();
    await expect(remember).toBeDisabled();
    await expect(half).toHaveCount(0);
    await info.attach("new recorder", { body: await page.screenshot({ path: info.outputPath("recorder-new.png") }), contentType: "image/png" });
    expect((await axeOn(page).include("dialog[open]").analyze()).violations.map(({ id }) => id)).toEqual([]);
    const keyboard = new Keyboard(one);
    await keyboard.tick(/^I compared|^I have compared/u);
    await keyboard.push(/^Remember this recorder in this browser$/u);
    await expect(half).toBeVisible();
    await keyboard.press("Escape");

    // As if another recorder had been attached since the day of the comparison.
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem("claviger/recorders") ?? "[]") as { fingerprint: string }[];
      localStorage.setItem("claviger/recorders", JSON.stringify(kept.map((recorder) => ({ ...recorder, fingerprint: "ab".repeat(32) }))));
    });
    await open();
    await expect(sheet.getByText("This is not the recorder that was compared in this browser.")).toBeVisible();
    await expect(half).toHaveCount(0);
    await info.attach("other recorder", { body: await page.screenshot({ path: info.outputPath("recorder-other.png") }), contentType: "image/png" });
    expect((await axeOn(page).include("dialog[open]").analyze()).violations.map(({ id }) => id)).toEqual([]);
    const words = sheet.getByLabel("First eight words in the minutes");
    await keyboard.write(/^First eight words in the minutes/u, "aardvark absurd accrue acme adrift adult afflict ahead");
    await keyboard.push(/^Put it in the place of the one before$/u);
    await expect(sheet.getByText("These are not its first eight words.")).toBeVisible();
    await expect(half).toHaveCount(0);
    const room = (await one.person.http("GET", `/api/ceremonies/${ceremony}`)).body as unknown as { recorder: { fingerprint: string } };
    await words.fill(hashWords(fromHex(room.recorder.fingerprint)).slice(0, 8).join(" "));
    await keyboard.press("Enter");
    await expect(half).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  });

  await test.step("the form never shows a half, says what is wrong with one, and takes only what was typed twice alike", async () => {
    await one.turn.getByRole("button", { name: "Enter your half …" }).click();
    const half = one.sheet.getByLabel("Your half", { exact: true });
    const again = one.sheet.getByLabel("Your half, once more");
    // Which half, whose key, and only then the field: the keyboard begins where the reading does.
    await expect(one.sheet.getByRole("radio").first()).toBeFocused();
    for (const field of [half, again]) await expect(field).toHaveAttribute("type", "password");
    const send = one.sheet.getByRole("button", { name: "Encrypt it and sign with my passkey" });
    await half.fill("abc");
    await again.fill("abc");
    await send.click();
    await expect(one.sheet.getByText("Your half has 3 signs, and needs 4 at least.")).toBeVisible();
    await half.fill("canary-one");
    await again.fill("canary-two");
    await send.click();
    await expect(one.sheet.getByText("The two fields differ.")).toBeVisible();
    await info.attach("form", { body: await one.page.screenshot({ path: info.outputPath("form.png") }), contentType: "image/png" });
    expect((await axeOn(one.page).include("dialog[open]").analyze()).violations.map(({ id }) => id)).toEqual([]);
    await one.page.keyboard.press("Escape");
    await expect(one.sheet).toBeHidden();
  });

  await test.step("two enter the halves of one PIN, two others those of the other; who has entered one is asked for none of the other", async () => {
    await one.enterHalf("The first half of the security officer's PIN of token vault", HALVES.officer[0]);
    await expect(witness.step.getByText("First half: entered by")).toBeVisible({ timeout: 60_000 });
    await leaveScreens("first-half");
    await two.enterHalf("The second half of the security officer's PIN of token vault", HALVES.officer[1]);
    await leaveScreens("second-half");
    for (const officer of [one, two]) await expect(officer.turn.getByRole("button", { name: "Enter your half …" })).toBeHidden();
    await expect(witness.step.getByText(`Not by ${EVERYBODY.custodianOne.name}, ${EVERYBODY.custodianTwo.name}: who has entered`)).toBeVisible();
    await three.enterHalf("The first half of the user PIN of token vault", HALVES.user[0]);
    const wall = await witness.page.context().newPage();
    await wall.goto(`/ceremonies/${ceremony}/display`);
    await expect(wall.getByText("First half: entered by").first()).toBeVisible();
    await expect(wall.getByText("Second half: awaited")).toBeVisible();
    await wall.screenshot({ path: info.outputPath("wall.png") });
    await leaveScreens("wall", wall);
    await wall.close();
    await four.enterHalf("The second half of the user PIN of token vault", HALVES.user[1]);
    await operator.isAt("Another user PIN");
  });

  await test.step("a PIN that is known is entered as it is, and the new one beside it", async () => {
    await operator.open("Another user PIN");
    await one.approve();
    await two.approve();
    await expect(three.turn.getByRole("button", { name: "Enter your half …" })).toBeVisible({ timeout: 60_000 });
    await three.enterHalf("The first half of the user PIN that token vault has", HALVES.user[0]);
    await four.enterHalf("The second half of the user PIN that token vault has", HALVES.user[1]);
    await three.enterHalf("The first half of the new user PIN of token vault", HALVES.newer[0]);
    await new Keyboard(four).enterHalf(/^The second half of the new user PIN of token vault/u, HALVES.newer[1]);
    await leaveScreens("newer");
    await operator.isAt("Signatures");
    await expect(operator.page.getByText(/The token did not do it|The code: /)).toHaveCount(0);
  });

  expect(await house.query(`SELECT 1 FROM "SecretPart"`)).toEqual([]);
  for (const { page } of [one, two, three, four, witness]) {
    const html = await page.content();
    for (const half of Object.values(HALVES).flat()) expect(html).not.toContain(half);
  }
});
