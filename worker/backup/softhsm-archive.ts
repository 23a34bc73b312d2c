import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sameBytes } from "#lib/log/digest";
import { idOf, keysOn } from "#lib/operations/backed-up-keys";
import type { BackupRefusal, RestoredToken } from "#lib/operations/backup-port";
import { ok, refuse, type Result } from "#lib/result";
import { TokenFault } from "#lib/token/fault";
import type { TokenEnv } from "../env";
import type { OtherTokenEnv } from "../other-tokens-file";
import { findFile } from "../own-files";
import { ChildToken } from "../token/child-token";
import type { PackedFile } from "./packed-files";

const READS = 3;
const SYSTEM_CONFIGURATION = "/etc/softhsm/softhsm2.conf";
const RESTORED = "restored-";

/** What a worker killed during a restore test has left in the folder of backups. */
export function clearRestored(directory: string): void {
  // The first backup makes the folder.
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory))
    if (name.startsWith(RESTORED)) rmSync(join(directory, name), { recursive: true, force: true });
}

/** The files that a SoftHSM2 token is, all as they were at one moment. */
export const archiveOf = (token: TokenEnv): readonly PackedFile[] => readTogether(tokenFolder(token));

/**
 * A token made out of an archive, below `directory`, opened by another token's library in a process of its own. Refuses what does
 * not open, after it has taken it away again.
 */
export async function restoreArchive(
  directory: string,
  files: readonly PackedFile[],
  token: TokenEnv,
  library: OtherTokenEnv,
): Promise<Result<RestoredToken, BackupRefusal>> {
  clearRestored(directory);
  const place = mkdtempSync(join(directory, RESTORED));
  const discardFolder = (): boolean => {
    rmSync(place, { recursive: true, force: true });
    return !existsSync(place);
  };
  try {
    const configuration = unpackToken(place, files);
    const child = await ChildToken.open({
      profile: library.profile,
      modulePath: library.modulePath,
      label: token.label,
      ...(token.serial === null ? {} : { serial: token.serial }),
      pin: token.pin,
      environment: { ...library.environment, ...token.environment, SOFTHSM2_CONF: configuration },
      copy: true,
      standBy: false,
    });
    const discard = async (): Promise<boolean> => {
      await child.close();
      return discardFolder();
    };
    return ok({ token: child, keys: () => keysOn(child), idOf, discard });
  } catch (fault) {
    discardFolder();
    if (fault instanceof TokenFault) return refuse("RESTORED-TOKEN-DOES-NOT-OPEN");
    throw fault;
  }
}

/** Puts the token's folder below `place`, and answers the configuration by which SoftHSM finds it and nothing else. */
function unpackToken(place: string, files: readonly PackedFile[]): string {
  const folder = join(place, "tokens", "restored");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes, { mode: 0o600, flag: "wx" });
  const configuration = join(place, "softhsm2.conf");
  writeFileSync(
    configuration,
    `directories.tokendir = ${join(place, "tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    { mode: 0o600 },
  );
  return configuration;
}

/** The folder of the token with this serial number, below the one that SoftHSM's configuration names. */
function tokenFolder({ environment, serial }: TokenEnv): string {
  const configuration = environment["SOFTHSM2_CONF"] ?? SYSTEM_CONFIGURATION;
  const [, tokens] = /^\s*directories\.tokendir\s*=\s*(.+?)\s*$/m.exec(readFileSync(configuration, "utf8")) ?? [];
  if (tokens === undefined || serial === null) throw new TokenFault("backup", null, "TOKEN-FOLDER-NOT-NAMED");
  const holding = readdirSync(tokens).filter(
    (name) =>
      findFile(join(tokens, name, "token.object")) !== null && readFileSync(join(tokens, name, "token.object")).includes(serial),
  );
  const [only, ...more] = holding;
  if (only === undefined || more.length > 0) throw new TokenFault("backup", null, "TOKEN-FOLDER-NOT-FOUND");
  return join(tokens, only);
}

/**
 * Every file of the folder as it was at one moment: read twice, and both times alike. This worker, which holds the token, does
 * nothing else meanwhile; another program that writes is noticed.
 */
function readTogether(folder: string): readonly PackedFile[] {
  for (let tries = 0; tries < READS; tries += 1) {
    const [first, second] = [readFolder(folder), readFolder(folder)];
    const alike =
      first.length === second.length &&
      first.every(({ name, bytes }, i) => second[i]?.name === name && sameBytes(bytes, second[i].bytes));
    if (alike) return first;
  }
  throw new TokenFault("backup", null, "TOKEN-FOLDER-KEEPS-CHANGING");
}

/** SoftHSM's locks are empty files that a running process holds: they are its own, not the token's. */
function readFolder(folder: string): PackedFile[] {
  const names = readdirSync(folder)
    .filter((name) => !name.endsWith(".lock"))
    .sort();
  return names.map((name) => ({ name, bytes: Uint8Array.from(readFileSync(join(folder, name))) }));
}
