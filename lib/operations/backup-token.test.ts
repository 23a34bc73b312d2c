import { describe, expect, test } from "vitest";
import { canonicalText, type Json } from "#lib/log/canonical";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { FakeToken } from "#lib/token/fake-token.under-test";
import { PROFILES } from "#lib/token/profile";
import { book } from "./book";
import { AES, changed, PAIR, PerformedOperations, recheck } from "./performed-operations.under-test";

const BACKUP = { operation: "backup-token", backup: "main" };
const VERIFY = { operation: "verify-backup", backup: "main" };
const RESTORE = { operation: "restore-test", backup: "main", to: "vault" };

async function backedUp(): Promise<PerformedOperations> {
  const performed = new PerformedOperations();
  for (const request of [{ operation: "token-health" }, PAIR, AES, BACKUP]) await performed.do(request);
  return performed;
}
/** The one backup there is, as it lies there. */
function kept(performed: PerformedOperations) {
  const [found] = performed.backups.kept.entries();
  if (!found) throw new Error("there is no backup");
  return found;
}

test("the outcome lists every key of the token with its fingerprint, and the secret is nowhere in it", async () => {
  const performed = await backedUp();
  const outcome = performed.earlier.at(-1)?.outcome ?? {};
  expect(outcome["keys"]).toMatchObject([
    { label: "jwt", fingerprint: performed.earlier[1]?.outcome["spkiSha256"] },
    { label: "api", algorithm: "AES-256", fingerprint: expect.stringMatching(/^[0-9a-f]{6}$/) as string, spki: null },
  ]);
  expect(canonicalText(outcome)).not.toContain(performed.secrets["backup-key"]);
});

test("a restored key signs what its archived public key verifies, and every key comes back", async () => {
  const performed = await backedUp();
  await performed.do(VERIFY);
  const { outcome, context } = await performed.do(RESTORE);
  expect(outcome).toMatchObject({ keysCompared: 2, discarded: true, signatures: [{ label: "jwt", signature: "ES256" }] });
  const restoreTest = book.find("restore-test");
  expect(await restoreTest?.recheckSignatures?.(outcome, webCryptoVerifier, RESTORE)).toEqual([]);
  const forged = changed(outcome, "signatures.0.value", "AAAA");
  expect(await restoreTest?.recheckSignatures?.(forged, webCryptoVerifier, RESTORE)).toEqual([
    "the signature of the restored key jwt does not verify",
  ]);
  const foreign = changed(outcome, "signatures.0.spki", "AAAA");
  expect(recheck(RESTORE, foreign, context)).toContain(
    "the signature of jwt was checked with a public key that is not in the backup",
  );
});

test("an outcome says no less than one signature of each key that the ceremony knows to sign", async () => {
  const { outcome, context } = await (await backedUp()).do(RESTORE);
  expect(recheck(RESTORE, outcome, context)).toEqual([]);
  const [signed] = outcome["signatures"] as Json[];
  const says = (count: string) => [`the restored key jwt may sign, and there are ${count} signatures of it`];
  expect(recheck(RESTORE, changed(outcome, "signatures", []), context)).toEqual(says("0"));
  expect(recheck(RESTORE, changed(outcome, "signatures", [signed!, signed!]), context)).toEqual(says("2"));
});

const KEK = { operation: "generate-secret-key", label: "kek", algorithm: "AES-256", usage: ["wrap", "unwrap"], extractable: false };

test("a key that only wraps is compared by its check value like any other", async () => {
  const performed = new PerformedOperations();
  for (const request of [{ operation: "token-health" }, PAIR, KEK, BACKUP]) await performed.do(request);
  expect(performed.earlier.at(-1)?.outcome["keys"]).toMatchObject([{}, { label: "kek", fingerprint: expect.stringMatching(/^[0-9a-f]{6}$/) as string }]);
  const [, backup] = kept(performed);
  const foreign = new PerformedOperations();
  await foreign.do(KEK);
  const stranger = foreign.memory.objects[0]!.material;
  backup.token.objects = backup.token.objects.map((object) => (object.reading.label === "kek" ? { ...object, material: stranger } : object));
  expect(await performed.try(RESTORE)).toEqual({ call: "restore-test", name: "RESTORED-KEYS-DIFFER" });
});

