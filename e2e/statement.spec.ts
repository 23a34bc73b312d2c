import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { canonicalText, hashOf, type Json } from "#lib/log/canonical";
import { hashWords } from "#lib/log/words";
import { Seat } from "./room";
import { expect, openCeremony, test, type People } from "./test";

type Statement = { what: Record<string, unknown>[]; whatHash: string; nonce: string; step: string } & Record<string, unknown>;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A ceremony whose one key waits for its approvals. */
async function atTheKey(people: People, edition: number, title: string): Promise<{ operator: Seat; custodian: Seat }> {
  const id = await openCeremony(people, "one-key", edition, title);
  const operator = await new Seat(await people.enter("operator"), id).enter();
  await operator.open("Signing key");
  const custodian = await new Seat(await people.enter("custodianOne"), id).enter();
  return { operator, custodian };
}

/** What stands on the sheet: the text that will be signed, and its hash as hex and as words. */
async function onTheSheet({ sheet }: Seat): Promise<{ text: string; hex: string; words: string }> {
  const hash = sheet.getByRole("region", { name: "Hash of what you sign" });
  const text = (await sheet.getByLabel("Canonical statement").textContent()) ?? "";
  const hex = (await hash.getByText(/^[0-9a-f]{4}( [0-9a-f]{4}){15}$/).textContent()) ?? "";
  const pairs = await hash.getByRole("listitem").locator(".spoken").allInnerTexts();
  return { text, hex: hex.replaceAll(" ", ""), words: pairs.join(" ") };
}

/** Has the server propose another statement than the right one. */
async function proposing(page: Page, change: (statement: Statement) => void): Promise<void> {
  await page.route("**/statement?**", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const proposal = (await answer.json()) as { statement: string; openings: unknown[] };
    const statement = JSON.parse(proposal.statement) as Statement;
    change(statement);
    await route.fulfill({ response: answer, json: { ...proposal, statement: canonicalText(statement as unknown as Json) } });
  });
}

test("what you see is what you sign: text, hex, words and the challenge in the stored assertion are of one hash", async ({
  people,
  house,
}) => {
  const { operator, custodian } = await atTheKey(people, 1, "What you see");
  await custodian.readApproval();
  const seen = await onTheSheet(custodian);
  expect(seen.hex).toBe(sha256(seen.text));
  expect(seen.words).toBe(hashWords(Uint8Array.from(Buffer.from(seen.hex, "hex"))).join(" "));
  await expect(custodian.sheet).toContainText(`EC-P256`);
  await expect(custodian.sheet).toContainText(house.kept.serial);

  // The wall shows the first pairs of the same hash beside the custodian's name.
  await operator.page.goto(`/ceremonies/${operator.ceremony}/display`);
  await expect(operator.page.getByRole("main")).toContainText(seen.words.split(" ").slice(0, 2).join(" "));

  await custodian.signAs("Approve with my passkey", /^You approved\./);
  const [entry] = await house.query<{ text: string }>(
    `SELECT convert_from(bytes, 'UTF8') AS text FROM "Entry" WHERE ceremony = $1 AND kind = 'step-approved'`,
    [custodian.ceremony],
  );
  const { body } = JSON.parse(entry?.text ?? "{}") as { body: { statement: Statement; assertion: { clientDataJSON: string } } };
  expect(canonicalText(body.statement as unknown as Json)).toBe(seen.text);
  const client = JSON.parse(Buffer.from(body.assertion.clientDataJSON, "base64url").toString()) as {
    challenge: string;
    origin: string;
    type: string;
  };
  expect(client).toMatchObject({ type: "webauthn.get", origin: house.origin });
  expect(Buffer.from(client.challenge, "base64url").toString("hex")).toBe(seen.hex);
});

test("a server that changes the key and forgets the hash of it is caught before the passkey is asked", async ({ people }) => {
  const { custodian } = await atTheKey(people, 2, "Another key, half forged");
  await proposing(custodian.page, (statement) => {
    statement.what[0] = { ...statement.what[0], extractable: true, usage: ["sign", "decrypt"] };
  });
  await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
  await expect(custodian.sheet.getByText("Something does not hold: do not sign")).toBeVisible();
  await expect(custodian.sheet.getByText("The operations are all in it, and its hash of them is right.")).toBeVisible();
  await expect(custodian.sheet.getByRole("checkbox")).toBeDisabled();
  await expect(custodian.sheet.getByRole("button", { name: "Approve with my passkey" })).toBeDisabled();
});

