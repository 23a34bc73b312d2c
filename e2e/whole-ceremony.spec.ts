import { createHash } from "node:crypto";
import path from "node:path";
import { Seat } from "./room";
import { expect, scriptText, test } from "./test";
import { CAST, type Who } from "./person";

// Kept whatever comes of it: the search for the PIN (pin.spec.ts) looks into it.
test.use({ trace: { mode: "on", screenshots: false } });

const TITLE = "Signing and data keys, November";
const ROOM = [
  "operator",
  "custodianOne",
  "custodianTwo",
  "custodianThree",
  "witnessOne",
  "witnessTwo",
  "auditor",
] as const satisfies readonly Who[];
const FILM = Buffer.from("A film of a ceremony.");

test("a whole ceremony, with everything that can happen in one, leaves a record that verifies", async ({
  people,
  house,
}, info) => {
  test.setTimeout(420_000);
  const persons = await people.all(...ROOM);
  const { operator: opener, auditor: onlooker } = persons;
  const administrator = await people.enter("administrator");
  // The script of the founding is edition 1; it is published already, and publishing it again is not an error.
  expect((await administrator.http("POST", "/api/scripts", { yaml: scriptText("every-kind", 1) })).status).toBe(200);

  const ceremony = await test.step("the operator opens the ceremony with a cast", async () => {
    const { page } = opener;
    await page.goto("/ceremonies/new");
    await page.getByLabel("Reviewed script").selectOption({ label: "Every kind of step, edition 1" });
    await page.getByLabel("Title of this ceremony").fill(TITLE);
    await page.getByRole("textbox", { name: "Place" }).fill("Vault room 3, Galway");
    await page.getByLabel(`Role of ${CAST.auditor.name}`).selectOption("");
    await page.getByLabel(`Role of ${CAST.custodianTwo.name}`).selectOption("");
    await expect(page.getByRole("list", { name: "What the script asks for" }).getByText(/^2 of 3 custodian/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Open the ceremony" })).toBeDisabled();
    for (const who of ROOM) await page.getByLabel(`Role of ${CAST[who].name}`).selectOption(CAST[who].role);
    await page.getByRole("button", { name: "Open the ceremony" }).click();
    await expect(page).toHaveURL(/\/ceremonies\/c-[0-9a-f]{20}$/);
    return path.basename(page.url());
  });

  const seats = {} as Record<(typeof ROOM)[number], Seat>;
  for (const who of ROOM) seats[who] = new Seat(persons[who], ceremony);
  const { operator, custodianOne, custodianTwo, custodianThree, witnessOne, witnessTwo, auditor } = seats;
  const everyone = Object.values(seats);
  const entries = (kind: string) =>
    house.query<{ body: Record<string, unknown>; by: string; at: string }>(
      `SELECT (convert_from(bytes, 'UTF8')::jsonb)->'body' AS body, "by", "at" FROM "Entry" WHERE ceremony = $1 AND kind = $2 ORDER BY seq`,
      [ceremony, kind],
    );

  await test.step("everybody comes in; production has no frame, and the auditor is asked nothing", async () => {
    await Promise.all(everyone.map((seat) => seat.enter()));
    await operator.isAt("Policy read aloud");
    await expect(operator.page.getByText("REHEARSAL")).toHaveCount(0);
    await expect(operator.page.getByRole("banner").getByText("Production", { exact: false })).toBeVisible();
  });

  await test.step("a statement is heard by all at the same moment, while everybody reloads", async () => {
    await operator.open("Policy read aloud");
    await Promise.all([operator, custodianOne, custodianTwo].map((seat) => seat.hear()));
    await Promise.all(everyone.map((seat) => seat.page.reload()));
    await expect(auditor.step.getByText("3 of 6")).toBeVisible();
    await Promise.all([custodianThree, witnessOne, witnessTwo].map((seat) => seat.hear()));
    await expect(auditor.turn).toBeHidden();
  });

  await test.step("a witness checks everybody but themselves", async () => {
    await operator.open("Attendance");
    await expect(witnessOne.turn.getByRole("option", { name: CAST.witnessOne.name })).toHaveCount(0);
    for (const who of ROOM) if (who !== "witnessOne") await witnessOne.check(CAST[who].name, "Passport");
    await witnessTwo.check(CAST.witnessOne.name, "National identity card");
  });

  await test.step("evidence is named with the hash of its file, which stays in the browser", async () => {
    await operator.open("Film started");
    await operator.turn
      .getByLabel("Files, if there are any yet")
      .setInputFiles({ name: "camera-1.mkv", mimeType: "video/x-matroska", buffer: FILM });
    await expect(operator.turn.getByLabel("What", { exact: true })).toHaveValue("camera-1.mkv");
    await operator.turn.getByLabel("Kept where").fill("Evidence archive, shelf 4");
    await operator.press("Note the evidence");
    const [noted] = await entries("evidence-noted");
    expect(noted?.body["files"]).toMatchObject([{ sha256: createHash("sha256").update(FILM).digest("hex"), held: false }]);
  });

  await test.step("a pause is ended by the operator", async () => {
    await operator.open("A moment of quiet");
    await operator.press("End the pause");
  });

  await test.step("two readings that differ halt the step until a deviation opens it again", async () => {
    const { serial } = house.kept;
    await operator.open("Serial number");
    await operator.read(serial);
    await expect(witnessOne.step).not.toContainText(serial);
    await witnessOne.read(`${serial}0`);
    await expect(auditor.step.getByText("This step came to a halt.")).toBeVisible();
    await operator.noteDeviation({
      expected: "Two equal readings.",
      happened: "The witness read one digit too many.",
      decided: "Both read again.",
    });
    await operator.open("Serial number");
    await Promise.all([operator.read(serial), expect(witnessTwo.turn).toBeVisible()]);
    await witnessTwo.read(serial);
  });

  await test.step("what only looks at the HSM is done without an approval", async () => {
    await operator.open("Health of the HSM");
    await operator.isAt("Signing key");
    expect((await entries("operation-done")).map(({ body }) => body["step"])).toEqual(["health"]);
  });

  await test.step("a refusal with its reason blocks the step until a deviation opens it again", async () => {
    await operator.open("Signing key");
    await custodianTwo.refuse("The label was not read aloud.");
    await expect(operator.step).toContainText("The label was not read aloud.");
    await expect(custodianOne.turn).toBeHidden();
    await operator.noteDeviation({
      expected: "Every label is read aloud.",
      happened: "One was not.",
      decided: "It is read aloud now.",
    });
    await operator.open("Signing key");
  });

  await test.step("a custodian stops the ceremony between two approvals, and it goes on after a deviation", async () => {
    await custodianOne.approve();
    await custodianThree.stop("I want to see the seal of the HSM first.");
    await Promise.all(
      everyone.map((seat) =>
        expect(seat.person.alert.filter({ hasText: `Stopped by ${CAST.custodianThree.name}.` })).toBeVisible(),
      ),
    );
    await expect(custodianTwo.turn).toBeHidden();
    await operator.noteDeviation({
      expected: "No interruption.",
      happened: "The seal was shown to everybody.",
      decided: "We go on.",
    });
    await operator.press("Resume the ceremony");
    // Nobody is held to what they agreed to before a stop.
    await operator.open("Signing key");
    await custodianOne.approve();
  });

  await test.step("two custodians race for the last approval, and one key is made", async () => {
    const racers = [custodianTwo, custodianThree];
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
    await operator.isAt("Fingerprint read aloud");
    for (const seat of racers) {
      await expect(seat.sheet.getByText(/You approved\.|The room has moved on\.|Code/).first()).toBeVisible();
      await seat.page.keyboard.press("Escape");
      await expect(seat.sheet).toBeHidden();
    }
    const made = (await entries("operation-started")).filter(({ body }) => body["step"] === "signing-key");
    expect(made).toHaveLength(1);
  });

  await test.step("what the key is known by is read aloud, also where the network was gone for a while", async () => {
    await operator.open("Fingerprint read aloud");
    await expect(operator.step.getByText("SHA-256 of the public key", { exact: false }).first()).toBeVisible();
    opener.provokes(/ERR_INTERNET_DISCONNECTED/);
    await opener.context.setOffline(true);
    await expect(opener.alert.filter({ hasText: "Not connected." })).toBeVisible();
    await witnessOne.hear();
    await opener.context.setOffline(false);
    await expect(opener.alert.filter({ hasText: "Not connected." })).toBeHidden({ timeout: 20_000 });
    await expect(operator.step.getByText("1 of 3")).toBeVisible();
    await Promise.all([operator.hear(), witnessTwo.hear()]);
  });

  await test.step("the app is killed under an approval, started again, and nothing is lost or doubled", async () => {
    for (const seat of everyone)
      seat.person.provokes(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/);
    await operator.open("Proofs");
    await custodianOne.readApproval();
    await house.kill("app");
    await custodianOne.sheet.getByRole("button", { name: "Approve with my passkey" }).click();
    await expect(custodianOne.person.alert.filter({ hasText: "Sent, and not confirmed." })).toBeVisible();
    await expect(onlooker.alert.filter({ hasText: "Not connected." })).toBeVisible();
    await house.startApp();
    // It is looked up first: it was not written down, and only then is it offered again.
    await expect(custodianOne.sheet.getByText("NOT-WRITTEN")).toBeVisible({ timeout: 30_000 });
    await custodianOne.signAs("Approve with my passkey", /^You approved\./);
    await Promise.all(
      everyone.map((seat) => expect(seat.person.alert.filter({ hasText: "Not connected." })).toBeHidden({ timeout: 30_000 })),
    );
    await custodianTwo.approve();
    const approvals = (await entries("step-approved")).filter(
      ({ body }) => (body["statement"] as { step: string }).step === "proofs",
    );
    expect(approvals).toHaveLength(2);
  });

  await test.step("the worker is killed and started again, and the room sees the seam", async () => {
    await operator.isAt("Data key");
    await house.kill("worker");
    await operator.open("Data key");
    await custodianOne.approve();
    await custodianTwo.approve();
    await house.startWorker();
    await operator.open("Keys compared");
  });

  await test.step("everybody signs, one with a note", async () => {
    await operator.readOut();
    await operator.open("Signatures");
    await operator.signOff("I agree.");
    for (const seat of [custodianOne, custodianTwo, custodianThree, witnessTwo]) await seat.signOff("I agree.");
    await witnessOne.signOff("I agree, except for what I note.", "The clock on the wall was a minute slow.");
    await expect(auditor.turn).toBeHidden();
  });

  await test.step("the record is sealed, downloaded by the auditor, and judged good by what the operator took from the console", async () => {
    await expect(onlooker.page.getByRole("heading", { name: "The ceremony is complete." })).toBeVisible({ timeout: 60_000 });
    const link = onlooker.page.getByRole("link", { name: "Download the record" });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const [download] = await Promise.all([onlooker.page.waitForEvent("download"), link.click()]);
    const record = info.outputPath("record.pdf");
    await download.saveAs(record);
    const said = await house.claviger(["verify", record, "--trust", house.kept.trustAnchor, "--json"], house.appEnv());
    expect(said, said.output).toMatchObject({ code: 0 });
    const verification = JSON.parse(said.output) as {
      verdict: string;
      about: { ceremony: string; mode: string };
      checks: { name: string; ok: boolean }[];
    };
    expect(verification).toMatchObject({ verdict: "good", about: { ceremony, mode: "production" } });
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([]);
    await info.attach("record", { path: record, contentType: "application/pdf" });
  });
});
