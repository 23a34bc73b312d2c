import { generateKeyPairSync } from "node:crypto";
import { ClavigerClient, provedByKey } from "claviger/client";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { axeFaults } from "./axe";
import { inGermanFor, readInGerman } from "./english-left";
import { Seat } from "./room";
import { editionNow, expect, nameNow, need, openCeremony, rosterInForce, test } from "./test";

const EDITION = 81;

test("a key that a ceremony made is in the register, becomes active by the signatures of a quorum, and its token is compared with it", async ({
  people,
  house,
}) => {
  test.setTimeout(600_000);
  const account = nameNow("shop");
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const id = await openCeremony(people, "one-key", EDITION, "A key for the register");
  const { operator, custodianOne, custodianTwo } = await people.all("operator", "custodianOne", "custodianTwo");
  need(await operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "signing-key" }));
  for (const person of [custodianOne, custodianTwo]) {
    const seat = await new Seat(person, id).enter();
    await seat.approve();
  }

  const { page } = custodianOne;
  const line = page.getByRole("link", { name: new RegExp(`^one-key-${String(editionNow(EDITION))} `) });
  await expect(async () => {
    await page.goto("/keys");
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(line.getByText("not yet active")).toBeVisible();
  await expect(page.getByRole("img", { name: new RegExp(`one-key-${String(editionNow(EDITION))}: not yet active`) })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);

  await test.step("a change is written down by one custodian, and comes about when two have signed it", async () => {
    await line.click();
    await expect(page.getByText("A key for the register", { exact: true })).toBeVisible();
    await page.getByText("Propose a change", { exact: true }).click();
    await page.getByLabel("State from then on").selectOption({ label: "active" });
    await page.getByLabel("Cryptoperiod in days, from the activation").fill("90");
    await page.getByLabel("Owner").fill("Payments");
    await page.getByLabel("Reason").fill("It takes over from the key before.");
    await page.getByRole("button", { name: "Write it down" }).click();
    await page.getByRole("button", { name: "Read and endorse …" }).click();
    const sheet = page.getByRole("dialog");
    await expect(sheet.getByText(/Checked in this browser just now: 6 of 6 hold/)).toBeVisible();
    await expect(sheet.getByText("It takes over from the key before.")).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
    const hash = await custodianOne.page.evaluate(async () => {
      const { pathname } = window.location;
      return pathname.split("/").at(-1) ?? "";
    });
    await sheet.getByRole("checkbox").check();
    await sheet.getByRole("button", { name: "Endorse with my passkey" }).click();
    await expect(sheet).toBeHidden({ timeout: 60_000 });
    await expect(page.getByText(/^It changes nothing yet: 1 more custodian/)).toBeVisible();

    await custodianTwo.page.goto(`/keys/${hash}`);
    await custodianTwo.page.getByRole("button", { name: "Read and endorse …" }).click();
    const other = custodianTwo.page.getByRole("dialog");
    await other.getByRole("checkbox").check();
    await other.getByRole("button", { name: "Endorse with my passkey" }).click();
    await expect(other).toBeHidden({ timeout: 60_000 });
    await expect(custodianTwo.page.getByText("not yet active → active")).toBeVisible();
    await expect(custodianTwo.page.getByText("90 days")).toBeVisible();
    await expect(custodianTwo.page.getByText("Payments", { exact: true })).toBeVisible();
    expect(await axeFaults(custodianTwo.page)).toEqual([]);
    await inGermanFor(custodianTwo, () => readInGerman(custodianTwo.page, [`/keys/${hash}`]));
  });

  await test.step("an administrator proposes what an application may do with it; it is in force when two custodians have signed it", async () => {
    const { administrator } = await people.all("administrator");
    const form = administrator.page;
    await form.goto("/keys/new-application");
    await form.getByLabel("Name of the application").fill(account);
    const pasted = form.getByLabel("Public key, as a JWK or a PEM");
    await pasted.fill(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    await form.getByRole("button", { name: "Add this key" }).click();
    await expect(form.getByRole("alert").getByText("CLIENT-PRIVATE")).toBeVisible();
    await expect(pasted).toHaveValue("");
    await pasted.fill(publicKey.export({ type: "spki", format: "pem" }).toString());
    await form.getByRole("button", { name: "Add this key" }).click();
    await form.getByLabel("What the application calls them").fill("jwt");
    await form.getByRole("checkbox", { name: new RegExp(`^one-key-${String(editionNow(EDITION))},`) }).check();
    await form.getByRole("checkbox", { name: "issue tokens", exact: true }).check();
    await form.getByLabel("Issuer of its tokens (iss)").fill("https://keys.example");
    await form.getByLabel("For whom, one a line (aud)").fill("billing-api");
    await form.getByLabel("Reason").fill("It signs what customers show to the shop.");
    expect(await axeFaults(form)).toEqual([]);
    await form.getByRole("button", { name: "Write it down for signing" }).click();
    await expect(form.getByText("It allows nothing yet: 2 more custodians", { exact: false })).toBeVisible({ timeout: 60_000 });

    for (const custodian of [custodianOne, custodianTwo]) {
      const { page: phone } = custodian;
      await phone.setViewportSize({ width: 360, height: 760 });
      await phone.goto(`/keys/applications/${account}`);
      await phone.getByRole("button", { name: "Read and endorse …" }).click();
      const sheet = phone.getByRole("dialog");
      await expect(sheet.getByText(/Checked in this browser just now: 6 of 6 hold/)).toBeVisible();
      await expect(sheet.getByText("billing-api", { exact: true })).toBeVisible();
      expect(await axeFaults(phone)).toEqual([]);
      await sheet.getByRole("checkbox").check();
      await sheet.getByRole("button", { name: "Endorse with my passkey" }).click();
      await expect(sheet).toBeHidden({ timeout: 60_000 });
      await phone.setViewportSize({ width: 1280, height: 860 });
    }
    await expect(custodianTwo.page.getByText("Nothing is proposed.", { exact: true })).toBeVisible();
    await expect(custodianTwo.page.getByText("in force", { exact: true })).toHaveCount(2);
    expect(await axeFaults(custodianTwo.page)).toEqual([]);
    await inGermanFor(custodianTwo, () => readInGerman(custodianTwo.page, ["/keys/applications", `/keys/applications/${account}`]));
    await inGermanFor(administrator, () => readInGerman(form, [`/keys/applications/${account}/edition`]));
  });

  await test.step("by that grant the application has its tokens signed in the HSM, and anybody verifies them by the published keys", async () => {
    const { administrator } = await people.all("administrator");
    const url = await house.startKeys((await rosterInForce(administrator)).hash);
    const client = new ClavigerClient({ url, proof: provedByKey(account, privateKey) });
    try {
      const { token, use } = await client.issueToken("jwt", { audience: "billing-api" });
      const published = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));
      const rules = { issuer: "https://keys.example", audience: "billing-api", algorithms: ["ES256"] };
      expect((await jwtVerify(token, published, rules)).payload).toMatchObject({ iss: rules.issuer, aud: rules.audience });
      const rows = await house.query(`SELECT account, operation, algorithm, result FROM "KeyUse" WHERE use = $1`, [use]);
      expect(rows).toEqual([{ account, operation: "issue-token", algorithm: "ES256", result: "done" }]);
      await expect(client.sign("jwt", "ES256", Buffer.from("anything"))).rejects.toMatchObject({ code: "GRANT-SCOPE" });
    } finally {
      client.close();
      await house.stop("keys");
    }
  });

  await test.step("taking everything back is proposed on the same page", async () => {
    const { page: desk } = await people.enter("administrator");
    await desk.goto(`/keys/applications/${account}`);
    await desk.getByText("Take everything back", { exact: true }).click();
    await desk.getByLabel("Why it is taken back").fill("The shop has closed.");
    await desk.getByRole("button", { name: "Write it down for signing" }).click();
    await expect(desk.getByText("This takes everything back: nobody is this application any more.")).toHaveCount(2);
    await desk.getByRole("button", { name: "Withdraw this proposal" }).click();
    await expect(desk.getByText("withdrawn", { exact: true })).toBeVisible();
    expect(await axeFaults(desk)).toEqual([]);
  });

  await test.step("the worker compares the token when somebody asks, and its recorder signs what it found", async () => {
    await page.goto("/keys");
    await page.getByRole("button", { name: "Compare now" }).click();
    await expect(page.getByText("Asked. The workers compare as soon as no ceremony needs them.")).toBeVisible();
    need(await operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "abort", reason: "The key is made." }));
    await expect(async () => {
      await page.goto("/keys");
      await expect(page.getByText(/last listing signed/)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
  });

  await test.step("it can be taken along", async () => {
    for (const [form, begins] of [
      ["csv", '"key","label"'],
      ["cbom", "{"],
      ["pdf", "%PDF-"],
    ] as const) {
      const text = await page.evaluate(async (of) => (await fetch(`/api/keys/report/${of}`)).text(), form);
      expect(text.startsWith(begins), form).toBe(true);
    }
  });
});
