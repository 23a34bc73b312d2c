import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { base64url, fromHex, hex } from "#lib/log/digest";
import { registrationOptions, verifyRegistration } from "./passkey-registration";

const rp = { id: "localhost", origin: "http://localhost:3000", name: "Claviger" };
const challenge = hex(randomBytes(32));

/** CBOR (RFC 8949) of what a COSE key holds. */
function cbor(value: number | Uint8Array | string | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v as number)])]);
}

const member = (key: KeyObject, name: "x" | "y" | "n" | "e") =>
  Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url");
const es256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
const es384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
const ed25519 = generateKeyPairSync("ed25519").publicKey;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
const cose = {
  es256: new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, member(es256, "x")], [-3, member(es256, "y")]]),
  es384: new Map<number, unknown>([[1, 2], [3, -35], [-1, 2], [-2, member(es384, "x")], [-3, member(es384, "y")]]),
  es384As256: new Map<number, unknown>([[1, 2], [3, -7], [-1, 2], [-2, member(es384, "x")], [-3, member(es384, "y")]]),
  rsaAs256: new Map<number, unknown>([[1, 3], [3, -7], [-1, member(rsa, "n")], [-2, member(rsa, "e")]]),
  ed25519: new Map<number, unknown>([[1, 1], [3, -8], [-1, 6], [-2, member(ed25519, "x")]]),
  rs256: new Map<number, unknown>([[1, 3], [3, -257], [-1, member(rsa, "n")], [-2, member(rsa, "e")]]),
};

type Change = {
  flags?: number;
  origin?: string;
  challenge?: string;
  type?: string;
  attestation?: readonly [format: string, statement: Map<string, unknown>];
  /** Signs a packed attestation of its own. */
  signed?: (data: Buffer) => Buffer;
};

function answer(key: Map<number, unknown>, change: Change = {}) {
  const id = randomBytes(20);
  const flags = change.flags ?? 0x45;
  const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, cbor(key)]);
  const authData = Buffer.concat([createHash("sha256").update(rp.id).digest(), Buffer.of(flags, 0, 0, 0, 3), attested]);
  const client = {
    type: change.type ?? "webauthn.create",
    challenge: base64url(fromHex(change.challenge ?? challenge)),
    origin: change.origin ?? rp.origin,
  };
  const clientData = Buffer.from(JSON.stringify(client));
  const sig = change.signed?.(Buffer.concat([authData, createHash("sha256").update(clientData).digest()]));
  const own = sig && (["packed", new Map<string, unknown>([["alg", -7], ["sig", sig]])] as const);
  const [format, statement] = own ?? change.attestation ?? ["none", new Map<string, unknown>()];
  return {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
    response: {
      clientDataJSON: base64url(clientData),
      attestationObject: base64url(
        cbor(
          new Map<string, unknown>([
            ["fmt", format],
            ["attStmt", statement],
            ["authData", authData],
          ]),
        ),
      ),
      transports: ["usb"],
    },
  };
}

it("asks for a passkey that says itself who it is and verifies its user, and not for one the person has", async () => {
  const person = { person: "p-1", name: "Zoë", passkeys: [{ id: "AAAA", transports: ["internal"] }] };
  const options = (await registrationOptions(rp, { challenge, person })) as unknown as PublicKeyCredentialCreationOptionsJSON;
  expect(options.challenge).toBe(base64url(fromHex(challenge)));
  expect(options.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
  expect(options.excludeCredentials?.map(({ id }) => id)).toEqual(["AAAA"]);
  expect(options.user.id).toBe(Buffer.from("p-1").toString("base64url"));
});

describe("a registration", () => {
  it.each([
    ["ES256", cose.es256, es256],
    ["EdDSA", cose.ed25519, ed25519],
    ["RS256", cose.rs256, rsa],
  ] as const)("with %s gives the key as SubjectPublicKeyInfo", async (algorithm, key, publicKey) => {
    const verified = await verifyRegistration(rp, answer(key), challenge);
    const spki = base64url(publicKey.export({ type: "spki", format: "der" }));
    expect(verified).toMatchObject({ ok: true, value: { algorithm, spki, synced: false, counter: 3, transports: ["usb"] } });
  });

  it("keeps what came: attestation object, client data, and the hash of the first, with nobody who vouches", async () => {
    const given = answer(cose.es256);
    const verified = await verifyRegistration(rp, given, challenge);
    const object = Buffer.from(given.response.attestationObject, "base64url");
    const sha256 = createHash("sha256").update(object).digest("hex");
    expect(verified).toMatchObject({ ok: true, value: { backedUp: false, attestation: { format: "none", proof: "none", sha256 } } });
    expect(verified.ok && Buffer.from(verified.value.attested.object).equals(object)).toBe(true);
  });

  it("with an attestation that does not verify is kept, and says so", async () => {
    const statement = new Map<string, unknown>([["alg", -7], ["sig", Buffer.alloc(70, 1)]]);
    const verified = await verifyRegistration(rp, answer(cose.es256, { attestation: ["packed", statement] }), challenge);
    expect(verified).toMatchObject({ ok: true, value: { attestation: { format: "packed", proof: "broken" } } });
  });

  it("with an attestation by the passkey itself says that nobody else vouches", async () => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, member(pair.publicKey, "x")], [-3, member(pair.publicKey, "y")]]);
    const signed = (data: Buffer) => sign("sha256", data, pair.privateKey);
    const verified = await verifyRegistration(rp, answer(key, { signed }), challenge);
    expect(verified).toMatchObject({ ok: true, value: { attestation: { format: "packed", proof: "self" } } });
  });

  it("says whether the passkey is backed up", async () => {
    expect(await verifyRegistration(rp, answer(cose.es256, { flags: 0x5d }), challenge)).toMatchObject({
      ok: true,
      value: { synced: true, backedUp: true },
    });
  });

  it("says whether the passkey may be synced", async () => {
    expect(await verifyRegistration(rp, answer(cose.es256, { flags: 0x4d }), challenge)).toMatchObject({
      ok: true,
      value: { synced: true },
    });
  });

  it.each([
    ["a user who is not verified", answer(cose.es256, { flags: 0x41 })],
    ["another origin", answer(cose.es256, { origin: "https://localhost:3000" })],
    ["another challenge", answer(cose.es256, { challenge: hex(randomBytes(32)) })],
    ["an assertion in its place", answer(cose.es256, { type: "webauthn.get" })],
    ["a key on P-384", answer(cose.es384)],
    ["a key on P-384 that says ES256", answer(cose.es384As256)],
    ["an RSA key that says ES256", answer(cose.rsaAs256)],
    ["no attestation", { ...answer(cose.es256), response: {} }],
    ["nothing", null],
    ["a text", "hello"],
  ])("is refused with %s", async (_, given) => {
    expect((await verifyRegistration(rp, given, challenge)).ok).toBe(false);
  });
});
