import { createHash } from "node:crypto";
import { axeFaults } from "./axe";
import { House } from "./house";
import { expect, scriptText, test } from "./test";
import { CAST, type Person } from "./person";

// From an empty house to one in which a ceremony can be opened, in the order in which it is done on the first day.
test.describe.configure({ mode: "serial" });

// The first day can be lived once: who looks at it again begins with another house.
test.beforeAll(async () => {
  if (test.info().retry > 0) await House.open();
});

const ORGANISATION = "Halcyon Trust Services";

/** Invites somebody by the form that administrators have; answers the link. */
async function invite(administrator: Person, { name, title, role }: (typeof CAST)[keyof typeof CAST]): Promise<string> {
  const { page } = administrator;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByLabel(role, { exact: true }).check();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText(`Hand this link to ${name}, and to nobody else.`)).toBeVisible();
  return page.getByText(/^http.+\/enrol\//).innerText();
}

test("the first administrator comes in by the link that the console prints", async ({ people, house }) => {
  const { name, title } = CAST.administrator;
  const said = await house.claviger(["admin", "invite", "--name", name, "--title", title, "--json"], house.appEnv());
  const { enrolmentUrl } = JSON.parse(said.output) as { enrolmentUrl: string };
  const administrator = await people.enter("administrator");
  await administrator.page.goto("/");
  await expect(administrator.page.getByText("Nobody is enrolled here yet.")).toBeVisible();
  await administrator.enrol(enrolmentUrl);
  await administrator.signIn();
  await expect(administrator.page.getByText("No roster has been published yet.")).toBeVisible();
});

test("an administrator invites the others, who each enrol a passkey and sign in with it", async ({ people }) => {
  const administrator = await people.enter("administrator");
  await administrator.page.goto("/people");
  const links: (readonly [keyof typeof CAST, string])[] = [];
  for (const who of Object.keys(CAST) as (keyof typeof CAST)[])
    if (who !== "administrator") links.push([who, await invite(administrator, CAST[who])]);
  await Promise.all(
    links.map(async ([who, link]) => {
      const person = await people.enter(who);
      await person.enrol(link);
      await person.signIn();
      await expect(person.page.getByRole("banner").getByText(person.name)).toBeVisible();
    }),
  );
});

test("a link that was used, has expired or never was is refused in the same words", async ({ people, house }) => {
  const administrator = await people.enter("administrator");
  await administrator.page.goto("/people");
  const link = async () => {
    const made = await administrator.http("POST", `/api/people/${administrator.person}/link`, {});
    return made.body["enrolmentUrl"] as string;
  };
  const stranger = await people.stranger("stranger", "Somebody Else");
  stranger.provokes(/410/);
  const refused = async (url: string) => {
    await stranger.page.goto(url);
    await expect(stranger.alert.getByText("This link has been used, has expired, or never was.")).toBeVisible();
    await expect(stranger.page.getByRole("button", { name: "Make my passkey" })).toBeHidden();
  };
  const expired = await link();
  await house.query(`UPDATE "EnrolmentLink" SET "expiresAt" = now() - interval '1 second' WHERE "usedAt" IS NULL`);
  await refused(expired);
  await refused(`${house.origin}/enrol/never-was`);

  // Two tabs with one link: the second passkey comes too late. (Another device: the administrator's own has a passkey already.)
  const once = await link();
  const { name } = CAST.administrator;
  const [first, second] = [await people.stranger("second-device", name), await people.stranger("third-device", name)];
  second.provokes(/410/, /409/);
  for (const device of [first, second]) {
    await device.page.goto(once);
    await expect(device.page.getByRole("button", { name: "Make my passkey" })).toBeVisible();
  }
  await first.page.reload();
  await first.page.getByRole("button", { name: "Make my passkey" }).click();
  await expect(first.page.getByRole("heading", { name: "Your passkey is enrolled." })).toBeVisible();
  await second.page.getByRole("button", { name: "Make my passkey" }).click();
  await expect(second.alert).toBeVisible();
  await refused(once);
  const [kept] = await house.query<{ count: string }>(`SELECT count(*) FROM "Passkey" WHERE "personId" = $1`, [administrator.person]);
  expect(kept?.count).toBe("2");
});

