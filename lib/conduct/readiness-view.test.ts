import { expect, test } from "vitest";
import { passkeyToTest } from "#lib/ceremony/endorsement";
import { endorsementBy, hashSignatures, passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { readinessView } from "./readiness-view";

/** User present, user verified, backup eligible, backed up (WebAuthn section 6.1). */
const [PRESENT, ELIGIBLE, BACKED_UP] = [0x05, 0x0d, 0x1d];
const tested = (person: string, flags: number) =>
  endorsementBy(person, passkeyToTest(passkey(`${person}-1`), "ab".repeat(32)), smallRoster, { flags });

test("a passkey's page says what its authenticator signed in the newest test: whether it is kept elsewhere too", async () => {
  const { passkeys } = await readinessView({
    verifier: hashSignatures,
    roster: { roster: smallRoster, row: { openings: [] } } as never,
    scripts: [smallScript],
    duties: [],
    tests: [tested("carl", PRESENT), tested("cleo", ELIGIBLE), tested("cora", BACKED_UP)],
    now: "2026-11-22T10:00:00.000Z",
    me: "carl",
  });
  const said = passkeys.map(({ id, backedUp }) => [id, backedUp]);
  expect(said).toEqual(expect.arrayContaining([["carl-1", false], ["cleo-1", false], ["cora-1", true]]));
  expect(said.filter(([id]) => !/^(?:carl|cleo|cora)-1$/.test(String(id))).every(([, backedUp]) => backedUp === null)).toBe(true);
});
