import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleWorker } from "../../testing/bundled-worker.mjs";
import type { TestDatabase } from "#cli/testing/test-database";
import type { Grant } from "#lib/accounts/grant";
import { fromBase64url, fromHex } from "#lib/log/digest";
import type { RegisteredKey } from "#lib/register/registered-key";
import type { KeyPairAlgorithm } from "#lib/token/algorithm";
import { Application } from "#worker/keys/application.under-test";
import { KeyGrounds } from "#worker/keys/key-grounds.under-test";
import { keepFolder } from "../../setup/checkout.mjs";
import { createDatabase, dropDatabase, migrate } from "../../setup/database.mjs";
import { startPostgres } from "../../setup/postgres.mjs";
import { atEnd } from "../../setup/stage.mjs";
import { BENCH_KEYS, type BenchKey } from "./bench-keys";
import { ServedKeys } from "./served-keys";

/** What the ceremony makes beside the EC key that it always makes: to sign bytes by, and to issue tokens by. */
const PAIRS = { "sign-2048": "RSA-2048", "sign-4096": "RSA-4096", "jwt-rsa": "RSA-2048", "jwt-ec": "EC-P256" } as const satisfies Record<string, KeyPairAlgorithm>;
const LABELS = { rsa_2048: "sign-2048", rsa_4096: "sign-4096", es256: "test-key" } as const;

/** One PostgreSQL that keeps what it acknowledges, and databases in it. */
export class BenchServer {
  readonly folder: string;
  readonly postgres: Awaited<ReturnType<typeof startPostgres>>;
  #made = false;

  private constructor(folder: string, postgres: BenchServer["postgres"]) {
    this.folder = folder;
    this.postgres = postgres;
  }

  static async start(): Promise<BenchServer> {
    const folder = path.join(keepFolder, "bench-crypto", String(process.pid));
    // Nothing is turned off: an answer leaves when its row is on disk.
    const postgres = await startPostgres({ dir: folder, settings: { max_connections: "100" } });
    atEnd(() => postgres.remove());
    const bundles = path.join(folder, "bundles");
    await bundleWorker(bundles);
    process.env["TEST_BUNDLES"] = bundles;
    return new BenchServer(folder, postgres);
  }

  /** A migrated database of its own. */
  async database(name: string): Promise<TestDatabase> {
    const { superuserUrl } = this.postgres;
    const make = (called: string, template?: string) =>
      createDatabase({ superuserUrl, name: called, secrets: this.folder, ...(template !== undefined && { template }) });
    if (!this.#made) await migrate((await make("bench_template")).ownerUrl);
    this.#made = true;
    const urls = await make(name, "bench_template");
    const url = new URL(superuserUrl);
    url.pathname = `/${name}`;
    return { name, ...urls, superuserUrl: url.href, drop: () => dropDatabase(superuserUrl, name) };
  }
}

/**
 * An installation as applications meet it: a token whose keys a ceremony made, grants that its custodians signed,
 * PostgreSQL, and key processes started as `npm run keys` starts them.
 */
export class KeyHouse {
  readonly grounds: KeyGrounds;
  readonly keys: ReadonlyMap<BenchKey["name"], BenchKey>;
  readonly applications: readonly Application[];
  readonly #folder = mkdtempSync(path.join(tmpdir(), "claviger-bench-keys-"));
  readonly #served = new Set<ServedKeys>();

  private constructor(grounds: KeyGrounds, keys: KeyHouse["keys"], applications: readonly Application[]) {
    this.grounds = grounds;
    this.keys = keys;
    this.applications = applications;
    writeFileSync(path.join(this.#folder, "secret"), randomBytes(32), { mode: 0o600 });
  }

  /** With so many applications, of which each may sign by every key, and issue tokens. */
  static async open(server: BenchServer, name: string, applications: number): Promise<KeyHouse> {
    const grounds = await KeyGrounds.open(await server.database(name), PAIRS);
    const active = new Map<string, RegisteredKey>();
    for (const label of ["test-key", ...Object.keys(PAIRS)]) active.set(label, await grounds.change(await grounds.key(label), "active"));
    const made = Array.from({ length: applications }, (_, i) => new Application(`account-${String(i)}`));
    for (const application of made) await grounds.grant(application, { keys: grantedKeys(active) });
    // No ceremony is held while it is measured.
    await grounds.grounds.stopAll();
    const keys = BENCH_KEYS.map((key) => {
      const found = active.get(LABELS[key.name]);
      const [place] = found?.places ?? [];
      if (!found || !place) throw new Error(`no key for ${key.name}`);
      return [key.name, { ...key, id: fromHex(place.ckaId), spki: fromBase64url(found.spki ?? "") }] as const;
    });
    return new KeyHouse(grounds, new Map(keys), made);
  }

  key(name: BenchKey["name"]): BenchKey {
    const key = this.keys.get(name);
    if (!key) throw new Error(`no key for ${name}`);
    return key;
  }

  /** A key process, once it can sign. `program` is another way to start it, over the same parts. */
  async serve(change: Readonly<Record<string, string>> = {}, program?: string): Promise<ServedKeys> {
    const state = mkdtempSync(path.join(this.#folder, "state-"));
    const env = this.grounds.env({ CLAVIGER_KEYS_STATE: state, CLAVIGER_KEYS_SHARED_SECRET_FILE: path.join(this.#folder, "secret"), ...change });
    const served = new ServedKeys(env, program);
    this.#served.add(served);
    await served.ready();
    return served;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#served].map((one) => one.stop()));
    await this.grounds.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The name that applications use for a key of the benchmark. */
export const aliasOf = (name: BenchKey["name"]): string => LABELS[name];

function grantedKeys(active: ReadonlyMap<string, RegisteredKey>): Grant["keys"] {
  const id = (label: string): string => active.get(label)?.key ?? "";
  const tokens = { issuer: "https://keys.example", audiences: ["api"], claims: ["sub", "scope"], minutes: 15 };
  return [
    ...BENCH_KEYS.map(({ name, signature }) => ({ alias: aliasOf(name), keys: [id(aliasOf(name))], operations: ["sign" as const], algorithms: [signature], tokens: null })),
    { alias: "jwt-rsa", keys: [id("jwt-rsa")], operations: ["issue-token"], algorithms: ["RS256"], tokens },
    { alias: "jwt-ec", keys: [id("jwt-ec")], operations: ["issue-token"], algorithms: ["ES256"], tokens },
  ];
}