test("a sign-in without user verification is refused, by the device and by the server", async ({ people }) => {
  const auditor = await people.enter("auditor");
  await auditor.context.clearCookies();
  await auditor.verifies(false);
  await auditor.page.goto("/sign-in");
  const press = () => auditor.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await press();
  await expect(auditor.alert).toContainText("No passkey was used", { timeout: 70_000 });

  // A page that asks for less than the server did: the passkey answers, and the answer says that nobody was verified.
  auditor.provokes(/401/);
  await auditor.page.route("**/api/passkey/challenge", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const body = (await answer.json()) as { options: Record<string, unknown> };
    await route.fulfill({ response: answer, json: { ...body, options: { ...body.options, userVerification: "discouraged" } } });
  });
  await press();
  await expect(auditor.alert).toContainText("This passkey was not accepted.");
  await auditor.page.unrouteAll();
  await auditor.verifies(true);
  await auditor.signIn();
});

test("a session that an administrator ends is over at the next request, and a revoked passkey signs in no more", async ({ people }) => {
  const { administrator, auditor } = await people.all("administrator", "auditor");
  await auditor.page.goto("/ceremonies");
  const { page } = administrator;
  await page.goto("/people");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: CAST.auditor.name }) });
  await card.getByText("Passkeys and sessions").click();
  await expect(card.getByRole("button", { name: `End a session of ${CAST.auditor.name}` })).toHaveCount(2);
  while ((await card.getByRole("button", { name: `End a session of ${CAST.auditor.name}` }).count()) > 0) {
    const left = await card.getByRole("button", { name: `End a session of ${CAST.auditor.name}` }).count();
    await card.getByRole("button", { name: `End a session of ${CAST.auditor.name}` }).first().click();
    const end = page.getByRole("dialog").getByRole("button", { name: "End the session" });
    await expect(end).toBeDisabled();
    await page.getByRole("dialog").getByLabel("Type the word end").fill("end");
    await end.click();
    await expect(card.getByRole("button", { name: `End a session of ${CAST.auditor.name}` })).toHaveCount(left - 1);
  }
  await auditor.page.goto("/ceremonies");
  await expect(auditor.page).toHaveURL(/\/sign-in\?next=%2Fceremonies/);
  expect((await auditor.http("GET", "/api/ceremonies")).body.error?.code).toBe("NOT-SIGNED-IN");
  await auditor.signIn("/ceremonies");

  const told = (await administrator.http("GET", "/api/people")).body as unknown as { people: { person: string; passkeys: { id: string }[] }[] };
  const passkeys = told.people.find(({ person }) => person === administrator.person)?.passkeys ?? [];
  const second = passkeys[1]?.id ?? "";
  expect((await administrator.http("DELETE", `/api/people/${administrator.person}/passkeys/${second}`)).status).toBe(200);
  const device = await people.stranger("second-device", CAST.administrator.name);
  device.provokes(/401/);
  await device.page.goto("/sign-in");
  await device.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(device.alert).toContainText("This passkey was not accepted.");
});

test("the administrator publishes the roster, and the worker's console trusts it by its words", async ({ people, house }) => {
  const { page } = await people.enter("administrator");
  await page.goto("/people");
  await page.getByLabel("Organisation").fill(ORGANISATION);
  await page.getByRole("button", { name: "Publish a roster of 8 people" }).click();
  await expect(page.getByRole("heading", { name: "Version 1" })).toBeVisible();
  const pairs = await page.getByRole("list", { name: "The hash in words, in pairs" }).getByRole("listitem").locator(".spoken").allInnerTexts();
  const words = pairs.join(" ").split(/\s+/);
  expect(words).toHaveLength(32);

  const wrong = await house.claviger(["roster", "trust", "1", "--words", `${words[0] ?? ""} ${words[0] ?? ""}`], house.workerEnv());
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain("Nothing was trusted.");
  const right = await house.claviger(["roster", "trust", "1", "--words", `${words[0] ?? ""} ${words.at(-1) ?? ""}`], house.workerEnv());
  expect(right, right.output).toMatchObject({ code: 0 });
  expect(right.output).toContain("is trusted, and sealed with the recorder key.");
});

