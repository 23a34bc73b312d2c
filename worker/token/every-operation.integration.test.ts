import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { canonicalText } from "#lib/log/canonical";
import { fromBase64url } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { OPERATIONS } from "#lib/operations/every-operation";
import { CSR, ISSUE, ROOT } from "#lib/operations/certificates.under-test";
import { inventoryOf } from "#lib/operations/list-keys";
import { AES, HMAC, PAIR } from "#lib/operations/performed-operations.under-test";
import { obtainKey } from "#lib/token/obtain-key";
import { freshTemplate } from "#lib/token/token-contract.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { toPem } from "#lib/x509/pem";
import { RealOperations } from "./real-operations.under-test";

// Every operation of the book on modules that nobody here wrote: what a module can do is done, rechecked as a verifier would and, for
// certificates, judged by OpenSSL; what it cannot do, or does wrongly, is refused by name.

const on = (label: string, operation: string, more: object = {}): OperationRequest => ({ operation, label, ...more });
const pair = (label: string, algorithm: string, more: object = {}) => ({ ...PAIR, label, algorithm, ...more });
const SIGNATURES =
  [["rsa", "RS256"], ["rsa", "PS256"], ["p256", "ES256"], ["p384", "ES384"], ["p521", "ES512"], ["ed", "EdDSA"]] as const;
const VAULT = { token: "vault" };

const PLAY: readonly OperationRequest[] = [
  { operation: "token-health", expect: { flags: ["LOGIN_REQUIRED", "TOKEN_INITIALIZED"], mechanisms: ["ECDSA", "SHA256_HMAC"] } },
  on("old", "identify-key", { kind: "key-pair", algorithm: "EC-P256" }),
  pair("rsa", "RSA-2048"),
  pair("p256", "EC-P256", { extractable: true }),
  pair("p384", "EC-P384"),
  pair("p521", "EC-P521"),
  pair("ed", "Ed25519"),
  pair("root", "RSA-3072"),
  pair("jwt", "EC-P256"),
  AES,
  HMAC,
  ...["rsa", "p256", "p384", "p521", "ed", "old"].map((label) => on(label, "export-public-key")),
  on("rsa", "prove-not-exportable"),
  on("ed", "prove-not-exportable"),
  on("api", "prove-not-exportable", { key: "secret-key" }),
  ...SIGNATURES.map(([label, signature]) => on(label, "test-signature", { signature })),
  on("old", "test-signature", { signature: "ES256" }),
  CSR,
  { ...CSR, label: "ed" },
  ROOT,
  ISSUE,
  { operation: "unlock-token", ...VAULT },
  { operation: "token-health", ...VAULT },
  on("p256", "clone-key", { to: "vault" }),
  { operation: "list-keys", ...VAULT },
  { operation: "initialise-token", ...VAULT, label: "too-early" },
  { operation: "backup-token", backup: "main" },
  { operation: "verify-backup", backup: "main" },
  { operation: "restore-test", backup: "main", to: "vault" },
  on("p384", "condemn-key"),
  on("p384", "destroy-key"),
  { operation: "list-keys" },
  { operation: "condemn-token", ...VAULT },
  { operation: "zeroise-token", ...VAULT },
  { operation: "change-user-pin", ...VAULT },
  { operation: "change-so-pin", ...VAULT },
  // It holds a key again, which is condemned and goes with the token that is made anew.
  on("p256", "clone-key", { to: "vault" }),
  { operation: "condemn-token", ...VAULT },
  { operation: "initialise-token", ...VAULT, label: "vault-2026" },
];
/** What operations that are not in this list say themselves how to try; what they make first may stand in it as well. */
const BY_EXAMPLE = OPERATIONS.filter(({ name }) => !PLAY.some(({ operation }) => operation === name));
const LISTED = new Set(PLAY.map(canonicalText));
const ASKED = [...PLAY, ...BY_EXAMPLE.flatMap(({ example }) => example).filter((request) => !LISTED.has(canonicalText(request)))];
const nameOf = ({ operation, label, signature, algorithm }: OperationRequest): string =>
  [operation, label, signature ?? algorithm].filter((part) => typeof part === "string").join(" ");

