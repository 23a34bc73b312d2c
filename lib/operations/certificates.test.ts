import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OperationRequest } from "#lib/ceremony/script";
import { base64url, fromBase64url, sha256Hex } from "#lib/log/digest";
import { FakeToken } from "#lib/token/fake-token.under-test";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { readCertificationRequest } from "#lib/x509/certification-request";
import { toPem } from "#lib/x509/pem";
import { book } from "./book";
import { CA, CLUSTER, CSR, ISSUE, requestOf, ROOT, SUBJECT } from "./certificates.under-test";
import { changed, PAIR, performAll, PerformedOperations, problemsOf, recheck } from "./performed-operations.under-test";

const certificateIn = (outcome: { readonly [fact: string]: unknown }, name = "certificate") =>
  fromBase64url(outcome[name] as string);
const recheckSignatures = (request: OperationRequest, outcome: Parameters<typeof changed>[0]) =>
  book.find(request.operation)?.recheckSignatures?.(outcome, webCryptoVerifier, request);
const problems = (request: OperationRequest) => problemsOf(book, request).join(" ");

const root = await performAll(CA, ROOT);
const leaf = await performAll(CA, ROOT, ISSUE);
const csr = await performAll(PAIR, CSR);

describe("create-csr", () => {
  test("makes a request that is for the key, names the subject and verifies", async () => {
    expect(recheck(CSR, csr.outcome, csr.context)).toEqual([]);
    expect(await recheckSignatures(CSR, csr.outcome)).toEqual([]);
    expect(readCertificationRequest(certificateIn(csr.outcome, "request")).attributes).toEqual([]);
  });

  test("refuses, in years, a request of another subject, key or signature", async () => {
    const other = await performAll(PAIR, { ...CSR, subject: { commonName: "another" } });
    const given = (outcome: Parameters<typeof changed>[0]) =>
      recheck(CSR, changed(csr.outcome, "request", outcome["request"]), csr.context);
    expect(given(other.outcome)).toEqual(expect.arrayContaining(["the request names another subject", "the request is for another key"]));
    expect(given({ request: base64url(certificateIn(csr.outcome, "request").subarray(1)) })[0]).toMatch(/^DER:/);
    const bytes = certificateIn(csr.outcome, "request");
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
    expect(await recheckSignatures(CSR, { request: base64url(bytes) })).toEqual(["the request for a certificate does not verify"]);
  });

  test("refuses a key that may not sign, before the token is asked", async () => {
    const performed = new PerformedOperations();
    await performed.do({ ...PAIR, usage: ["derive"] });
    expect(await performed.try(CSR)).toEqual({ call: "create-csr", name: "KEY-CANNOT-SIGN-SO" });
  });
});

