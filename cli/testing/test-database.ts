import { randomBytes } from "node:crypto";
import { createDatabase, dropDatabase } from "../setup/database.mjs";
import { TEMPLATE } from "./grounds.mjs";

/** A migrated, empty database of one test file's own, with an address for each role. */
export interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly keysUrl: string;
  /** The database owner's owner: for tests that play the hostile administrator. */
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/** Makes one; integration tests only (`*.integration.test.ts`), which have a PostgreSQL to make it in. Drop it in `afterAll`. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = required("TEST_DATABASE_SUPERUSER_URL");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const urls = await createDatabase({
    superuserUrl: server,
    name,
    secrets: required("TEST_DATABASE_SECRETS"),
    template: TEMPLATE,
  });
  const superuserUrl = new URL(server);
  superuserUrl.pathname = `/${name}`;
  return { name, ...urls, superuserUrl: superuserUrl.href, drop: () => dropDatabase(server, name) };
}

/** The path of a PKCS#11 module the test grounds have: SoftHSM2, or NSS's software token. */
export function testModule(which: "softhsm" | "nss"): string {
  return required(which === "softhsm" ? "TEST_SOFTHSM_MODULE" : "TEST_NSS_MODULE");
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: name the file *.integration.test.ts, so that the test grounds are opened for it`);
  return value;
}
