import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { AES, HMAC, PAIR } from "#lib/operations/performed-operations.under-test";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { RealOperations } from "../token/real-operations.under-test";
import { clearRestored } from "./softhsm-archive";
import { sweepRestored } from "./wrapped-keys";

const BACKUP = { operation: "backup-token", backup: "main" };
const VERIFY = { operation: "verify-backup", backup: "main" };
const RESTORE = { operation: "restore-test", backup: "main", to: "vault" };

describe("a SoftHSM2 token", () => {
  let real: RealOperations;
  let file = "";
  beforeAll(async () => {
    real = await RealOperations.open("softhsm");
    for (const request of [{ operation: "token-health" }, PAIR, { ...PAIR, label: "rsa", algorithm: "RSA-2048" }, AES])
      await real.try(request);
    const made = await real.try(BACKUP);
    if ("name" in made) throw new Error(made.name);
    file = path.join(real.folder, String(made.outcome["file"]));
  });
  afterAll(() => real.close());

  test("is backed up into one file that shows neither keys nor the custodians' secret", () => {
    const text = readFileSync(file, "latin1");
    expect(text).toContain("claviger/sealed-archive/v1");
    for (const hidden of ["jwt", "canary-backup-key", "token.object"]) expect(text).not.toContain(hidden);
  });

  test("is verified, and really restored: in another process, every key alike, signing keys signing, nothing left behind", async () => {
    expect(await real.try(VERIFY)).toMatchObject({ outcome: { keys: 3, manifestSame: true } });
    const restored = await real.try(RESTORE);
    expect(restored).toMatchObject({
      outcome: {
        keysCompared: 3,
        discarded: true,
        signatures: [
          { label: "jwt", signature: "ES256" },
          { label: "rsa", signature: "RS256" },
        ],
      },
    });
    expect(real.problems).toEqual([]);
    expect(readdirSync(real.folder).filter((name) => name.startsWith("restored-"))).toEqual([]);
    // The original is as it was, and still open.
    expect((await real.token.listObjects()).map(({ label }) => label).sort()).toEqual(["api", "jwt", "jwt", "rsa", "rsa"]);
  });

  test("one changed byte of the file is found, and nothing is restored from it", async () => {
    const good = readFileSync(file);
    writeFileSync(
      file,
      good.map((byte, i) => (i === good.length - 100 ? byte ^ 1 : byte)),
    );
    expect(await real.try(VERIFY)).toEqual({ call: "verify-backup", name: "BACKUP-DAMAGED" });
    expect(await real.try(RESTORE)).toEqual({ call: "restore-test", name: "BACKUP-DAMAGED" });
    writeFileSync(file, good);
  });

  test("a backup of the same name from elsewhere, sealed under the same secret, is not taken for it", async () => {
    const good = readFileSync(file);
    const other = await RealOperations.open("softhsm");
    try {
      await other.try({ operation: "token-health" });
      const made = await other.try(BACKUP);
      if ("name" in made) throw new Error(made.name);
      writeFileSync(file, readFileSync(path.join(other.folder, String(made.outcome["file"]))));
      expect(await real.try(VERIFY)).toEqual({ call: "verify-backup", name: "BACKUP-IS-ANOTHER" });
      expect(await real.try(RESTORE)).toEqual({ call: "restore-test", name: "RESTORED-TOKEN-DOES-NOT-OPEN" });
    } finally {
      writeFileSync(file, good);
      await other.close();
    }
  });

  test("another secret opens nothing, and a name that is a path is no backup", async () => {
    const backups = await real.backups();
    expect(await backups.verify(path.basename(file), utf8("another secret of sorts"))).toEqual({
      ok: false,
      refusal: "BACKUP-KEY-WRONG",
    });
    expect(await backups.verify("../pin", utf8("x"))).toEqual({ ok: false, refusal: "BACKUP-NOT-FOUND" });
    const cellar = { name: "cellar", token: real.token };
    expect(await backups.restore(path.basename(file), utf8("canary-backup-key, both halves"), cellar)).toEqual({
      ok: false,
      refusal: "TOKEN-OF-ANOTHER-KIND",
    });
  });
});