describe("issue-root-certificate", () => {
  test("makes a root that others read as one", async () => {
    const certificate = new X509Certificate(certificateIn(root.outcome));
    expect(certificate.ca && certificate.verify(certificate.publicKey) && certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.subject).toBe("C=DE\nO=Nordhafen Clearing AG\nCN=Nordhafen Root 2026");
    expect([certificate.validFrom, certificate.validTo]).toEqual(["Nov 22 15:00:00 2026 GMT", "Nov 22 14:59:59 2046 GMT"]);
    expect(recheck(ROOT, root.outcome, root.context)).toEqual([]);
    expect(await recheckSignatures(ROOT, root.outcome)).toEqual([]);
  });

  test.each(["EC-P256", "EC-P384", "EC-P521", "Ed25519"])("signs with %s as that key signs", async (algorithm) => {
    const { outcome, context } = await performAll({ ...CA, algorithm }, ROOT);
    expect(recheck(ROOT, outcome, context)).toEqual([]);
    expect(await recheckSignatures(ROOT, outcome)).toEqual([]);
    const certificate = new X509Certificate(certificateIn(outcome));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test("has as many authorities below it as the script says", async () => {
    const { outcome, context } = await performAll(CA, { ...ROOT, pathLength: 0 });
    expect(readCertificate(certificateIn(outcome)).authority).toEqual({ pathLength: 0 });
    expect(recheck(ROOT, outcome, context)).toEqual(["it makes another authority of its subject"]);
  });

  test("refuses, in years, another subject, length, time, key and fingerprint", () => {
    const as = (request: OperationRequest, context = root.context) => recheck(request, root.outcome, context);
    expect(as({ ...ROOT, subject: { commonName: "X" } })).toEqual(["it names another issuer", "it names another subject"]);
    expect(as({ ...ROOT, years: 19 })).toEqual(["it is valid at other times"]);
    expect(as(ROOT, { ...root.context, startedAt: "2026-11-22T15:00:01.000Z" })).toEqual(["it is valid at other times"]);
    expect(recheck(ROOT, changed(root.outcome, "certificateSha256", "ab".repeat(32)), root.context)).toEqual(["the fingerprint is not the hash of the certificate"]);
    expect(recheck(ROOT, changed(root.outcome, "certificate", leaf.outcome["certificate"]), root.context).length).toBeGreaterThan(4);
    expect(recheck(ROOT, changed(root.outcome, "certificate", "AAAA"), root.context)).toHaveLength(1);
  });

  test("refuses a signature that is not its own key's", async () => {
    const bytes = certificateIn(root.outcome);
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
    expect(await recheckSignatures(ROOT, { certificate: base64url(bytes) })).toEqual(["the root certificate is not signed by its own key"]);
  });
});

describe("issue-certificate", () => {
  test("signs the subject and key of the request, as the profile has it", async () => {
    const certificate = new X509Certificate(certificateIn(leaf.outcome));
    const issuer = new X509Certificate(certificateIn(leaf.outcome, "issuerCertificate"));
    expect(certificate.verify(issuer.publicKey) && certificate.checkIssued(issuer)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.subject).toBe("CN=HSM:3F9A:PARTN:5, for FIPS mode".replace(",", String.raw`\,`));
    expect(recheck(ISSUE, leaf.outcome, leaf.context)).toEqual([]);
    expect(await recheckSignatures(ISSUE, leaf.outcome)).toEqual([]);
  });

  test.each([["sub-ca", 3000], ["code-signing", 365], ["document-signing", 700]])("knows the profile %s", async (profile, days) => {
    const request = { ...ISSUE, profile, days };
    const { outcome, context } = await performAll(CA, ROOT, request);
    expect(recheck(request, outcome, context)).toEqual([]);
    expect(recheck({ ...request, profile: "cloudhsm-cluster" }, outcome, context)).toContain("its key may be used for other things");
  });

  test("signs under a root of an earlier ceremony, whose certificate is given", async () => {
    const performed = new PerformedOperations();
    await performed.do(CA);
    expect(await performed.try(ISSUE)).toEqual({ call: "issue-certificate", name: "ISSUER-HAS-NO-CERTIFICATE" });
    const { outcome } = await performed.do(ROOT);
    performed.earlier.pop();
    const request = { ...ISSUE, issuerCertificate: toPem("CERTIFICATE", certificateIn(outcome)) };
    const done = await performed.do(request);
    expect(recheck(request, done.outcome, done.context)).toEqual([]);
    const foreign = { ...ISSUE, issuerCertificate: toPem("CERTIFICATE", certificateIn(root.outcome)) };
    expect(await performed.try(foreign)).toEqual({ call: "issue-certificate", name: "ISSUER-HAS-NO-CERTIFICATE" });
  });

  test("refuses an issuer's certificate whose own signature was bent, and finds it in an outcome", async () => {
    const performed = new PerformedOperations();
    await performed.do(CA);
    const { outcome } = await performed.do(ROOT);
    const bent = certificateIn(outcome).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte));
    performed.earlier.pop();
    const request = { ...ISSUE, issuerCertificate: toPem("CERTIFICATE", bent) };
    expect(await performed.try(request)).toEqual({ call: "issue-certificate", name: "ISSUER-CERTIFICATE-NOT-GENUINE" });
    const done = await performed.do({ ...ISSUE, issuerCertificate: toPem("CERTIFICATE", certificateIn(outcome)) });
    const passed = changed(done.outcome, "issuerCertificate", base64url(bent));
    expect(await book.find("issue-certificate")?.recheckSignatures?.(passed, webCryptoVerifier, request)).toContain(
      "the issuer's own certificate is not signed by the key it names",
    );
  });

  test.each([
    ["a root whose key is not RSA, for a cluster", { ...CA, algorithm: "EC-P256" }, ROOT, ISSUE],
    ["an authority below a root that allows none", CA, { ...ROOT, pathLength: 0 }, { ...ISSUE, profile: "sub-ca", days: 300 }],
    ["a certificate that outlives its issuer", CA, { ...ROOT, years: 1 }, ISSUE],
  ])("refuses %s", async (_, key, authority, request) => {
    const { performed } = await performAll(key, authority);
    expect(await performed.try(request)).toEqual({ call: "issue-certificate", name: "ISSUER-MAY-NOT-ISSUE" });
  });

  test("refuses a request that was not signed with the key it is for", async () => {
    const [mine, foreign] =
      [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("rsa", { modulusLength: 2048 })];
    const request = { ...ISSUE, request: await requestOf("thief", { publicKey: foreign.publicKey, privateKey: mine.privateKey }) };
    const { performed } = await performAll(CA, ROOT);
    expect(await performed.try(request)).toEqual({ call: "issue-certificate", name: "REQUEST-NOT-GENUINE" });
    expect(await recheckSignatures(request, leaf.outcome)).toContain("the request was not signed with the key it is for");
  });

  test("refuses, in years, another request, profile, length and issuer", async () => {
    const as = (request: OperationRequest, context = leaf.context) => recheck(request, leaf.outcome, context);
    expect(as({ ...ISSUE, request: await requestOf() })).toContain("it holds another public key");
    expect(as({ ...ISSUE, request: await requestOf("other") })).toContain("it names another subject");
    expect(as({ ...ISSUE, days: 3651 })).toEqual(["it is valid at other times"]);
    expect(as(ISSUE, { ...leaf.context, earlier: leaf.context.earlier.slice(0, 1) })).toEqual(["the issuer's key has no certificate"]);
    const other = changed(leaf.outcome, "issuerCertificate", root.outcome["certificate"]);
    expect(recheck(ISSUE, other, leaf.context)).toEqual(["the issuer's certificate is another one"]);
    expect(await recheckSignatures(ISSUE, other)).toEqual(["the certificate is not signed by its issuer"]);
  });
});

