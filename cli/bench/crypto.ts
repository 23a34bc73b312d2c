import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { obtainKey } from "#lib/token/obtain-key";
import { isSignedBy, readJws, signingInput } from "#worker/keys/compact-jws";
import { SigningPool } from "#worker/keys/signing-pool";
import { MOST_WORKS } from "#worker/keys/signing-protocol";
import { ChildToken } from "#worker/token/child-token";
import { signatureInput } from "#worker/token/key-use";
import { testToken, type TestToken } from "#worker/token/test-token.under-test";
import { figure, median, millisecondsOf } from "./figure";

const SLICE_MS = 400;
const ROUNDS = 9;
const KEYS = [
  { name: "rsa_2048", algorithm: "RSA-2048", signature: "RS256" },
  { name: "rsa_4096", algorithm: "RSA-4096", signature: "RS256" },
  { name: "es256", algorithm: "EC-P256", signature: "ES256" },
] as const;
type Key = (typeof KEYS)[number] & { readonly id: Uint8Array; readonly spki: Uint8Array };

const DATA = Buffer.from("what an application wants to have signed, as long as a small token is: ".repeat(4));

/**
 * Signing by the key process's pool against a C program with as many threads over the same module and token, slice by slice in
 * turn, each ratio to the slices of C before and after it; and the verification of a token against a bare one.
 */
export async function benchCrypto(): Promise<void> {
  const processes = availableParallelism();
  const token = await testToken("softhsm", "bench-crypto");
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-bench-"));
  try {
    const keys = await makeKeys(token);
    const c = await CProgram.start(folder, token, processes);
    const pool = openPool(token, processes);
    try {
      figure("crypto.processes", processes, "processes, and threads of C");
      await poolReady(pool, keys[0]);
      for (const key of keys) await compare(key, c, pool, processes);
    } finally {
      c.stop();
      await pool.close();
    }
    await verification();
  } finally {
    token.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeKeys(token: TestToken): Promise<Key[]> {
  const opened = await ChildToken.open(token.options);
  try {
    const made: Key[] = [];
    for (const key of KEYS) {
      const id = createHash("sha256").update(key.name).digest();
      const named = { algorithm: key.algorithm, label: key.name, id };
      const obtained = await obtainKey(opened, { ...named, usage: { sign: true }, extractable: false, sensitive: true });
      if (!obtained.ok) throw new Error(obtained.refusal.reason);
      made.push({ ...key, id, spki: await opened.exportPublicKey(id) });
    }
    return made;
  } finally {
    await opened.close();
  }
}

function openPool({ options }: TestToken, processes: number): SigningPool {
  const { profile, modulePath, label, pin, environment } = options;
  return new SigningPool({
    processes,
    config: { mode: "serve", profile, modulePath, label, pin, serial: null, configDirectory: null },
    environment,
    mostOfOne: 10_000,
    mostOfAll: 10_000,
    say: (line) => console.error(line),
    pin: { mark: () => "", refused: () => console.error("the token refused the PIN") },
  });
}

async function poolReady(pool: SigningPool, key: Key | undefined): Promise<void> {
  while (pool.health.ready < pool.health.processes) await new Promise((resolve) => setTimeout(resolve, 20));
  if (key) await slice(pool, key, pool.health.processes, true);
}

/** Signatures a second, with enough waiting that no process ever runs dry. */
async function slice(pool: SigningPool, key: Key, processes: number, check: boolean): Promise<number> {
  const { id, spki, signature: algorithm } = key;
  const [began, window] = [performance.now(), 3 * processes * MOST_WORKS];
  let made = 0;
  const one = async (): Promise<void> => {
    while (performance.now() - began < SLICE_MS) {
      await pool.perform("bench", { what: "sign", id, spki, algorithm, data: DATA, check }, 60_000);
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: window }, one));
  return made / ((performance.now() - began) / 1e3);
}

async function compare(key: Key, c: CProgram, pool: SigningPool, processes: number): Promise<void> {
  const rates: { c: number; first: number; all: number }[] = [];
  await slice(pool, key, processes, false);
  for (let round = 0; round < ROUNDS; round++) {
    const before = await c.slice(key);
    const first = await slice(pool, key, processes, false);
    const between = await c.slice(key);
    const all = await slice(pool, key, processes, true);
    const after = await c.slice(key);
    rates.push({ c: between, first: first / ((before + between) / 2), all: all / ((between + after) / 2) });
  }
  const name = `crypto.${key.name}`;
  const ofC = median(rates.map(({ c: rate }) => rate));
  const [first, all] = [median(rates.map((one) => one.first)), median(rates.map((one) => one.all))];
  figure(`${name}.c`, ofC, "signatures/s");
  figure(`${name}.pool`, ofC * first, "signatures/s");
  figure(`${name}.pool_over_c`, first, "ratio");
  figure(`${name}.pool_verifying_all_over_c`, all, "ratio");
}

/** What checking a token costs over checking its signature alone. */
async function verification(): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const text = signingInput({ alg: "ES256", kid: "k" }, { iss: "https://keys.example", sub: "anna", exp: 2_000_000_000 });
  const signature = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const token = `${text}.${signature.toString("base64url")}`;
  const key = createPublicKey({ key: publicKey.export({ format: "jwk" }), format: "jwk" });
  const [count, ratios] = [400, [] as number[]];
  for (let round = 0; round < ROUNDS; round++) {
    const whole = await millisecondsOf(async () => {
      for (let i = 0; i < count; i++) {
        const read = readJws(token);
        if (!read.ok || !isSignedBy(read.value, key)) throw new Error("a good token was refused");
      }
    });
    const bare = await millisecondsOf(async () => {
      for (let i = 0; i < count; i++) verify("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }, signature);
    });
    ratios.push(bare / whole);
  }
  figure("crypto.es256.verify_token_over_bare", median(ratios), "ratio");
}

const MECHANISMS = { RS256: 0x1, ES256: 0x1041 } as const;

/** The C program, asked for one slice of time after the other. */
class CProgram {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  static async start(folder: string, { options, pinFile }: TestToken, threads: number): Promise<CProgram> {
    const program = path.join(folder, "sign");
    const source = path.join(import.meta.dirname, "sign.c");
    const headers = path.join(path.dirname(createRequire(import.meta.url).resolve("pkcs11js")), "includes", "pkcs11");
    execFileSync("cc", ["-O2", "-I", headers, source, "-o", program, "-ldl", "-lpthread"], { stdio: "inherit" });
    const env = { ...process.env, ...options.environment };
    const words = [options.modulePath, options.label, pinFile, String(threads)];
    const child = spawn(program, words, { env, stdio: ["pipe", "pipe", "inherit"] });
    const started = new CProgram(child, createInterface({ input: child.stdout }));
    if ((await started.#line()) !== "ready") throw new Error("the C program did not start");
    return started;
  }

  async slice({ signature, id }: Key): Promise<number> {
    const [, input] = signatureInput(signature, DATA);
    const asked = [MECHANISMS[signature], Buffer.from(id).toString("hex"), input.toString("hex"), SLICE_MS];
    this.#child.stdin?.write(`${asked.join(" ")}\n`);
    const [made = NaN, milliseconds = NaN] = (await this.#line()).split(" ").map(Number);
    return made / (milliseconds / 1e3);
  }

  async #line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error("the C program ended");
    return next.value;
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