const WRAPPED = { ...BACKUP, form: "wrapped-keys" };
const UNWRAPPED = { ...RESTORE, form: "wrapped-keys" };
const LEAVING = { extractable: true };
const HMAC_LEAVING = { ...HMAC, ...LEAVING };
/** What a module takes apart and puts together again: NSS unwraps no key on a curve, and SoftHSM does it for both here. */
const KEYS = [{ ...PAIR, ...LEAVING }, { ...PAIR, label: "rsa", algorithm: "RSA-2048", ...LEAVING }, { ...AES, ...LEAVING }, HMAC_LEAVING];

describe.each(["softhsm", "nss"] as const)("wrapped keys of %s", (which) => {
  let real: RealOperations;
  let file = "";
  beforeAll(async () => {
    real = await RealOperations.open(which);
    for (const request of [{ operation: "token-health" }, ...KEYS]) await real.try(request);
    const made = await real.try(WRAPPED);
    if ("name" in made) throw new Error(`${made.call}: ${made.name}`);
    file = path.join(real.folder, String(made.outcome["file"]));
  });
  afterAll(() => real.close());

  test("are verified, and unwrapped in the other maker's token, where each works and nothing of them stays", async () => {
    expect(await real.try(VERIFY)).toMatchObject({ outcome: { keys: 4, files: 5, manifestSame: true } });
    const restored = await real.try(UNWRAPPED);
    expect(restored).toMatchObject({
      outcome: {
        keysCompared: 4,
        discarded: true,
        signatures: [
          { label: "jwt", signature: "ES256" },
          { label: "rsa", signature: "RS256" },
        ],
      },
    });
    expect(real.problems).toEqual([]);
    const left = await real.try({ operation: "list-keys", token: "vault" });
    expect(left).toMatchObject({ outcome: { objects: [] } });
  });

  test("of a file in which one byte was changed are not restored", async () => {
    const good = readFileSync(file);
    writeFileSync(
      file,
      good.map((byte, i) => (i === good.length - 100 ? byte ^ 1 : byte)),
    );
    expect(await real.try(UNWRAPPED)).toEqual({ call: "restore-test", name: "BACKUP-DAMAGED" });
    writeFileSync(file, good);
  });

  test("are not restored as an archive of the whole token", async () => {
    expect(await real.try(RESTORE)).toEqual({ call: "restore-test", name: "BACKUP-OF-ANOTHER-FORM" });
  });

  test("one that cannot leave its token is a refusal by name, and no file is begun", async () => {
    const before = readdirSync(real.folder);
    await real.try({ ...PAIR, label: "stays" });
    expect(await real.try({ ...WRAPPED, backup: "second" })).toEqual({ call: "backup-token", name: "NOT-EXTRACTABLE" });
    expect(readdirSync(real.folder)).toEqual(before);
  });
});

test("what a killed restore test left on a token is swept off it", async () => {
  const real = await RealOperations.open("softhsm");
  try {
    const left = await obtainKey(real.token, { ...freshTemplate("EC-P256"), label: "claviger-restored-x" });
    expect(left.ok).toBe(true);
    await sweepRestored(real.token);
    expect(await real.token.listObjects()).toEqual([]);
  } finally {
    await real.close();
  }
});

test("a worker that begins clears what a killed one had half made, and leaves what is whole", async () => {
  const real = await RealOperations.open("softhsm");
  try {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    mkdirSync(path.join(real.folder, "restored-abc"));
    const names = ["main-0011.claviger-backup", `main-0022.claviger-backup.${String(dead)}.new`, `x.${String(process.pid)}.new`];
    for (const name of names) writeFileSync(path.join(real.folder, name), "");
    (await real.backups()).begin();
    clearRestored(path.join(real.folder, "no backup has made this folder yet"));
    const left = readdirSync(real.folder);
    expect(left).toEqual(expect.arrayContaining([names[0], names[2]]));
    expect(left.filter((name) => name === names[1] || name.startsWith("restored-"))).toEqual([]);
  } finally {
    await real.close();
  }
});

test("a token of a provider without an archive is refused by name", async () => {
  const real = await RealOperations.open("nss");
  try {
    await real.try({ operation: "token-health" });
    expect(await real.try(BACKUP)).toEqual({ call: "backup-token", name: "BACKUP-NOT-OFFERED" });
  } finally {
    await real.close();
  }
});