test("a module that signs something else than it is given makes no certificate", async () => {
  const { performed } = await performAll(CA);
  const lying = new FakeToken(performed.memory);
  const right = lying.sign.bind(lying);
  lying.sign = (id, algorithm, bytes) => right(id, algorithm, bytes.subarray(1));
  performed.token = lying;
  expect(await performed.try(ROOT)).toEqual({ call: "issue-root-certificate", name: "SIGNATURE-NOT-GOOD" });
});

test("every certificate has a serial number of its own, made of what the token gave", async () => {
  const { performed } = await performAll(CA);
  const serials =
    [await performed.do(ROOT), await performed.do(ROOT)].map(({ outcome }) => readCertificate(certificateIn(outcome)).serial);
  expect(serials[0]).not.toEqual(serials[1]);
  expect(serials.every((serial) => serial.length === 16)).toBe(true);
});

describe("parameters", () => {
  test.each([CSR, ROOT, { ...ROOT, pathLength: 2 }, ISSUE])("accepts %#", (request) => {
    expect(problems(request)).toBe("");
  });

  test.each<[OperationRequest, string]>([
    [{ ...CSR, subject: "CN=x" }, "The subject is a list of names"],
    [{ ...CSR, subject: { organisation: "x" } }, "The subject's commonName is missing or not text."],
    [{ ...CSR, subject: { commonName: "x", email: "y" } }, "A subject has no email"],
    [{ ...CSR, subject: { commonName: "x".repeat(65) } }, "has more than 64 characters"],
    [{ ...CSR, subject: { commonName: "x", country: "de" } }, "two capital letters"],
    // It would end the quotation in the sentence people approve, and go on with a sentence of its own.
    [{ ...CSR, subject: { commonName: "x” with no key. “" } }, "has a quotation mark"],
    [{ ...CSR, subject: { commonName: "x\u202ey" } }, "a character that cannot be seen"],
    [{ ...CSR, subject: { commonName: " x" } }, "blanks at its ends"],
    [{ ...ROOT, years: 26 }, "A root is valid for 1 to 25 whole years."],
    [{ ...ROOT, years: 1.5 }, "A root is valid for 1 to 25 whole years."],
    [{ ...ROOT, pathLength: -1 }, "The path length is 0 to 4"],
    [{ ...ISSUE, profile: "root-ca" }, "The profile is one of sub-ca, cloudhsm-cluster, code-signing, document-signing."],
    [{ ...ISSUE, days: 0 }, "A cloudhsm-cluster certificate is valid for 1 to 7320 whole days."],
    [{ ...ISSUE, issuer: "" }, "issue-certificate needs the label of a key."],
    [{ ...ISSUE, request: "x" }, "The request is no PKCS #10 in PEM"],
    [{ ...ISSUE, request: "x".repeat(5001) }, "The request has more than 5000 characters."],
    [{ ...ISSUE, issuerCertificate: CLUSTER }, "The issuer's certificate cannot be read"],
    [{ ...ISSUE, issuerCertificate: "x".repeat(5001) }, "The issuer's certificate has more than 5000 characters."],
    [{ ...ISSUE, subject: SUBJECT }, "issue-certificate has no parameter called subject."],
  ])("refuses %#: %s", (request, says) => {
    expect(problems(request)).toContain(says);
  });

  test("a request whose subject could end the sentence is refused", async () => {
    expect(problems({ ...ISSUE, request: await requestOf("a” to nobody. “b") })).toContain("The request's subject has a quotation mark");
  });
});

