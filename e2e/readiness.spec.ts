import { acceptedRecord } from "./accepted-record";
import { axeFaults } from "./axe";
import { Keyboard } from "./keyboard";
import { CAST, type Person, type Who } from "./person";
import { Seat } from "./room";
import { editionNow, endorse, expect, need, rosterInForce, scriptText, test } from "./test";
import { tokenFirmware } from "./token-firmware";

const ROOM = ["operator", "custodianOne", "custodianTwo", "custodianThree", "witnessOne", "witnessTwo", "auditor"] as const satisfies readonly Who[];
const CUSTODIANS = ["custodianOne", "custodianTwo", "custodianThree"] as const;

/** Reads the sheet, ticks what it asks for, and touches the passkey; with the keyboard alone. */
async function sign(person: Person, open: RegExp, button: RegExp): Promise<string> {
  const { page } = person;
  const keyboard = new Keyboard(new Seat(person, ""));
  await keyboard.push(open);
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText(/Checked in this browser just now: 5 of 5 hold/)).toBeVisible();
  const text = await sheet.getByRole("checkbox").evaluate((box) => box.closest("dialog, [role=dialog]")?.textContent ?? "");
  expect(await axeFaults(page)).toEqual([]);
  await keyboard.tick(/^I have read every word of it|^This is my own passkey/u);
  await keyboard.push(button);
  await expect(sheet).toBeHidden({ timeout: 60_000 });
  return text;
}

