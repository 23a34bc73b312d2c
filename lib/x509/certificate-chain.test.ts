import { describe, expect, test } from "vitest";
import { Organisation, type Changes } from "#lib/pdf/organisation.under-test";
import { keyPair, makeRecorder, VALIDITY } from "#lib/pdf/sealing.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "./certificate";
import { chainFault, chainUp } from "./certificate-chain";
import { der, derBits, derOctets, derOid, derSequence, derTrue } from "./der-writer";
import { Malformed } from "./malformed";
import { OID } from "./object-identifiers";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const spki = keyPair().spki;
const { certificate: own } = await makeRecorder();
const root = await Organisation.make();

/** Why a chain of these certificates, the first for the key, is not to be trusted; null when it is. */
async function fault([first, ...above]: readonly Uint8Array[], at = NOW): Promise<string | null> {
  try {
    const chain = chainUp(readCertificate(first ?? new Uint8Array()), above.map(readCertificate));
    return await chainFault(chain, at, webCryptoVerifier);
  } catch (refused) {
    if (refused instanceof Malformed) return refused.message;
    throw refused;
  }
}

async function certifiedBy(authority: Organisation, changes: Changes = {}): Promise<Uint8Array[]> {
  const { certificate } = await authority.certify(spki, own, changes);
  return [certificate, ...authority.chain];
}

describe("a chain up to a root is trusted", () => {
  test("with no authority between, with one and with two", async () => {
    const issuing = await root.below("Issuing CA", { authority: { pathLength: 1 } });
    const lowest = await issuing.below("Lowest CA", { authority: { pathLength: 0 } });
    for (const authority of [root, issuing, lowest]) expect(await fault(await certifiedBy(authority))).toBeNull();
  });

  test("whatever the order in which its authorities are brought", async () => {
    const lowest = await (await root.below("Issuing CA")).below("Lowest CA");
    const [end = own, ...above] = await certifiedBy(lowest);
    expect(await fault([end, ...above.reverse()])).toBeNull();
  });

  test("through an authority that is for signing documents, among others", async () => {
    expect(await fault(await certifiedBy(await root.below("Issuing CA", { purposes: [OID.emailProtection, OID.documentSigning] })))).toBeNull();
  });
});

const nameConstraints = (critical: boolean) =>
  derSequence(derOid(OID.nameConstraints), ...(critical ? [derTrue()] : []), derOctets(derSequence()));

describe("a chain is refused", () => {
  const before = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2026-11-23T11:59:59Z") };
  const after = { notBefore: new Date("2026-11-23T12:00:01Z"), notAfter: VALIDITY.notAfter };
  const ofEnd: readonly [string, string, Changes][] = [
    ["whose end has expired", "was not valid", before],
    ["whose end is not valid yet", "was not valid", after],
    ["whose end is an authority", "itself an authority", { authority: { pathLength: null } }],
  ];
  test.each(ofEnd)("%s", async (_, why, changes) => {
    expect(await fault(await certifiedBy(root, changes))).toContain(why);
  });

  const ofAuthority: readonly [string, string, Changes][] = [
    ["has expired", "was not valid", before],
    ["is not valid yet", "was not valid", after],
    ["is none", "is no authority", { authority: null }],
    ["may not sign certificates", "is no authority", { usages: ["digitalSignature"] }],
    ["is for other purposes", "not for signing documents", { purposes: [OID.timeStamping] }],
    ["is limited to names, as it should be said", "critical extension 2.5.29.30", { more: [nameConstraints(true)] }],
    ["is limited to names, as it should not be said", "limited to certain names", { more: [nameConstraints(false)] }],
  ];
  test.each(ofAuthority)("through an authority that %s", async (_, why, changes) => {
    expect(await fault(await certifiedBy(await root.below("Issuing CA", changes)))).toContain(why);
  });
  test.each(ofAuthority.filter(([name]) => name !== "is none"))("under a root that %s", async (_, why, changes) => {
    expect(await fault(await certifiedBy(await Organisation.make("Root", changes)))).toContain(why);
  });

  test("longer than an authority allows below it", async () => {
    const shallow = await Organisation.make("Shallow root", { authority: { pathLength: 0 } });
    expect(await fault(await certifiedBy(shallow))).toBeNull();
    expect(await fault(await certifiedBy(await shallow.below("Issuing CA")))).toContain("longer than an authority allows");
  });

  test("of more than four certificates", async () => {
    const third = await (await (await root.below("First")).below("Second")).below("Third");
    expect(await fault(await certifiedBy(third))).toContain("more than 4 certificates");
  });

  test("through another authority of the same name", async () => {
    const [issuing, namesake] = [await root.below("Issuing CA"), await root.below("Issuing CA")];
    const [end = own] = await certifiedBy(issuing);
    expect(await fault([end, ...namesake.chain])).toContain("was not signed by the one above");
  });

  test("under another root of the same name", async () => {
    const [end = own, issuing = own] = await certifiedBy(await root.below("Issuing CA"));
    expect(await fault([end, issuing, (await Organisation.make()).certificate])).toContain("was not signed by the one above");
  });

  test("with two authorities of one name, without one, without its root, and with nothing above", async () => {
    const [end = own, issuing = own, top = own] = await certifiedBy(await root.below("Issuing CA"));
    expect(await fault([end, issuing, (await root.below("Issuing CA")).certificate, top])).toContain("two of its authorities have one name");
    for (const without of [[end, top], [end, issuing], [end]]) expect(await fault(without)).toContain("does not lead up to a root");
    expect(await fault([own])).toContain("nobody but itself certified it");
  });

  test("in which authorities certify each other in a ring", async () => {
    const [a, b] = [await (await Organisation.make("B")).below("A"), await (await Organisation.make("A")).below("B")];
    const [end = own] = await certifiedBy(a);
    expect(await fault([end, a.certificate, b.certificate])).toContain("more than 4 certificates");
  });

  test("with a certificate under SHA-1, whose signatures are not read at all", async () => {
    const [end = own, top = own] = await certifiedBy(root);
    const sha1WithEcdsa = derSequence(derOid("1.2.840.10045.4.1"));
    expect(await fault([derSequence(readCertificate(end).signed, sha1WithEcdsa, derBits(new Uint8Array(8))), top])).toContain("1.2.840.10045.4.1 is not accepted");
    expect(await fault([der(0x30), top])).toContain("DER");
  });
});
