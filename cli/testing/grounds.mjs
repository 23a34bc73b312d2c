import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { checkout, isAlive, keepFolder } from "../setup/checkout.mjs";
import { createDatabase, migrate } from "../setup/database.mjs";
import { ensureNssToken, ensureSoftHsm } from "../setup/pkcs11-modules.mjs";
import { removePostgres, startPostgres } from "../setup/postgres.mjs";
import { atEnd } from "../setup/stage.mjs";
import { bundleWorker } from "./bundled-worker.mjs";

/** Every test database is a copy of this one, which has all migrations: a copy takes 50 ms, migrating 2 s. */
export const TEMPLATE = "claviger_template";

/**
 * Opens what integration and end-to-end tests stand on: a PostgreSQL of their own, thrown away afterwards, with a migrated
 * template database; SoftHSM2 and NSS as PKCS#11 modules. Tests learn of it by the variables returned, which are also set in
 * this process.
 * @returns {Promise<{ env: Record<string, string>, close: () => Promise<void> }>}
 */
export async function openTestGrounds() {
  await clearAbandoned();
  const folder = path.join(keepFolder, "test", String(process.pid));
  const postgres = await startPostgres({ dir: folder, settings: { fsync: "off", max_connections: "200" } });
  const close = once(() => postgres.remove());
  const forget = atEnd(close);
  const urls = await createDatabase({ superuserUrl: postgres.superuserUrl, name: TEMPLATE, secrets: folder });
  if (existsSync(path.join(checkout, "prisma", "migrations"))) await migrate(urls.ownerUrl);
  const bundles = path.join(folder, "bundles");
  await bundleWorker(bundles);
  const env = {
    TEST_BUNDLES: bundles,
    TEST_DATABASE_SUPERUSER_URL: postgres.superuserUrl,
    TEST_DATABASE_SECRETS: folder,
    TEST_SOFTHSM_MODULE: await ensureSoftHsm(),
    TEST_NSS_MODULE: await ensureNssToken(),
  };
  Object.assign(process.env, env);
  return {
    env,
    close: async () => {
      forget();
      await close();
    },
  };
}

/** A run that was killed leaves its server behind: the next one stops it and deletes its data. */
async function clearAbandoned() {
  const runs = path.join(keepFolder, "test");
  for (const name of existsSync(runs) ? readdirSync(runs) : []) {
    const pid = Number(/\d+/.exec(name)?.[0] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    await removePostgres(path.join(runs, name));
  }
}

/** @param {() => Promise<void>} work */
function once(work) {
  /** @type {Promise<void> | undefined} */
  let done;
  return () => (done ??= work());
}