describe("what people read before they approve", () => {
  test.each<[OperationRequest, string]>([
    [CSR, "Sign a request for a certificate in the name of “CN=signer” with jwt on token 3f9a. It is for an outside authority; no certificate is made."],
    [
      { ...ROOT, pathLength: 0 },
      "Make root on token 3f9a a root authority in the name of “C=DE, O=Nordhafen Clearing AG, CN=Nordhafen Root 2026”: sign its certificate with the key itself, valid for 20 years from now, with no authority below it. Whoever trusts this root trusts all that it signs.",
    ],
  ])("%#", (request, sentence) => {
    expect(book.find(request.operation)?.sentence(request, { serial: "3f9a" })).toBe(sentence);
  });

  test("of a request: its subject, and the hash of the key it is for", () => {
    const sentence = book.find("issue-certificate")?.sentence(ISSUE, { serial: "3f9a" });
    expect(sentence).toMatch(/^Sign with root on token 3f9a the certificate of an AWS CloudHSM cluster that a request asks for in the name of “CN=HSM:3F9A:PARTN:5, for FIPS mode”, for the public key with SHA-256 [0-9a-f]{64}, valid for 3652 days from now\.$/);
  });

  test("of an issuer's certificate that the script brings along: its name and its hash", () => {
    const der = certificateIn(root.outcome);
    const facts = (request: OperationRequest) => book.find("issue-certificate")?.facts(request) ?? [];
    expect(facts({ ...ISSUE, issuerCertificate: toPem("CERTIFICATE", der) })).toMatchObject([
      ...facts(ISSUE),
      { name: "Issuer", value: "C=DE, O=Nordhafen Clearing AG, CN=Nordhafen Root 2026", measured: true },
      { name: "SHA-256 of the issuer's certificate", value: sha256Hex(der), measured: true },
      { name: "Who issued that certificate", value: "its own key, whose signature is checked", measured: true },
    ]);
  });
});
