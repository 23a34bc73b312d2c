import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Passkey } from "#lib/ceremony/roster";
import { canonical, parseCanonical, type Json } from "#lib/log/canonical";
import { base64url, fromHex, hex, sha256, sha256Hex, utf8 } from "#lib/log/digest";
import { makeRecorder } from "#lib/pdf/sealing.under-test";
import { verifyRegistration } from "#lib/webauthn/passkey-registration";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { attestationsCheck, attestationsFile, attestedPasskeys, type KeptAttestation } from "./authenticator-attestations";
import { readCbor } from "./read-cbor";

// Attestation objects as the app takes them in at an enrolment, and what the worker and the verifier make of them afterwards.

const rp = { id: "localhost", origin: "http://localhost:3000", name: "Claviger" };

type Encoded = number | string | Uint8Array | readonly Uint8Array[] | ReadonlyMap<string | number, Encoded>;
function cbor(value: Encoded): Buffer {
  const head = (major: number, n: number) => (n < 24 ? Buffer.of((major << 5) | n) : n < 256 ? Buffer.of((major << 5) | 24, n) : Buffer.of((major << 5) | 25, n >> 8, n & 255));
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...(value as Uint8Array[]).map(cbor)]);
  const map = value as ReadonlyMap<string | number, Encoded>;
  return Buffer.concat([head(5, map.size), ...[...map].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

const member = (key: KeyObject, name: "x" | "y" | "n" | "e") => new Uint8Array(Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url"));
const es256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const COSE: readonly ReadonlyMap<number, Encoded>[] = [
  new Map<number, Encoded>([[1, 2], [3, -7], [-1, 1], [-2, member(es256.publicKey, "x")], [-3, member(es256.publicKey, "y")]]),
  new Map<number, Encoded>([[1, 1], [3, -8], [-1, 6], [-2, member(ed25519.publicKey, "x")]]),
  new Map<number, Encoded>([[1, 3], [3, -257], [-1, member(rsa.publicKey, "n")], [-2, member(rsa.publicKey, "e")]]),
];

interface Enrolled {
  readonly passkey: Passkey;
  readonly kept: KeptAttestation;
}
/** The statement of a made passkey, over what it signs. */
type Vouching = (signed: Buffer) => readonly [format: string, statement: ReadonlyMap<string, Encoded>] | Promise<readonly [string, ReadonlyMap<string, Encoded>]>;
const nobody: Vouching = () => ["none", new Map()];
const itself: Vouching = (signed) => ["packed", new Map<string, Encoded>([["alg", -7], ["sig", new Uint8Array(sign("sha256", signed, es256.privateKey))]])];
const other: Vouching = () => ["fido-u2f", new Map<string, Encoded>([["x", 1]])];

/** Enrols by the app's own code: what is in the roster afterwards is what it found. */
async function enrolled(key: ReadonlyMap<number, Encoded>, vouching: Vouching, flags = 0x45): Promise<Enrolled> {
  const [id, challenge] = [randomBytes(20), hex(randomBytes(32))];
  const attested = Buffer.concat([Buffer.alloc(16, 7), Buffer.of(0, id.length), id, cbor(key)]);
  const authData = Buffer.concat([sha256(utf8(rp.id)), Buffer.of(flags, 0, 0, 0, 3), attested]);
  const clientData = Buffer.from(JSON.stringify({ type: "webauthn.create", challenge: base64url(fromHex(challenge)), origin: rp.origin }));
  const clientDataHash = new Uint8Array(createHash("sha256").update(clientData).digest());
  const [format, statement] = await vouching(Buffer.concat([authData, clientDataHash]));
  const object = new Uint8Array(cbor(new Map<string, Encoded>([["fmt", format], ["attStmt", statement], ["authData", new Uint8Array(authData)]])));
  const name = id.toString("base64url");
  const response = { clientDataJSON: base64url(clientData), attestationObject: base64url(object), transports: ["usb"] };
  const found = await verifyRegistration(rp, { id: name, rawId: name, type: "public-key", clientExtensionResults: {}, response }, challenge);
  if (!found.ok) throw new Error(found.refusal);
  const { algorithm, spki, aaguid, synced, attestation } = found.value;
  return { passkey: { id: name, algorithm, spki, aaguid, synced, attestation }, kept: { passkey: name, object, clientDataHash } };
}

const ceremonyOf = (...passkeys: readonly Passkey[]): Ceremony => ({
  roster: { rp: { id: rp.id, origins: [rp.origin] }, people: [{ person: "p-1", passkeys }, { person: "p-2", passkeys: [] }] },
  participants: [{ person: "p-1", role: "custodian" }],
  replaced: [],
}) as unknown as Ceremony;

let all: readonly Enrolled[];
let maker: Enrolled;
beforeAll(async () => {
  const { keys, certificate } = await makeRecorder();
  maker = await enrolled(COSE[0] ?? new Map(), async (signed) => ["packed", new Map<string, Encoded>([["alg", -7], ["sig", await keys.sign(signed)], ["x5c", [certificate]]])]);
  all = [...(await Promise.all(COSE.map((key) => enrolled(key, nobody)))), await enrolled(COSE[0] ?? new Map(), itself)];
});

async function finding(kept: readonly KeptAttestation[], ceremony: Ceremony): Promise<string> {
  const [check] = await attestationsCheck((await attestationsFile(kept, ceremony, verifier)) ?? undefined, ceremony, verifier);
  return check ? `${check.ok ? "good" : "bad"}: ${check.reason}` : "none";
}
type Unlooked = Omit<KeptAttestation, "clientDataHash"> & { readonly clientDataHash: Uint8Array | null };
/** The file as somebody writes it who does not look at what goes in. */
const unlooked = (kept: readonly Unlooked[]): Uint8Array =>
  canonical({ v: "claviger/authenticator-attestations/v1", attestations: kept.map(({ passkey, object, clientDataHash }) =>
    ({ passkey, object: base64url(object), ...(clientDataHash && { clientDataHash: base64url(clientDataHash) }) })) });
async function fault(kept: readonly Unlooked[], ceremony: Ceremony): Promise<string> {
  const [check] = await attestationsCheck(unlooked(kept), ceremony, verifier);
  return check?.ok === false ? check.reason : "nothing was found";
}

describe("attestation objects of an enrolment", () => {
  test("of each kind of key, vouched for by nobody, by itself and by another format, are what the app's roster says", async () => {
    const every = [...all, await enrolled(COSE[1] ?? new Map(), other)];
    const ceremony = ceremonyOf(...every.map(({ passkey }) => passkey));
    const said = await finding(every.map(({ kept }) => kept), ceremony);
    expect(said).toMatch(/^good: Of 5 passkeys with an attestation in the roster 5 are in the record.* 1 signed by .*, 3 for which nobody vouches, 1 whose signature is not checked/);
  });

  test("by a maker's certificate: its signature is checked, where the app took it for such a one", async () => {
    const passkey: Passkey = { ...maker.passkey, attestation: { format: "packed", proof: "certificate", sha256: sha256Hex(maker.kept.object) } };
    expect(await finding([maker.kept], ceremonyOf(passkey))).toMatch(/^good: .* 1 signed by/);
    expect(await fault([{ ...maker.kept, clientDataHash: new Uint8Array(32) }], ceremonyOf(passkey))).toContain("its signature does not verify");
    const self: Passkey = { ...passkey, attestation: { format: "packed", proof: "self", sha256: sha256Hex(maker.kept.object) } };
    expect(await fault([maker.kept], ceremonyOf(self))).toContain("not whom the roster says");
  });

  test("the same in any order are the same file; where nothing was kept there is none, and no check", async () => {
    const ceremony = ceremonyOf(...all.map(({ passkey }) => passkey));
    const kept = all.map((one) => one.kept);
    expect(await attestationsFile(kept, ceremony, verifier)).toEqual(await attestationsFile(kept.toReversed(), ceremony, verifier));
    expect(await finding([], ceremony)).toBe("none");
    const { attestation: _, ...unattested } = (all[0] as Enrolled).passkey;
    expect(attestedPasskeys(ceremonyOf(unattested))).toEqual([]);
  });

  test("what a database hands out instead is left out by the worker, and found by the verifier", async () => {
    const [first, second] = [all[0] as Enrolled, all[3] as Enrolled];
    const ceremony = ceremonyOf(first.passkey, second.passkey);
    const swapped = { ...first.kept, object: second.kept.object };
    const strange = (await enrolled(COSE[0] ?? new Map(), nobody)).kept;
    for (const bad of [swapped, strange, { ...second.kept, clientDataHash: new Uint8Array(32) }, { ...first.kept, object: new Uint8Array(40_000) }]) {
      expect(await finding([bad], ceremony)).toBe("none");
      expect(await fault([bad], ceremony)).toContain("is not what the roster says");
    }
    expect(await finding([swapped, second.kept], ceremony)).toMatch(/^good: Of 2 .* 1 are in/);
    const bare = { ...first.kept, clientDataHash: null };
    expect(await fault([bare, bare], ceremony)).toContain("two attestations");
  });

  test.each<[string, (passkey: Passkey) => Partial<Passkey>, string]>([
    ["another public key", () => ({ spki: base64url(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" })) }), "another public key"],
    ["another algorithm", () => ({ algorithm: "RS256" }), "another public key"],
    ["another model", () => ({ aaguid: "00000000-0000-0000-0000-000000000000" }), "another model"],
    ["that it can be synced", () => ({ synced: true }), "can be synced"],
    ["another format", ({ attestation }) => ({ attestation: { format: "apple", proof: "certificate", sha256: attestation?.sha256 ?? "" } }), "format"],
    ["that somebody vouches", ({ attestation }) => ({ attestation: { format: "none", proof: "root", sha256: attestation?.sha256 ?? "" } }), "says otherwise"],
  ])("a roster that says %s is contradicted", async (_what, change, reason) => {
    const { passkey, kept } = all[0] as Enrolled;
    expect(await fault([kept], ceremonyOf({ ...passkey, ...change(passkey) }))).toContain(reason);
  });

  test("a hash of client data is in the file where a signature over it is checked, and nowhere else", async () => {
    const unchecked = await enrolled(COSE[1] ?? new Map(), other);
    const [first, signed] = [all[0] as Enrolled, all[3] as Enrolled];
    const ceremony = ceremonyOf(first.passkey, signed.passkey, unchecked.passkey);
    const file = await attestationsFile([first.kept, signed.kept, unchecked.kept], ceremony, verifier);
    const { attestations } = parseCanonical(file ?? new Uint8Array()) as unknown as { readonly attestations: readonly { readonly passkey: string; readonly clientDataHash?: string }[] };
    expect(attestations.filter(({ clientDataHash }) => clientDataHash !== undefined).map(({ passkey }) => passkey)).toEqual([signed.passkey.id]);
    for (const { kept } of [first, unchecked]) {
      expect(await fault([{ ...kept, clientDataHash: new Uint8Array(32) }], ceremony)).toContain("stands a hash that no signature in it is over");
      expect(await fault([{ ...kept, clientDataHash: null }], ceremony)).toBe("nothing was found");
    }
    expect(await fault([{ ...signed.kept, clientDataHash: null }], ceremony)).toContain("the hash that its signature is over is not there");
  });

  test("one that was made for another site, or with nobody verified, is not what the roster says", async () => {
    const { passkey, kept } = all[0] as Enrolled;
    const elsewhere = ceremonyOf(passkey);
    expect(await fault([kept], { ...elsewhere, roster: { ...elsewhere.roster, rp: { id: "example.org", origins: [] } } })).toContain("another site");
    // Its user was verified when it was enrolled: the app takes no other, so the bytes are bent afterwards, and their hash with them.
    const at = Buffer.from(kept.object).indexOf(sha256(utf8(rp.id))) + 32;
    const object = kept.object.with(at, 0x41);
    const bent: Passkey = { ...passkey, attestation: { format: "none", proof: "none", sha256: sha256Hex(object) } };
    expect(await fault([{ ...kept, object }], ceremonyOf(bent))).toContain("nobody was verified");
  });

  test("a file that is no such list is bad, whatever it is", async () => {
    const ceremony = ceremonyOf((all[0] as Enrolled).passkey);
    const bare = unlooked([{ ...(all[0] as Enrolled).kept, clientDataHash: null }]);
    expect((await attestationsCheck(bare, ceremony, verifier)).map(({ ok }) => ok)).toEqual([true]);
    const good = parseCanonical(bare) as { readonly [name: string]: Json };
    const files = [utf8("x"), utf8("[]"), utf8("null"), canonical({ ...good, more: 1 }), canonical({ ...good, attestations: [null] }), canonical({ ...good, attestations: [] }),
      canonical({ ...good, attestations: [{ passkey: "AAAA", object: "=", clientDataHash: "" }] })];
    for (const file of files) expect((await attestationsCheck(file, ceremony, verifier)).map(({ ok }) => ok)).toEqual([false]);
  });
});

describe("CBOR", () => {
  test("is read as RFC 8949, appendix A, has it", () => {
    const read = (digits: string) => readCbor(fromHex(digits)).value;
    expect(["00", "17", "1818", "1903e8", "1a000f4240", "20", "3863", "3903e7", "f4", "f5", "f6"].map(read)).toEqual([0, 23, 24, 1000, 1000000, -1, -100, -1000, false, true, null]);
    expect(read("6449455446")).toBe("IETF");
    expect(read("4401020304")).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(read("8301820203820405")).toEqual([1, [2, 3], [4, 5]]);
    expect(read("a26161016162820203")).toEqual(new Map<string, unknown>([["a", 1], ["b", [2, 3]]]));
    expect(readCbor(fromHex("0001")).length).toBe(1);
  });

  test.each([
    ["nothing", ""], ["a text that is cut off", "6449"], ["a length that is not said", "5f42010243030405ff"], ["a reserved length", "1c"], ["a tag", "c074"],
    ["a float", "f93c00"], ["an undefined", "f7"], ["a number that is not exact", "1bffffffffffffffff"], ["a key twice", "a201000100"],
    ["a key that is a list", "a18000"], ["text that is not UTF-8", "61ff"], ["more items than there are bytes", "9affffffff"], ["a nest", `${"81".repeat(20)}00`],
  ])("that is %s is refused", (_what, digits) => {
    expect(() => readCbor(fromHex(digits))).toThrow(/^CBOR/);
  });
});
