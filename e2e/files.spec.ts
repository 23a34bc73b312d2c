import { createHash } from "node:crypto";
import { racing } from "./full-room";
import { Keyboard } from "./keyboard";
import { Seat } from "./room";
import { expect, nameNow, openCeremony, test, type People } from "./test";

const JPEG = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

const BEFORE_ATTENDANCE: readonly (readonly [who: Parameters<People["enter"]>[0], act: Record<string, unknown>])[] = [
  ["operator", { act: "open-step", step: "policy" }],
  ...(["operator", "custodianOne", "custodianTwo", "custodianThree", "witnessOne", "witnessTwo"] as const).map(
    (who) => [who, { act: "acknowledge", step: "policy" }] as const,
  ),
  ["operator", { act: "open-step", step: "attendance" }],
];

const AFTER_ATTENDANCE: typeof BEFORE_ATTENDANCE = [
  ["operator", { act: "open-step", step: "film" }],
  ["operator", { act: "note-evidence", step: "film", name: "camera-1.mkv", kept: "Archive" }],
  ["operator", { act: "open-step", step: "breath" }],
  ["operator", { act: "acknowledge", step: "breath" }],
];

/** A ceremony up to the step at which something is read off a device. */
async function upToReading(people: People, edition: number, title: string): Promise<string> {
  const id = await openCeremony(people, "every-kind", edition, title);
  const acts = `/api/ceremonies/${id}/acts`;
  const did = async (who: Parameters<People["enter"]>[0], act: Record<string, unknown>) => {
    const { status, body } = await (await people.enter(who)).http("POST", acts, act);
    expect(status, JSON.stringify(body)).toBe(200);
  };
  for (const [who, act] of BEFORE_ATTENDANCE) await did(who, act);
  const operator = await people.enter("operator");
  const room = (await operator.http("GET", `/api/ceremonies/${id}`)).body as unknown as { people: { person: string }[] };
  const itself = (await people.enter("witnessOne")).person;
  for (const { person } of room.people)
    await did(person === itself ? "witnessTwo" : "witnessOne", { act: "check-identity", step: "attendance", person, document: "Passport" });
  for (const [who, act] of AFTER_ATTENDANCE) await did(who, act);
  return id;
}

test("a photograph stands beside each of two readings, and each is kept as a download and no page", async ({ people, house }) => {
  const id = await upToReading(people, 41, "Photographs");
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  const bodies = (kind: string) =>
    house.query<{ body: Record<string, unknown> }>(
      `SELECT (convert_from(bytes, 'UTF8')::jsonb)->'body' AS body FROM "Entry" WHERE ceremony = $1 AND kind = $2 ORDER BY seq`,
      [id, kind],
    );
  await test.step("operator and witness read apart, each with a photograph of their own", async () => {
    await operator.open("Serial number");
    const photo = (name: string) => ({ name: `${name}.jpg`, mimeType: "image/svg+xml", buffer: JPEG(name) });
    for (const [seat, name] of [[operator, "operator"], [witness, "operator"]] as const) {
      await seat.turn.getByLabel("Serial number").fill(house.kept.serial);
      await seat.turn.getByLabel("Photograph of it, if you take one").setInputFiles(photo(name));
      await seat.turn.getByRole("checkbox", { name: /^Keep a copy of/ }).check();
      await seat.turn.getByRole("button", { name: "Enter the value" }).click();
      if (seat === operator) await expect(operator.turn).toBeHidden();
    }
    witness.person.provokes(/409 \(Conflict\)/);
    // The same photograph twice would be one look passed off as two; and the first is nobody's to see before both have read.
    await expect(witness.turn.getByText("EVIDENCE-ONCE")).toBeVisible();
    await expect(witness.step.getByRole("region", { name: "Files" })).toHaveCount(0);
    const early = await witness.person.http("GET", `/api/ceremonies/${id}/files/${sha256(JPEG("operator"))}`);
    expect(early.status).toBe(404);
    await witness.turn.getByRole("button", { name: /^Take operator\.jpg off/ }).click();
    await witness.turn.getByLabel("Photograph of it, if you take one").setInputFiles(photo("witness"));
    // Before its hash is known it is not sent.
    await expect(witness.turn.getByText(/SHA-256/u)).toBeVisible({ timeout: 60_000 });
    await witness.press("Enter the value");
    const read = await bodies("value-entered");
    expect(read.map(({ body }) => body["photo"])).toMatchObject([
      { sha256: sha256(JPEG("operator")), mediaType: "image/jpeg", held: true },
      { sha256: sha256(JPEG("witness")), mediaType: "image/jpeg", held: false },
    ]);
  });

  await test.step("what is kept is a download, and no page of this site", async () => {
    const answer = await witness.person.http("GET", `/api/ceremonies/${id}/files/${sha256(JPEG("operator"))}`);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "image/jpeg",
      "content-disposition": expect.stringContaining("attachment"),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
  });
});