const NOT_MADE = "KEY-NOT-MADE-HERE";
/** What each module cannot do, or does in a way that is found out. */
const REFUSED: { readonly [module: string]: { readonly [play: string]: string } } = {
  // It wraps no Ed25519 key, not even one that may leave: that this one cannot be wrapped shows nothing.
  softhsm: { "prove-not-exportable ed": "NOT-SHOWN", "initialise-token too-early": "TOKEN-NOT-CONDEMNED" },
  // No Ed25519, so no use of such a key either; it wraps what it says cannot leave; nobody here knows how to archive its token.
  nss: {
    "generate-key-pair ed Ed25519": "ALGORITHM-NOT-OFFERED",
    "export-public-key ed": NOT_MADE,
    "prove-not-exportable ed": NOT_MADE,
    "test-signature ed EdDSA": NOT_MADE,
    "create-csr ed": NOT_MADE,
    "initialise-token too-early": "TOKEN-NOT-CONDEMNED",
    "prove-not-exportable rsa": "EXPORTABLE",
    "prove-not-exportable api": "EXPORTABLE",
    "backup-token": "BACKUP-NOT-OFFERED",
    "verify-backup": "BACKUP-NOT-MADE-HERE",
    "restore-test": "BACKUP-NOT-MADE-HERE",
  },
};

type Module = "softhsm" | "nss";
/** The operations that were done, and not only asked for, on each module. */
const doneOn: { readonly [module in Module]: Set<string> } = { softhsm: new Set(), nss: new Set() };
/** Notes what was done where: `own` is the module of the ceremony's token, `vault` that of the other one. */
const noteDone = ({ operation, token }: OperationRequest, own: Module, vault: Module): void => {
  doneOn[token === "vault" ? vault : own].add(operation);
};

/** What one of the two modules never does, and why: decision 0037 has the same list. */
const ON_ONE_ONLY: { readonly [operation: string]: string } = {
  "initialise-token": "NSS's security officer has no PIN: there are no two roles to set apart",
  "change-so-pin": "NSS's security officer has no PIN",
  "prove-not-exportable": "NSS wraps keys that say they are not extractable, so its proof must fail: EXPORTABLE",
};

const openssl = (folder: string, ...args: string[]): string =>
  execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

describe.each(["softhsm", "nss"] as const)("%s", (which) => {
  let real: RealOperations;
  const done = new Map<string, { request: OperationRequest; outcome: Outcome }>();
  const refused = new Map<string, string>();

  beforeAll(async () => {
    real = await RealOperations.open(which);
    const before = await obtainKey(real.token, { ...freshTemplate("EC-P256", { sign: true }), label: "old" });
    if (!before.ok) throw new Error(before.refusal.reason);
    for (const request of ASKED) {
      const came = await real.try(request);
      if ("name" in came) refused.set(nameOf(request), came.name);
      else {
        done.set(nameOf(request), { request, outcome: came.outcome });
        noteDone(request, which, "softhsm");
      }
    }
  });
  afterAll(() => real.close());

  test("does what it can and refuses the rest by name", () => {
    const listed = new Set(PLAY.map(nameOf));
    const others = [...refused].filter(([play]) => !listed.has(play));
    expect(Object.fromEntries([...refused].filter(([play]) => listed.has(play)))).toEqual(REFUSED[which]);
    // What an operation cannot do on every module its own test says: here SoftHSM2 does it, and nothing is refused without a name.
    expect(which === "softhsm" ? others : others.filter(([, name]) => !/^[A-Z0-9]+(?:-[A-Z0-9]+)+$/.test(name))).toEqual([]);
  });

  test("every operation of the book was asked for, in this list or as its own example has it", () => {
    expect([...done.keys(), ...refused.keys()].sort()).toEqual([...new Set(ASKED.map(nameOf))].sort());
    expect(BY_EXAMPLE.map(({ name }) => name)).toEqual(expect.arrayContaining(["test-encryption", "test-mac"]));
  });

  test("every outcome holds when it is rechecked without the token, signatures included", async () => {
    expect(real.problems).toEqual([]);
    for (const { request, outcome } of done.values()) {
      expect(await book.find(request.operation)?.recheckSignatures?.(outcome, webCryptoVerifier, request) ?? []).toEqual([]);
    }
  });

  test("nothing but keys was put on the token", async () => {
    const classes = new Set((await real.token.listObjects()).map(({ objectClass }) => objectClass));
    for (const one of classes) expect(["private-key", "public-key", "secret-key"]).toContain(one);
  });

  test("the inventory is what was there, what was made and what was destroyed", () => {
    const { unexpected, missing, changed, made, before } = inventoryOf(done.get("list-keys")?.outcome ?? {});
    expect({ unexpected, missing, changed, before }).toEqual({ unexpected: [], missing: [], changed: [], before: 1 });
    expect(made).toBe(which === "softhsm" ? 8 : 7);
  });

  test("OpenSSL accepts the request, the root and the certificate for a cluster", () => {
    const pem = (play: string, member: string, label: string): void => {
      const bytes = fromBase64url(String(done.get(play)?.outcome[member]));
      writeFileSync(path.join(real.folder, `${member}.pem`), toPem(label, bytes));
    };
    pem("create-csr jwt", "request", "CERTIFICATE REQUEST");
    openssl(real.folder, "req", "-verify", "-noout", "-in", "request.pem");
    pem("issue-certificate", "issuerCertificate", "CERTIFICATE");
    pem("issue-certificate", "certificate", "CERTIFICATE");
    const verified =
      openssl(real.folder, "verify", "-x509_strict", "-check_ss_sig", "-CAfile", "issuerCertificate.pem", "certificate.pem");
    expect(verified.trim()).toBe("certificate.pem: OK");
    const text = openssl(real.folder, "x509", "-noout", "-text", "-in", "certificate.pem");
    for (const said of ["CA:FALSE", "Digital Signature, Key Encipherment", "CN = \"HSM:3F9A:PARTN:5, for FIPS mode\""]) {
      expect(text).toContain(said);
    }
  });

  // NSS makes no Ed25519 keys.
  if (which === "softhsm") {
    test("OpenSSL accepts a request of an Ed25519 key as well", () => {
      const request = fromBase64url(String(done.get("create-csr ed")?.outcome["request"]));
      writeFileSync(path.join(real.folder, "ed.pem"), toPem("CERTIFICATE REQUEST", request));
      openssl(real.folder, "req", "-verify", "-noout", "-in", "ed.pem");
    });
  }
});

