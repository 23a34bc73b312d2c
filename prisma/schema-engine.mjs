#!/usr/bin/env node
// Stands where Prisma's command line expects its native `schema-engine` binary, which it would download at install time.
// It speaks the same JSON-RPC over stdin and stdout, and serves it with Prisma's own WebAssembly build of that engine over
// node-postgres. prisma.config.ts points at it; docs/decisions/0010-wasm-schema-engine.md says why and what to watch.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** The one-byte type "char" of PostgreSQL's catalogues: the engine reads it, the adapter does not know it. */
const CHAR_OID = 18;
const BPCHAR_OID = 1042;

const { values: options, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    datamodels: { type: "string", short: "d", multiple: true },
    datasource: { type: "string" },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
    version: { type: "boolean", short: "V" },
  },
});

if (options.version) {
  console.log("schema-engine-cli wasm");
} else if (positionals[0] === "cli") {
  process.exitCode = await databaseCommand(positionals[1], datasourceUrl());
} else {
  serve();
}

function datasourceUrl() {
  return typeof options.datasource === "string" ? String(JSON.parse(options.datasource).url) : "";
}

/** One line of the log format that Prisma's command line reads from stderr. */
function log(level, message, code) {
  const fields = code ? { message, error_code: code, is_panic: false } : { message };
  process.stderr.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: "schema_engine::logger" })}\n`,
  );
}

/** `schema-engine cli <command>`: the three commands that need no schema. Returns the exit code. */
async function databaseCommand(command, url) {
  // Prisma drops the first line it reads here; without this one an error would arrive empty.
  log("INFO", "Starting schema engine CLI (wasm)");
  try {
    if (command === "can-connect-to-database") await withClient(url, async () => {});
    else if (command === "create-database")
      await withMaintenanceClient(url, (client, name) => client.query(`CREATE DATABASE ${name}`));
    else if (command === "drop-database")
      await withMaintenanceClient(url, (client, name) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    else throw new Error(`schema-engine cli ${String(command)} is not served by the WebAssembly engine`);
    return 0;
  } catch (error) {
    const codes = { "3D000": "P1003", "28P01": "P1000" };
    log("ERROR", error.message || String(error), codes[error.code] ?? "P1001");
    return 1;
  }
}

async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Connects to the database "postgres" of the same server and hands over the quoted name of the one the address means. */
async function withMaintenanceClient(url, use) {
  const address = new URL(url);
  const name = pg.escapeIdentifier(decodeURIComponent(address.pathname.slice(1)));
  address.pathname = "/postgres";
  return withClient(address.href, (client) => use(client, name));
}

/** adapter-pg with the two changes the engine needs: it reads "char" columns, and runs a script as one piece. */
function forEngine(adapter) {
  const { performIO, queryRaw } = Object.getPrototypeOf(Object.getPrototypeOf(adapter));
  adapter.queryRaw = async (query) => {
    const charColumns = [];
    const reader = Object.create(adapter, {
      performIO: {
        value: async (asked) => {
          const answer = await performIO.call(adapter, asked);
          answer.fields.forEach((field, column) => {
            if (field.dataTypeID !== CHAR_OID) return;
            charColumns.push(column);
            field.dataTypeID = BPCHAR_OID;
          });
          return answer;
        },
      },
    });
    const result = await queryRaw.call(reader, query);
    for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  // The stock method cuts at every ";", also inside $$ bodies, and spreads the pieces over a pool. Sent whole, on the one
  // connection, PostgreSQL runs the script as a single transaction: a failing migration leaves nothing behind.
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

function connectTo(url) {
  const schema = URL.canParse(url) ? (new URL(url).searchParams.get("schema") ?? undefined) : undefined;
  return new PrismaPg({ connectionString: url, max: 1 }, { schema });
}

/** The engine asks for connections through this: to the database itself, and to a scratch one when it must replay migrations. */
function adapterFactory(url) {
  const factory = connectTo(url);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => forEngine(await connect());
  factory.connectToShadowDb = async () => {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`;
    await withClient(url, (client) => client.query(`CREATE DATABASE "${name}"`));
    const address = new URL(url);
    address.pathname = `/${name}`;
    const shadow = forEngine(await connectTo(address.href).connect());
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await withClient(url, (client) => client.query(`DROP DATABASE "${name}"`));
    };
    return shadow;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

async function startEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log("ERROR", message) };
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = (options.datamodels ?? []).map((file) => [file, readFileSync(file, "utf8")]);
  const onLog = (line) => process.stderr.write(line.endsWith("\n") ? line : `${line}\n`);
  const settings = datamodels.length > 0 ? { datamodels } : {};
  return engineModule.SchemaEngine.new(settings, onLog, adapterFactory(datasourceUrl() || "postgresql://127.0.0.1:1/none"));
}

/** Answers one request after the other until stdin closes. */
function serve() {
  let engine;
  let prints = 0;
  let queue = Promise.resolve();
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

  const answer = async (method, params) => {
    const target = await (engine ??= startEngine());
    if (method === "getDatabaseVersion") return target.version(undefined);
    // These two replay the migrations in a shadow database, which the WebAssembly engine opens only from devDiagnostic;
    // what it learns there stays in its cache for them.
    if (method === "createMigration" || method === "evaluateDataLoss") {
      await target.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
    }
    const result = await target[method](params);
    if (method !== "diff" || result.stdout == null) return result;
    // The native engine has the command line print; the WebAssembly one returns the text.
    send({ id: ++prints, method: "print", params: { content: result.stdout } });
    return { exitCode: result.exitCode };
  };

  const handle = async ({ id, method, params }) => {
    if (method === undefined) return; // the reply to a "print" of ours
    try {
      send({ id, result: (await answer(method, params)) ?? null });
    } catch (error) {
      const data = {
        is_panic: false,
        message: error.message,
        meta: error.meta ?? null,
        ...(error.code && { error_code: error.code }),
      };
      send({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } });
    }
  };

  createInterface({ input: process.stdin })
    .on("line", (line) => {
      if (line.trim() !== "") queue = queue.then(() => handle(JSON.parse(line)));
    })
    .on("close", () => void queue.then(() => process.exit(0)));
}