test("on a shared browser each act is proved by its own person's passkey, and by nobody else's", async ({ people }) => {
  test.setTimeout(600_000);
  const id = await openCeremony(people, "every-kind", 42, "One laptop");
  const { operator, custodianOne, witnessOne } = await people.all("operator", "custodianOne", "witnessOne");
  // One machine into which each puts their own security key: the operator signs in there, and passes it round.
  const machine = await people.stranger(nameNow("laptop"), "The laptop");
  const plugIn = async ({ cdp, authenticator }: typeof operator) => {
    const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId: authenticator });
    for (const credential of credentials)
      await machine.cdp.send("WebAuthn.addCredential", { authenticatorId: machine.authenticator, credential });
  };
  await plugIn(operator);
  await machine.signIn(`/ceremonies/${id}`);
  for (const person of [custodianOne, witnessOne]) await plugIn(person);
  const laptop = new Seat(machine, id);
  const { page } = laptop;
  const keyboard = new Keyboard(laptop);
  await keyboard.push(/^Pass this browser round …$/u);
  await keyboard.push(/^Sign me out and pass it round$/u);
  await expect(page.getByText("Shared browser: nobody is at it.")).toBeVisible();
  const take = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) }).click();

  await test.step("nobody is signed in by it, for nothing but this room", async () => {
    expect((await machine.http("GET", "/api/session")).status).toBe(401);
    expect((await machine.http("GET", "/api/people")).status).toBe(401);
    expect((await machine.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "policy" })).body.error?.code).toBe(
      "HAND-UNKNOWN",
    );
    const room = (await machine.http("GET", `/api/ceremonies/${id}`)).body;
    expect([room["me"], room["turn"]]).toEqual([null, null]);
  });

  await test.step("three people act, one after the other and with the keyboard alone, and each time it is nobody's again", async () => {
    // Whose turn it is stands first, and the key that goes to what is asked goes there.
    await keyboard.press("n");
    await keyboard.push(new RegExp(`^${operator.name},`, "u"));
    await keyboard.answer(/^Open the step$/u);
    await expect(page.getByText(`Written down as the act of ${operator.name}.`, { exact: false })).toBeVisible();
    for (const person of [operator, custodianOne, witnessOne]) {
      await keyboard.push(new RegExp(`^${person.name},`, "u"));
      await expect(page.getByText(`At the browser: ${person.name}.`)).toBeVisible();
      await keyboard.answer(/^I have heard it$/u);
      await expect(page.getByText(`Written down as the act of ${person.name}.`, { exact: false })).toBeVisible();
    }
    await expect(laptop.step.getByText("3 of 6")).toBeVisible();
  });

  await test.step("a text half typed by one is not there for the next, nor after a reload", async () => {
    await take(witnessOne.name);
    await page.getByRole("button", { name: "Note a deviation" }).click();
    await laptop.sheet.getByLabel("What was expected").fill("A quiet room.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Pass it on without acting" }).click();
    await take(operator.name);
    await page.getByRole("button", { name: "Note a deviation" }).click();
    await expect(laptop.sheet.getByLabel("What was expected")).toHaveValue("");
    await page.reload();
    await expect(page.getByText("Shared browser: nobody is at it.")).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("quiet room");
  });

  await test.step("a passkey of another, an old proof and a proof of another act are refused", async () => {
    const [acts, hand] = [`/api/ceremonies/${id}/acts`, `/api/ceremonies/${id}/hand`];
    const sent = page.waitForRequest((request) => request.url().endsWith("/acts") && request.method() === "POST");
    await take(operator.name);
    await page.getByRole("button", { name: "STOP" }).click();
    await laptop.sheet.getByRole("button", { name: "Stop the ceremony now" }).click();
    const said = (await sent).postDataJSON() as { hand: { person: string; proof: { id: string; assertion: unknown } } };
    await expect(page.getByRole("banner").getByText(/^Stopped by/)).toBeVisible();
    const code = async (body: unknown) => (await machine.http("POST", acts, body)).body.error?.code;
    const { id: _, ...again } = said as typeof said & { id: string };
    expect(await code(again)).toBe("HAND-SPENT");
    const fresh = (await machine.http("POST", hand, {})).body as unknown as { id: string };
    expect(await code({ ...again, hand: { ...said.hand, proof: { ...said.hand.proof, id: fresh.id } } })).toBe("HAND-REFUSED");
    const other = (await machine.http("POST", hand, {})).body as unknown as { id: string };
    const borrowed = { person: custodianOne.person, proof: { ...said.hand.proof, id: other.id } };
    expect(await code({ act: "note-deviation", class: "A", expected: "a", happened: "b", decided: "c", hand: borrowed })).toBe(
      "HAND-REFUSED",
    );
  });

  await page.getByRole("link", { name: "Sign in as yourself" }).click();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
});