test("keys of which the token gives no fingerprint are not counted as compared: they are named", async () => {
  const performed = new PerformedOperations();
  const silent = { saysNoCheckValue: true };
  performed.token = new FakeToken(performed.memory, PROFILES.softhsm2, silent);
  performed.backups.flaws = silent;
  for (const request of [{ operation: "token-health" }, PAIR, KEK, BACKUP]) await performed.do(request);
  expect(rowsOf(BACKUP, performed)["Keys in it"]).toMatch(/^jwt \([0-9a-f]{16}\); kek \(known by name only\)$/);
  const { outcome, context } = await performed.do(RESTORE);
  expect(outcome).toMatchObject({ keysCompared: 2, knownByNameOnly: ["kek"] });
  expect(recheck(RESTORE, outcome, context)).toEqual([]);
  expect(recheck(RESTORE, changed(outcome, "knownByNameOnly", []), context)).toEqual([
    "the keys without a fingerprint are not those that the backup lists so",
  ]);
  expect(rowsOf(RESTORE, performed)).toMatchObject({
    "Keys compared, all alike": "1",
    "Known by name only, without a fingerprint": "1: kek",
  });
});

function rowsOf(request: { operation: string }, { earlier }: PerformedOperations): { [row: string]: string } {
  const told = book.find(request.operation)?.tell(request, earlier.at(-1)?.outcome ?? {});
  return Object.fromEntries((told?.facts ?? []).map(({ name, value }) => [name, value]));
}

describe("refuses by name", () => {
  test.each([VERIFY, RESTORE])("$operation of a backup that this ceremony did not make", async (request) => {
    const performed = await backedUp();
    performed.earlier.pop();
    expect(await performed.try(request)).toEqual({ call: request.operation, name: "BACKUP-NOT-MADE-HERE" });
  });

  test.each([VERIFY, RESTORE])("$operation with another key than the custodians made it with", async (request) => {
    const performed = await backedUp();
    performed.secrets = { ...performed.secrets, "backup-key": "another key of the custodians" };
    expect(await performed.try(request)).toEqual({ call: request.operation, name: "BACKUP-KEY-WRONG" });
  });

  test.each([VERIFY, RESTORE])("$operation of a file that is gone", async (request) => {
    const performed = await backedUp();
    performed.backups.kept.clear();
    expect(await performed.try(request)).toEqual({ call: request.operation, name: "BACKUP-NOT-FOUND" });
  });

  test("a second backup of one name", async () => {
    expect(await (await backedUp()).try(BACKUP)).toEqual({ call: "backup-token", name: "BACKUP-NAME-TAKEN" });
  });

  test("a file that holds other keys than its outcome says", async () => {
    const performed = await backedUp();
    const [file, one] = kept(performed);
    performed.backups.kept.set(file, { ...one, manifest: { backup: "main", keys: [] } });
    expect(await performed.try(VERIFY)).toEqual({ call: "verify-backup", name: "BACKUP-IS-ANOTHER" });
  });

  test("a restored token that lacks a key", async () => {
    const performed = await backedUp();
    kept(performed)[1].token.objects.pop();
    expect(await performed.try(RESTORE)).toEqual({ call: "restore-test", name: "RESTORED-KEYS-DIFFER" });
  });

  test("a restored token that cannot be taken away again", async () => {
    const performed = await backedUp();
    performed.backups.discards = false;
    expect(await performed.try(RESTORE)).toEqual({ call: "restore-test", name: "RESTORED-TOKEN-STILL-THERE" });
  });

  test("a key that appears while the backup is made", async () => {
    const performed = new PerformedOperations();
    await performed.do({ operation: "token-health" });
    const make = performed.backups.make.bind(performed.backups);
    performed.backups.make = async (...given) => {
      const other = new PerformedOperations();
      await other.do(PAIR);
      performed.memory.objects.push(...other.memory.objects);
      return make(...given);
    };
    expect(await performed.try(BACKUP)).toEqual({ call: "backup-token", name: "TOKEN-CHANGED-MEANWHILE" });
    expect([...performed.backups.kept.keys()], "no file stays that no outcome names").toEqual([]);
  });
});

test("a backup without a key that the ceremony made is no outcome", async () => {
  const performed = await backedUp();
  const done = performed.earlier.pop();
  const outcome = done?.outcome ?? {};
  const context = { ...performed.context(), ckaId: done?.ckaId ?? "" };
  expect(recheck(BACKUP, outcome, context)).toEqual([]);
  expect(recheck(BACKUP, changed(outcome, "keys", []), context)).toEqual([
    "the key jwt is not in the backup",
    "the key api is not in the backup",
  ]);
});