/** What is done to the other token, where that is NSS's: keys come from another maker, and the security officer has no PIN. */
const ON_NSS: readonly OperationRequest[] = [
  { operation: "unlock-token", ...VAULT },
  { operation: "token-health", ...VAULT },
  pair("rsa", "RSA-2048", { extractable: true }),
  on("rsa", "clone-key", { to: "vault" }),
  { operation: "list-keys", ...VAULT },
  { operation: "change-user-pin", ...VAULT },
  { operation: "change-so-pin", ...VAULT },
  { operation: "condemn-token", ...VAULT },
  { operation: "zeroise-token", ...VAULT },
  { operation: "list-keys", ...VAULT },
  { operation: "initialise-token", ...VAULT, label: "vault-2026" },
];

test("what is done to another token is done to NSS's as well, or refused by name", async () => {
  const real = await RealOperations.open("softhsm", undefined, "nss");
  try {
    const refused = new Map<string, string>();
    const left: unknown[] = [];
    for (const request of ON_NSS) {
      const came = await real.try(request);
      if ("name" in came) {
        refused.set(nameOf(request), came.name);
        continue;
      }
      noteDone(request, "softhsm", "nss");
      if (request.operation === "list-keys") left.push((came.outcome["objects"] as object[]).length);
    }
    expect(Object.fromEntries(refused)).toEqual({
      "change-so-pin": "PROFILE-CANNOT-CHANGE-PIN",
      "initialise-token vault-2026": "PROFILE-HAS-NO-SECURITY-OFFICER-PIN",
    });
    expect(left).toEqual([2, 0]);
    expect(real.problems).toEqual([]);
  } finally {
    await real.close();
  }
});

/** Keys that may leave, wrapped: the form of a backup that needs nobody's archive. They come back in another maker's token. */
const WRAPPED = { backup: "keys", form: "wrapped-keys" };
const ON_NSS_WRAPPED: readonly OperationRequest[] = [
  pair("rsa", "RSA-2048", { extractable: true }),
  { ...AES, extractable: true },
  { operation: "generate-secret-key", label: "kek", algorithm: "AES-256", usage: ["wrap", "unwrap"], extractable: true },
  { operation: "backup-token", ...WRAPPED },
  { operation: "verify-backup", backup: WRAPPED.backup },
  { operation: "restore-test", ...WRAPPED, to: "vault" },
];

test("NSS's keys are backed up wrapped, and come back in SoftHSM, each with its fingerprint", async () => {
  const real = await RealOperations.open("nss");
  try {
    for (const request of ON_NSS_WRAPPED) {
      const came = await real.try(request);
      if ("name" in came) throw new Error(`${request.operation}: ${came.name}`);
      noteDone(request, "nss", "softhsm");
      if (request.operation === "restore-test") expect(came.outcome).toMatchObject({ keysCompared: 3, knownByNameOnly: [], discarded: true });
    }
    expect(real.problems).toEqual([]);
  } finally {
    await real.close();
  }
});

test("every operation is done on both modules, save those that one of them cannot do, by name", () => {
  const names = OPERATIONS.map(({ name }) => name);
  const lacking = (module: Module): string[] => names.filter((name) => !doneOn[module].has(name)).sort();
  expect(lacking("softhsm")).toEqual([]);
  expect(lacking("nss")).toEqual(Object.keys(ON_ONE_ONLY).sort());
});
