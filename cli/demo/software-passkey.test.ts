import { randomBytes } from "node:crypto";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { describe, expect, test } from "vitest";
import { verifyAssertion } from "#lib/ceremony/assertion";
import { base64url, fromBase64url, hex } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { assertWith, authenticationOf, createSoftwarePasskey, registrationOf } from "./software-passkey";

const use = { rpId: "localhost", origin: "http://localhost:3000" };
const rp = { id: "localhost", origins: ["http://localhost:3000"] };

function rosterPasskey(passkey: { credentialId: string; spki: string }) {
  return {
    id: passkey.credentialId,
    algorithm: "ES256" as const,
    spki: passkey.spki,
    aaguid: "00000000-0000-0000-0000-000000000000",
    synced: false,
  };
}

describe("a software passkey", () => {
  test("registers and signs in as a real one would, by the server's own library", async () => {
    const passkey = createSoftwarePasskey();
    const challenge = new Uint8Array(randomBytes(32));
    const registered = await verifyRegistrationResponse({
      response: registrationOf(passkey, challenge, use),
      expectedChallenge: base64url(challenge),
      expectedOrigin: use.origin,
      expectedRPID: use.rpId,
      requireUserVerification: true,
    });
    expect(registered.verified).toBe(true);
    const info = registered.registrationInfo;
    if (!info) throw new Error("no registration");
    expect(info.credential.id).toBe(passkey.credentialId);
    expect(info).toMatchObject({
      fmt: "none",
      userVerified: true,
      credentialBackedUp: false,
      credentialDeviceType: "singleDevice",
    });

    const again = new Uint8Array(randomBytes(32));
    const signedIn = await verifyAuthenticationResponse({
      response: authenticationOf(passkey, again, use),
      expectedChallenge: base64url(again),
      expectedOrigin: use.origin,
      expectedRPID: use.rpId,
      requireUserVerification: true,
      credential: info.credential,
    });
    expect(signedIn.verified).toBe(true);
    expect(signedIn.authenticationInfo.newCounter).toBe(0);
  });

  test("signs the hash of a statement so that the rule book accepts it", async () => {
    const passkey = createSoftwarePasskey();
    const hash = new Uint8Array(randomBytes(32));
    const verdict = await verifyAssertion(
      webCryptoVerifier,
      rp,
      rosterPasskey(passkey),
      hex(hash),
      assertWith(passkey, hash, use),
    );
    expect(verdict).toMatchObject({ ok: true, value: { credentialId: passkey.credentialId, spki: passkey.spki, counter: 0 } });
  });

  test.each([
    ["user verification left out", "ASSERTION-USER-VERIFIED", { ...use, flags: 0x01 }],
    ["another origin", "ASSERTION-ORIGIN", { ...use, origin: "http://localhost:3001" }],
    ["another relying party", "ASSERTION-RP", { ...use, rpId: "example.org" }],
  ])("is refused with %s", async (_, invariant, where) => {
    const passkey = createSoftwarePasskey();
    const hash = new Uint8Array(32).fill(7);
    const verdict = await verifyAssertion(
      webCryptoVerifier,
      rp,
      rosterPasskey(passkey),
      hex(hash),
      assertWith(passkey, hash, where),
    );
    expect(verdict).toMatchObject({ ok: false, refusal: { invariant } });
  });

  test("does not sign for another passkey", async () => {
    const [mine, yours] = [createSoftwarePasskey(), createSoftwarePasskey()];
    const hash = new Uint8Array(32).fill(9);
    const verdict = await verifyAssertion(
      webCryptoVerifier,
      rp,
      { ...rosterPasskey(yours), id: mine.credentialId },
      hex(hash),
      assertWith(mine, hash, use),
    );
    expect(verdict).toMatchObject({ ok: false, refusal: { invariant: "ASSERTION-SIGNATURE" } });
  });

  test("is a plain object that JSON keeps", () => {
    const passkey = createSoftwarePasskey();
    expect(JSON.parse(JSON.stringify(passkey))).toEqual(passkey);
    expect(fromBase64url(passkey.credentialId)).toHaveLength(32);
  });
});
