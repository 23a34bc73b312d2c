import path from "node:path";
import { checkout } from "./checkout.mjs";
import { run } from "./command.mjs";
import { SetupFault } from "./fault.mjs";
import { secretFile } from "./postgres.mjs";

/** Owner of the schema (runs migrations), app, worker, key process: roles apart, so that only the first can alter the log. */
const ROLES = /** @type {const} */ (["claviger_owner", "claviger_app", "claviger_worker", "claviger_keys"]);

/** Held while roles and databases are made, so that several set-ups at once do not trip over each other. */
const SETUP_LOCK = 0x636c6176;

/**
 * @typedef {{ ownerUrl: string, appUrl: string, workerUrl: string, keysUrl: string }} DatabaseUrls
 */

/**
 * Makes the roles and an empty database that belongs to `claviger_owner`. What is there already stays as it is; the roles'
 * passwords are kept in `secrets`, one file each, and set again.
 * @param {{ superuserUrl: string, name: string, secrets: string, template?: string }} options
 * @returns {Promise<DatabaseUrls>}
 */
export async function createDatabase({ superuserUrl, name, secrets, template }) {
  const passwords = Object.fromEntries(ROLES.map((role) => [role, secretFile(path.join(secrets, `${role}-password`))]));
  await withClient(superuserUrl, async (client, quote) => {
    await client.query("SELECT pg_advisory_lock($1)", [SETUP_LOCK]);
    for (const role of ROLES) {
      const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      await client.query(
        `${rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${role} LOGIN NOSUPERUSER NOCREATEROLE PASSWORD ${quote.literal(passwords[role] ?? "")}`,
      );
    }
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) {
      const from = template === undefined ? "" : ` TEMPLATE ${quote.identifier(template)}`;
      await client.query(`CREATE DATABASE ${quote.identifier(name)} OWNER claviger_owner${from}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${quote.identifier(name)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${quote.identifier(name)} TO claviger_app, claviger_worker, claviger_keys`);
  });
  const urlOf = (/** @type {string} */ role) => {
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = passwords[role] ?? "";
    url.pathname = `/${encodeURIComponent(name)}`;
    return url.href;
  };
  return {
    ownerUrl: urlOf("claviger_owner"),
    appUrl: urlOf("claviger_app"),
    workerUrl: urlOf("claviger_worker"),
    keysUrl: urlOf("claviger_keys"),
  };
}

/**
 * Brings a database to the newest migration, as its owner.
 * @param {string} ownerUrl
 */
export async function migrate(ownerUrl) {
  const prisma = path.join(checkout, "node_modules", "prisma", "build", "index.js");
  const { code, output } = await run(process.execPath, [prisma, "migrate", "deploy"], {
    env: { ...process.env, MIGRATE_DATABASE_URL: ownerUrl, NO_COLOR: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (code === 0) return;
  throw new SetupFault(
    `The database could not be brought to the newest migration:\n${output.trim().split("\n").slice(-20).join("\n")}`,
    {
      kept: "A migration that fails is rolled back whole; what was in the database before is still there.",
      remedy: "read the lines above; prisma/migrations holds the migration they name",
    },
  );
}

/**
 * Roles, database and migrations in one: what an embedded start needs.
 * @param {{ superuserUrl: string, name: string, secrets: string }} options
 * @returns {Promise<DatabaseUrls>}
 */
export async function prepareDatabase(options) {
  const urls = await createDatabase(options);
  await migrate(urls.ownerUrl);
  return urls;
}

/**
 * @param {string} superuserUrl
 * @param {string} name
 */
export async function dropDatabase(superuserUrl, name) {
  await withClient(superuserUrl, (client, quote) =>
    client.query(`DROP DATABASE IF EXISTS ${quote.identifier(name)} WITH (FORCE)`),
  );
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import("pg").Client, quote: { literal: (text: string) => string, identifier: (text: string) => string })
 * => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withClient(url, use) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client, { literal: pg.escapeLiteral, identifier: pg.escapeIdentifier });
  } finally {
    await client.end();
  }
}
