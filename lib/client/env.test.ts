import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { clientFromEnvironment, readClientEnv, VARIABLES } from "./env";
import { answering, KeyServer, refusing } from "./key-server.under-test";

const folder = mkdtempSync(path.join(tmpdir(), "claviger-client-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const keyFile = path.join(folder, "client.pem");
writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
const least = { CLAVIGER_KEYS_URL: "https://keys.example", CLAVIGER_ACCOUNT: "billing", CLAVIGER_CLIENT_KEY_FILE: keyFile };
const wrong = (more: Record<string, string>) => readClientEnv({ ...least, ...more }).wrong;

describe("the environment", () => {
  test("has usual values for what it does not say", () => {
    const { values, wrong: said } = readClientEnv({ ...least, HSM_MAX_RETRIES: "", PATH: "/bin" });
    expect(said).toEqual([]);
    expect(values).toMatchObject({
      ...{ HSM_CONNECTION_TIMEOUT: "5000", HSM_MAX_RETRIES: "3", HSM_CONNECTION_POOL_SIZE: "16", HSM_METRICS_ENABLED: "false" },
      ...{ HSM_CLUSTER_ID: null, HSM_JWT_KEY_ID: null, HSM_CLOUDWATCH_NAMESPACE: "Claviger" },
    });
  });

  test.each([
    [{ CLAVIGER_ACCOUNT: "" }, "CLAVIGER_ACCOUNT is missing."],
    [{ CLAVIGER_KEYS_ORIGIN: "https://keys.example/" }, "CLAVIGER_KEYS_ORIGIN is an origin, such as https://keys.example.org."],
    [{ HSM_CONNECTION_TIMEOUT: "5s" }, "HSM_CONNECTION_TIMEOUT is a whole number from 100 to 120000."],
    [{ HSM_MAX_RETRIES: "-1" }, "HSM_MAX_RETRIES is a whole number from 0 to 20."],
    [{ HSM_CONNECTION_POOL_SIZE: "0" }, "HSM_CONNECTION_POOL_SIZE is a whole number from 1 to 1000."],
    [{ HSM_METRICS_ENABLED: "yes" }, "HSM_METRICS_ENABLED is true or false."],
    [{ HSM_CLOUDWATCH_NAMESPACE: "AWS/Logs" }, "HSM_CLOUDWATCH_NAMESPACE is a namespace of CloudWatch that does not begin with AWS/."],
    [{ HSM_DB_ENCRYPTION_KEY_ID: "../up" }, "HSM_DB_ENCRYPTION_KEY_ID is the alias or the id of a key: lower-case letters, digits and dashes."],
  ])("is refused, by name: %j", (more, sentence) => {
    expect(wrong(more)).toEqual([sentence]);
  });

  test("says for whom tokens are, when it says by which key", () => {
    expect(wrong({ HSM_JWT_KEY_ID: "jwt" })).toHaveLength(2);
    expect(wrong({ HSM_JWT_KEY_ID: "jwt", CLAVIGER_TOKEN_ISSUER: "https://keys.example", CLAVIGER_TOKEN_AUDIENCE: "api" })).toEqual([]);
  });

  test("is refused as a whole, and what stands in a file is not told", () => {
    expect(() => clientFromEnvironment({})).toThrow("CLAVIGER_KEYS_URL is missing. CLAVIGER_ACCOUNT is missing. CLAVIGER_CLIENT_KEY_FILE is missing.");
    expect(() => clientFromEnvironment({ ...least, CLAVIGER_CLIENT_KEY_FILE: path.join(folder, "none") })).toThrow("CLAVIGER_CLIENT_KEY_FILE names a file that cannot be read.");
    writeFileSync(path.join(folder, "wrong.pem"), "a secret that is no key");
    const told = () => clientFromEnvironment({ ...least, CLAVIGER_CLIENT_KEY_FILE: path.join(folder, "wrong.pem") });
    expect(told).toThrow(/^CLAVIGER_CLIENT_KEY_FILE names a file that holds no private key in PEM\.$/);
    const naming = (name: string) => () => clientFromEnvironment({ ...least, [name]: path.join(folder, "wrong.pem") });
    expect(naming("CLAVIGER_KEYS_CA_FILE")).toThrow(/^CLAVIGER_KEYS_CA_FILE names a file that holds no certificates in PEM, or a broken one\.$/);
    expect(naming("CLAVIGER_CLIENT_CERTIFICATE_FILE")).toThrow(/^CLAVIGER_CLIENT_CERTIFICATE_FILE names a file that holds no certificate of the client's key in PEM\.$/);
  });

  test("makes a client that keeps to it: names, tries, metrics without secrets", async () => {
    const server = await KeyServer.open();
    const lines: string[] = [];
    const tokens = { HSM_JWT_KEY_ID: "jwt", CLAVIGER_TOKEN_ISSUER: "https://keys.example", CLAVIGER_TOKEN_AUDIENCE: "api" };
    const metrics = { HSM_METRICS_ENABLED: "true", HSM_CLOUDWATCH_NAMESPACE: "Payments", HSM_CLUSTER_ID: "cluster-1" };
    const environment = { ...least, ...tokens, ...metrics, CLAVIGER_KEYS_URL: server.url, HSM_MAX_RETRIES: "1", HSM_DB_ENCRYPTION_KEY_ID: "database" };
    const made = clientFromEnvironment(environment, (line) => lines.push(line));
    expect(made.keys).toEqual({ jwt: "jwt", apiEncryption: null, dbEncryption: "database" });
    server.on("/api/v1/keys/jwt/tokens", answering({ key: "k", kid: "k", algorithm: "RS256", use: "row-1", token: "a.b.c", expires: 1 }));
    await made.tokens?.issue({ sub: "anna-is-secret" });
    expect(JSON.parse(server.of("/api/v1/keys/jwt/tokens")[0]?.body ?? "")).toEqual({ claims: { sub: "anna-is-secret" }, audience: "api" });
    server.on("/api/v1/random", refusing("QUEUE-FULL", 503, { "retry-after": "0" }));
    await expect(made.client.random(16)).rejects.toMatchObject({ code: "QUEUE-FULL" });
    expect(server.of("/api/v1/random")).toHaveLength(2);
    made.close();
    await server.close();
    const said = lines.map((line) => JSON.parse(line) as object);
    expect(said).toMatchObject([{ Operation: "token", ClusterId: "cluster-1" }, { Operation: "issue-token", Failures: 0 }, { Operation: "random", Failures: 1, Retries: 1, Code: "QUEUE-FULL" }]);
    expect(lines.join("")).not.toMatch(/anna|given-|billing|jwt|a\.b\.c/);
  });

  test("asks for the keys of the issuer that it names, where that one has a set of its own", async () => {
    for (const [issuer, at] of [["/payments", "/payments/.well-known/jwks.json"], ["", "/.well-known/jwks.json"], ["/a/b", "/.well-known/jwks.json"]] as const) {
      const server = await KeyServer.open();
      server.on(at, answering({ keys: [] }));
      const tokens = { HSM_JWT_KEY_ID: "jwt", CLAVIGER_TOKEN_ISSUER: `${server.url}${issuer}`, CLAVIGER_TOKEN_AUDIENCE: "api" };
      const made = clientFromEnvironment({ ...least, ...tokens, CLAVIGER_KEYS_URL: server.url });
      const head = Buffer.from('{"alg":"RS256","kid":"one"}').toString("base64url");
      expect(await made.tokens?.verify(`${head}.e30.AAAA`)).toEqual({ valid: false, flaw: "key" });
      expect(server.heard.map(({ path: asked }) => asked)).toEqual([at]);
      made.close();
      await server.close();
    }
  });

  test("nobody who wants no metrics gets any", async () => {
    const server = await KeyServer.open();
    const lines: string[] = [];
    const made = clientFromEnvironment({ ...least, CLAVIGER_KEYS_URL: server.url }, (line) => lines.push(line));
    server.on("/api/v1/random", answering({ use: "row-1", bytes: "AAAA" }));
    expect(await made.client.random(3)).toEqual(new Uint8Array(3).fill(0));
    expect([made.tokens, lines]).toEqual([null, []]);
    made.close();
    await server.close();
  });
});

test("the table of docs/client.md has every variable with its usual value, and no other", () => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../docs/client.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| (.*?) ?\|/gm)].map(([, name, usual = ""]) => [name, usual.replaceAll("`", "").trim()]);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows).toEqual(Object.entries(VARIABLES).map(([name, variable]) => [name, "usual" in variable ? variable.usual : ""]));
});