test("duties are signed and passkeys tested, by keyboard alone; production goes ahead on red only with a deviation; the record says all of it", async ({
  people,
  house,
}, info) => {
  test.setTimeout(900_000);
  const persons = await people.all("administrator", ...ROOM);
  const { administrator, operator } = persons;
  const published = need(await administrator.http("POST", "/api/scripts", { yaml: scriptText("ready", editionNow(1)) }));
  for (const who of ["custodianOne", "custodianTwo"] as const) await endorse(persons[who], "script", published["hash"] as string);
  const line = (title: string) => operator.page.getByRole("list", { name: "Go / no-go" }).getByRole("listitem").filter({ hasText: title });
  const openIt = operator.page.getByRole("button", { name: "Open the ceremony" });

  await test.step("whoever is not ready keeps production from being opened", async () => {
    // They are ready from an earlier look on, and none came so far before this held.
    if ((await house.query(`SELECT 1 FROM "Endorsement" WHERE "what" = 'duties'`)).length > 0) return;
    await operator.page.goto("/ceremonies/new");
    await operator.page.getByLabel("Reviewed script").selectOption({ label: `Readiness, edition ${String(editionNow(1))}` });
    await operator.page.getByRole("textbox", { name: "Place" }).fill("Vault room");
    await expect(line("Duties accepted").getByLabel("No go:")).toBeVisible();
    await expect(line("Passkeys tested").getByText("Not tested within 30 days")).toBeVisible();
    await expect(openIt).toBeDisabled();
  });

  await test.step("each custodian reads and accepts the duties, and tests their passkey", async () => {
    for (const who of CUSTODIANS) {
      const person = persons[who];
      await person.page.goto("/readiness");
      const read = await sign(person, /^Read and accept (?:again )?…$/u, /^Accept with my passkey$/u);
      expect(read).toContain("I approve nothing that I have not read");
      await expect(person.page.getByText("You have accepted your duties.")).toBeVisible();
      await sign(person, /^Test it …$/, /^Test my passkey$/u);
      await expect(person.page.getByText("Your passkey works, and its test is kept.")).toBeVisible();
    }
  });

  await test.step("a signature cannot be sent again for another test, nor an old one in another's name", async () => {
    const [kept] = await house.query<{ bytes: Buffer }>(`SELECT "bytes" FROM "Endorsement" WHERE "what" = 'passkey' ORDER BY "createdAt" DESC LIMIT 1`);
    const { statement, assertion } = JSON.parse(kept?.bytes.toString("utf8") ?? "{}") as { statement: object; assertion: object };
    const canonical = kept?.bytes.toString("utf8").slice(kept.bytes.toString("utf8").indexOf('"statement":') + 12, -1) ?? "";
    expect(JSON.parse(canonical)).toEqual(statement);
    const again = await persons.custodianThree.http("POST", "/api/endorsements", { statement: canonical, assertion });
    expect(again.body.error?.code).toBe("CHALLENGE-SPENT");
  });

  const ceremony = await test.step("red lines are accepted by name on the page of the go / no-go, and the planned ceremony is opened from it", async () => {
    const { people: known } = await rosterInForce(administrator);
    const cast = ROOM.map((who) => ({ person: known.find(({ name }) => name === CAST[who].name)?.person, role: CAST[who].role }));
    const times = { startsAt: new Date(Date.now() + 3_600_000).toISOString(), minutes: 60, zone: "UTC", standbyAt: null };
    const planned = { title: "People who are ready", room: "Vault room", scriptHash: published["hash"], cast, ...times };
    const { plan } = need(await operator.http("POST", "/api/plans", planned));
    await operator.page.goto(`/plans/${plan as string}/go-no-go`);
    const keyboard = new Keyboard(new Seat(operator, ""));
    await keyboard.write(/^Expected serial number of the HSM/u, house.kept.serial);
    await keyboard.write(/^Expected firmware/u, await tokenFirmware(house));
    await keyboard.writeDay(/^Day of the newest backup/u, new Date());
    for (const box of [/^Everybody of the cast is here/u, /^The room is ready/u]) await keyboard.tick(box);
    await expect(line("Recording ready").getByLabel("No go:")).toBeVisible();
    await expect(line("Duties accepted").getByLabel("Go:", { exact: true })).toBeVisible();
    await expect(openIt).toBeDisabled();
    await keyboard.tick(/^I open the ceremony although lines are red/u);
    await keyboard.push(/^Open the ceremony$/u);
    await expect(operator.page).toHaveURL(/\/ceremonies\/c-/);
    return operator.page.url().split("/").at(-1) ?? "";
  });

  const seats = {} as Record<(typeof ROOM)[number], Seat>;
  for (const who of ROOM) seats[who] = new Seat(persons[who], ceremony);
  await Promise.all(Object.values(seats).map((seat) => seat.enter()));

  await test.step("no step is opened on red before a deviation is noted, by the page and by bare HTTP", async () => {
    await expect(seats.operator.turn.getByText(/^Not everything was green when the ceremony was opened: .*Recording ready/)).toBeVisible({ timeout: 60_000 });
    await expect(seats.operator.turn.getByRole("button", { name: "Open the step" })).toHaveCount(0);
    const bare = await operator.http("POST", `/api/ceremonies/${ceremony}/acts`, { act: "open-step", step: "signing-key" });
    expect(bare.body.error?.code).toBe("GO-NO-GO");
    await seats.operator.noteDeviation({
      expected: "The recording runs.",
      happened: "The camera's card is full.",
      decided: "A second auditor watches instead.",
    });
    await seats.operator.open("Signing key");
  });

  await test.step("it goes on to the record, which the verifier accepts and which says who was ready", async () => {
    for (const who of ["custodianOne", "custodianTwo"] as const) {
      await seats[who].approve();
    }
    await seats.operator.isAt("Signatures");
    await seats.operator.readOut();
    await Promise.all(ROOM.filter((one) => one !== "auditor" && one !== "operator").map((who) => seats[who].initialAll()));
    await seats.operator.open("Signatures");
    for (const who of ROOM.filter((one) => one !== "auditor")) await seats[who].signOff("I agree.");
    const { checks } = await acceptedRecord(seats.auditor, house, info);
    expect(checks.find(({ name }) => name === "readiness")?.reason).toContain("each of the 3 custodians is ready as the script asks");
  });
});
