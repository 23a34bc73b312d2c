import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Organisation, RECORDER_NAMED, type Changes } from "#lib/pdf/organisation.under-test";
import { keyPair, makeRecorder, VALIDITY } from "#lib/pdf/sealing.under-test";
import { sha256Hex } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { derOctets, derOid, derSequence } from "#lib/x509/der-writer";
import { nameInWords } from "#lib/x509/distinguished-name";
import { OID } from "#lib/x509/object-identifiers";
import { WorkerMemory } from "./memory";
import { judgedChain, organisationChain } from "./organisation-chain";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const recorder = await makeRecorder();
const { spki } = recorder.keys;
const root = await Organisation.make();
const issuing = await root.below("Nordhafen Issuing CA", { authority: { pathLength: 0 } });
const PINNED = { root: sha256Hex(root.certificate), name: RECORDER_NAMED };
const certified = async (changes: Changes = {}, key = spki, authority = issuing) => {
  const { certificate } = await authority.certify(key, recorder.certificate, changes);
  return [certificate, ...authority.chain];
};
const judged = async (found: readonly Uint8Array[], at = NOW) => {
  const answer = await judgedChain(found, spki, at, webCryptoVerifier);
  return typeof answer === "string" ? answer : null;
};

describe("a chain that an authority issued", () => {
  test("is put in order, the recorder's certificate first and the root last, whatever the order of the files", async () => {
    const found = await certified();
    const answer = await judgedChain([...found].reverse(), spki, NOW, webCryptoVerifier);
    expect(answer).toMatchObject({ chain: found });
    expect(typeof answer === "string" ? "" : nameInWords(answer.end.subject)).toBe(RECORDER_NAMED);
  });

  test("for the key of another recorder, or of nobody, is refused", async () => {
    expect(await judged(await certified({}, keyPair().spki))).toBe("none of them is of this recorder's key");
    expect(await judged(issuing.chain)).toBe("none of them is of this recorder's key");
    expect(await judged([])).toBe("none of them is of this recorder's key");
  });

  const bad: readonly [string, string, Changes][] = [
    ["that has expired", "was not valid", { notAfter: new Date("2026-11-23T11:59:59Z") }],
    ["that is not valid yet", "was not valid", { notBefore: new Date("2026-11-23T12:00:01Z") }],
    ["of an authority", "itself an authority", { authority: { pathLength: null } }],
    ["that is not for documents", "not for signing documents", { purposes: [OID.emailProtection] }],
    ["that does not bind", "not for signatures that bind", { usages: ["digitalSignature"] }],
    ["too large for a seal", "room for in a seal", { more: [derSequence(derOid("1.2.3"), derOctets(new Uint8Array(8_000)))] }],
  ];
  test.each(bad)("%s is refused", async (_, why, changes) => {
    expect(await judged(await certified(changes))).toContain(why);
  });

  test("without its root, with the recorder's own certificate, or with a stranger among them is refused", async () => {
    const found = await certified();
    expect(await judged(found.slice(0, -1))).toContain("does not lead up to a root");
    expect(await judged([...found, recorder.certificate])).toBe("more than one of them is of this recorder's key");
    expect(await judged([...found, (await Organisation.make("Another")).certificate])).toContain("not on the way");
    expect(await judged([Uint8Array.of(1, 2, 3)])).toContain("DER");
  });
});

describe("the worker seals under", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "claviger-chains-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const chosen = (at = NOW) => organisationChain(new WorkerMemory(folder), PINNED, spki, at, webCryptoVerifier);
  const kept = async (changes: Changes = {}, key = spki) => {
    const chain = await certified(changes, key);
    new WorkerMemory(folder).keepOrganisationChain(chain);
    return chain;
  };

  test("the certificate that was issued last, of those that are good at the time", async () => {
    expect(await chosen()).toBeNull();
    const first = await kept();
    expect(await chosen()).toEqual(first);
    const second = await kept({ notBefore: new Date("2026-06-01T00:00:00Z") });
    await kept({ notBefore: new Date("2027-01-01T00:00:00Z") });
    expect(await chosen()).toEqual(second);
    expect(await chosen(new Date("2026-05-01T00:00:00Z"))).toEqual(first);
    expect(await chosen(new Date(VALIDITY.notAfter.getTime() + 1000))).toBeNull();
  });

  test("none that somebody put into its folder for another key, or that is not good", async () => {
    await kept({}, keyPair().spki);
    await kept({ purposes: [OID.emailProtection] });
    expect(await chosen()).toBeNull();
    expect(await chosen()).toBeNull();
    const good = await kept();
    writeFileSync(path.join(folder, "organisation-0.pem"), "nothing");
    expect(await chosen()).toEqual(good);
  });

  test("none of another organisation, or under another name, than its environment names; none at all where it names nobody", async () => {
    const other = await (await Organisation.make("Mallory Root CA")).below("Mallory CA");
    for (const chain of [await certified({}, spki, other)]) new WorkerMemory(folder).keepOrganisationChain(chain);
    expect(await chosen()).toBeNull();
    const good = await kept();
    expect(await chosen()).toEqual(good);
    for (const pinned of [null, { ...PINNED, name: "CN=Mallory" }, { ...PINNED, root: "ab".repeat(32) }]) {
      expect(await organisationChain(new WorkerMemory(folder), pinned, spki, NOW, webCryptoVerifier)).toBeNull();
    }
  });
});