test("offline, reloaded and raced: nothing typed is lost, nothing is said twice, and one approval is the last", async ({ people }) => {
  test.setTimeout(600_000);
  const id = await openCeremony(people, "one-key", 43, "On a bad line");
  const operator = await new Seat(await people.enter("operator"), id).enter();
  const custodians = await people.all("custodianOne", "custodianTwo", "custodianThree");
  const witness = await new Seat(await people.enter("witnessOne"), id).enter();
  const written = async (kind: string) =>
    ((await witness.person.http("GET", `/api/ceremonies/${id}`)).body["deviations"] as { expected: string }[]).filter(
      ({ expected }) => expected === kind,
    );

  await test.step("a form half typed is there again when the page is loaded again", async () => {
    await witness.page.getByRole("button", { name: "Note a deviation" }).click();
    await witness.sheet.getByLabel("What was expected").fill("A line that holds.");
    await witness.page.reload();
    await expect(witness.sheet.getByLabel("What was expected")).toHaveValue("A line that holds.");
  });

  await test.step("offline is said at once; an act whose answer was lost is looked up before it is offered again", async () => {
    witness.person.provokes(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK_CHANGED|ERR_CONNECTION/);
    const away = witness.person.alert.filter({ hasText: "Not connected." });
    await witness.person.context.setOffline(true);
    await expect(away).toBeVisible({ timeout: 3_000 });
    await witness.person.context.setOffline(false);
    await expect(away).toBeHidden({ timeout: 60_000 });
    await witness.sheet.getByLabel("What happened").fill("It broke.");
    await witness.sheet.getByLabel("What was decided").fill("Go on.");
    await witness.sheet.getByRole("group", { name: "Who decided it" }).getByRole("checkbox").first().check();
    // The server takes it, and its answer never arrives.
    let lost = 0;
    await witness.page.route("**/acts", async (route) => {
      lost += 1;
      await route.fetch();
      await witness.person.context.setOffline(true);
      await route.abort("connectionreset");
    });
    await witness.sheet.getByRole("button", { name: "Note the deviation" }).click();
    await expect(witness.person.alert.filter({ hasText: "Sent, and not confirmed." })).toBeVisible();
    await witness.page.waitForTimeout(5_000);
    expect(await witness.sheet.getByRole("button", { name: "Note the deviation" }).count()).toBe(0);
    await witness.page.unroute("**/acts");
    await witness.person.context.setOffline(false);
    await expect(witness.sheet).toBeHidden({ timeout: 60_000 });
    expect(lost).toBe(1);
    expect(await written("A line that holds.")).toHaveLength(1);
  });

  await test.step("a page loaded again while an act is being sent finds what came of it, and offers it to nobody a second time", async () => {
    // The server takes it, and its answer is held until nobody waits for it any more.
    let taken: () => void = () => undefined;
    const arrived = new Promise<void>((come) => (taken = come));
    await witness.page.route("**/acts", async (route) => {
      if ((route.request().postDataJSON() as { act: string }).act !== "note-deviation") return route.continue();
      await route.fetch();
      taken();
    });
    const noting = witness.noteDeviation({ expected: "An answer in time.", happened: "None came.", decided: "Load it again." });
    await arrived;
    // Only then: a request that nobody holds any more goes to the server a second time, and has its answer.
    await witness.page.reload();
    await witness.page.unroute("**/acts");
    await expect(witness.page.getByRole("banner").getByText("It was written down.")).toBeVisible({ timeout: 60_000 });
    await noting;
    await expect(witness.sheet).toBeHidden();
    expect(await witness.page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("An answer in time.");
    await witness.page.getByRole("button", { name: "Understood" }).click();
    expect(await written("An answer in time.")).toHaveLength(1);
  });

  await test.step("the same act sent twice at once is written down once", async () => {
    const act = { act: "note-deviation", class: "A", expected: "Once.", happened: "b", decided: "c", id: crypto.randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => witness.person.http("POST", `/api/ceremonies/${id}/acts`, act)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body["seq"])).size).toBe(1);
    expect(await written("Once.")).toHaveLength(1);
  });

  await test.step("the time to sign is counted down, and two people race for the last approval", async () => {
    await operator.open("Signing key");
    await expect(operator.step.getByText(/\d+:\d\d/).first()).toBeVisible();
    const seats = await Promise.all(Object.values(custodians).map((person) => new Seat(person, id).enter()));
    const [first, ...racers] = seats;
    await first?.approve();
    // One of the two was the last, or both were in time; either way the key is made once and each is told what became of theirs.
    await racing(...racers);
    await expect(witness.step.getByRole("heading", { name: "Signing key", exact: true })).toBeHidden({ timeout: 60_000 });
    const keys = (await witness.person.http("GET", `/api/ceremonies/${id}`)).body["keys"] as unknown[];
    expect(keys).toHaveLength(1);
  });
});