test("a server that changes the key and every hash of it shows the changed sentence, and the rules refuse what is signed", async ({
  people,
  house,
}) => {
  const { custodian } = await atTheKey(people, 3, "Another key, forged well");
  custodian.person.provokes(/409/);
  await proposing(custodian.page, (statement) => {
    statement.what[0] = { ...statement.what[0], label: "another-key", extractable: true };
    statement.whatHash = hashOf(statement.what as unknown as Json);
  });
  await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
  const { sheet } = custodian;
  await expect(sheet.getByText("another-key").first()).toBeVisible();
  const seen = await onTheSheet(custodian);
  expect(seen.hex).toBe(sha256(seen.text));
  // Whoever signs all the same, signs what they saw, and the rule book knows what the step asks for.
  if (await sheet.getByRole("checkbox").isEnabled()) {
    await custodian.compare();
    await sheet.getByRole("button", { name: "Approve with my passkey" }).click();
    await expect(sheet.getByText("STATEMENT-WHAT")).toBeVisible();
  } else await expect(sheet.getByRole("button", { name: "Approve with my passkey" })).toBeDisabled();
  expect(await house.query(`SELECT 1 FROM "Entry" WHERE ceremony = $1 AND kind = 'step-approved'`, [custodian.ceremony])).toEqual(
    [],
  );
});

test("a statement of another ceremony, another step, another person or another decision cannot be signed", async ({ people }) => {
  const { custodian } = await atTheKey(people, 4, "Another statement");
  const changes: Record<string, (statement: Statement) => void> = {
    "It is about this ceremony, in this mode, by this script.": (statement) => (statement["ceremony"] = "c-00000000000000000000"),
    "It is about the step you see.": (statement) => (statement.step = "signatures"),
    "It is yours to sign.": (statement) => (statement["person"] = "somebody-else"),
    "Its decision is the one you made here.": (statement) => (statement["act"] = "refuse"),
    "It names the token of this ceremony.": (statement) =>
      (statement["token"] = { ...(statement["token"] as object), serial: "0000000000000000" }),
  };
  for (const [check, change] of Object.entries(changes)) {
    await proposing(custodian.page, change);
    await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
    await expect(custodian.sheet.getByRole("listitem").filter({ hasText: check }).getByLabel("Does not hold:")).toBeVisible();
    await expect(custodian.sheet.getByRole("button", { name: "Approve with my passkey" })).toBeDisabled();
    await custodian.sheet.getByRole("button", { name: "Not now" }).click();
    await custodian.page.unrouteAll();
  }
  await proposing(custodian.page, (statement) => (statement["also"] = "something"));
  await custodian.turn.getByRole("button", { name: "Read and approve …" }).click();
  await expect(custodian.sheet.getByText("What the server proposes to sign is no statement.")).toBeVisible();
});

test("the passkey is asked to sign the hash that the browser computed, whatever else the server sends along", async ({
  people,
}) => {
  const { custodian } = await atTheKey(people, 5, "Another challenge");
  const { page } = custodian;
  await page.evaluate(() => {
    const asked: string[] = [];
    (window as unknown as { asked: string[] }).asked = asked;
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => {
      const challenge = new Uint8Array(options?.publicKey?.challenge as ArrayBuffer);
      asked.push(
        Array.from(challenge, (byte) => byte.toString(16).padStart(2, "0")).join(""),
        String(options?.publicKey?.userVerification),
      );
      return get(options);
    };
  });
  await page.route("**/statement?**", async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const noise = { challenge: "AAAA", hash: "0".repeat(64), publicKey: { challenge: "AAAA", userVerification: "discouraged" } };
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), ...noise } });
  });
  await custodian.readApproval();
  const { text } = await onTheSheet(custodian);
  await custodian.signAs("Approve with my passkey", /^You approved\./);
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).toEqual([sha256(text), "required"]);
});