/** Reads, compares and endorses what the page shows, as a custodian does; answers the text that was on the sheet. */
async function endorseByHand({ page }: Person): Promise<string> {
  await page.getByRole("button", { name: "Read and endorse" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText(/^Checked in this browser just now/)).toBeVisible();
  const sign = sheet.getByRole("button", { name: "Endorse with my passkey" });
  await expect(sign).toBeDisabled();
  await sheet.getByText("The exact text that is signed").click();
  const text = await sheet.getByLabel("Canonical statement").innerText();
  expect(await axeFaults(page)).toEqual([]);
  await sheet.getByRole("checkbox").check();
  await sign.click();
  await expect(sheet).toBeHidden();
  return text;
}

test("the next roster waits for its custodians, who read what it changes; then the worker trusts it by itself", async ({ people, house }) => {
  const { administrator, custodianOne, custodianTwo } = await people.all("administrator", "custodianOne", "custodianTwo");
  await administrator.page.goto("/people");
  await administrator.page.getByRole("button", { name: "Publish a roster of 8 people" }).click();
  await expect(administrator.page.getByRole("heading", { name: "Version 2, awaits its endorsements" })).toBeVisible();
  await expect(administrator.page.getByRole("button", { name: "Read and endorse" })).toHaveCount(0);

  await custodianOne.page.goto("/");
  await custodianOne.page.getByRole("link", { name: "Go to the rosters" }).click();
  await endorseByHand(custodianOne);
  await expect(custodianOne.page.getByText("It does not count yet: 1 more custodian of roster version 1 must endorse it.")).toBeVisible();
  await custodianTwo.page.goto("/people");
  await endorseByHand(custodianTwo);
  await expect(custodianTwo.page.getByRole("heading", { name: "Version 2, in force" })).toBeVisible();
  const shown = () => house.claviger(["roster", "show"], house.workerEnv()).then(({ output }) => output);
  await expect.poll(shown, { timeout: 60_000 }).toMatch(/production\/2 +trusted here/);
});

test("what is wrong with a script is said at its line while it is written; a sound one is published and shown as on paper", async ({ people }) => {
  const administrator = await people.enter("administrator");
  const { page } = administrator;
  await page.goto("/scripts");
  await page.getByRole("link", { name: "Write a script" }).click();
  const text = scriptText("every-kind", 1);
  const written = page.getByRole("textbox", { name: "The script, as YAML" });
  const findings = page.getByRole("region", { name: "Findings" });
  const publish = page.getByRole("button", { name: "Publish this edition" });
  await written.fill(text.replace("quorum: { approve: 2, of: 3 }", "quorum: { approve: 1, of: 3 }"));
  const line = text.split("\n").findIndex((one) => one.startsWith("quorum:")) + 1;
  const finding = findings.getByRole("button", { name: /A quorum of one is one person deciding alone/ });
  await expect(finding).toContainText(`line ${String(line)}`);
  await expect(publish).toHaveAttribute("aria-disabled", "true");

  await written.fill(text);
  await expect(publish).toHaveAttribute("aria-disabled", "false");
  await page.reload();
  await expect(page.getByText("Your unpublished text is back.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Preview" }).getByText("We follow the script.")).toBeVisible();
  await publish.click();
  await expect(page).toHaveURL(/\/scripts\/[0-9a-f]{64}$/);
  await expect(page.getByRole("heading", { name: "Every kind of step, edition 1" })).toBeVisible();
  await expect(page.getByRole("region", { name: "As on paper" }).getByText("We follow the script.")).toBeVisible();
});

test("production is closed to a script until the roster's quorum has endorsed it, over the text on their own screens", async ({ people, house }) => {
  const { operator, custodianOne, custodianThree } = await people.all("operator", "custodianOne", "custodianThree");
  await operator.page.goto("/ceremonies/new");
  await expect(operator.page.getByText("This script is not endorsed for production.")).toBeVisible();
  await expect(operator.page.getByRole("button", { name: "Open the ceremony" })).toBeDisabled();
  await operator.page.getByRole("link", { name: "its page shows who is awaited" }).click();
  await expect(operator.page.getByText("Not for production yet: 2 more custodians of roster version 2 must endorse it.")).toBeVisible();
  await expect(operator.page.getByRole("button", { name: "Read and endorse" })).toHaveCount(0);

  const place = new URL(operator.page.url()).pathname;
  const texts: string[] = [];
  for (const custodian of [custodianOne, custodianThree]) {
    await custodian.page.goto(place);
    texts.push(await endorseByHand(custodian));
  }
  await expect(custodianThree.page.getByText("Endorsed for production by custodians of roster version 2.")).toBeVisible();
  const kept = await house.query<{ challenge: string }>(
    `SELECT (convert_from(decode(translate(convert_from(bytes, 'UTF8')::jsonb -> 'assertion' ->> 'clientDataJSON', '-_', '+/')
      || repeat('=', (4 - length(convert_from(bytes, 'UTF8')::jsonb -> 'assertion' ->> 'clientDataJSON') % 4) % 4), 'base64'), 'UTF8')::jsonb) ->> 'challenge' AS challenge
      FROM "Endorsement" WHERE what = 'script' ORDER BY "createdAt"`,
  );
  expect(kept.map(({ challenge }) => challenge)).toEqual(texts.map((text) => createHash("sha256").update(text).digest("base64url")));
});
