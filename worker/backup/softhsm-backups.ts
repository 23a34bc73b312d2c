import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#lib/log/canonical";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import type { BackupPort, BackupRefusal, KeptBackup, RestoredToken } from "#lib/operations/backup-port";
import { ok, refuse, type Result } from "#lib/result";
import { TokenFault } from "#lib/token/fault";
import { PROFILES } from "#lib/token/profile";
import type { TokenEnv } from "../env";
import type { OtherTokenEnv } from "../other-tokens-file";
import { findFile, putFile } from "../own-files";
import { ChildToken } from "../token/child-token";
import { type PackedFile, packFiles, unpackFiles } from "./packed-files";
import { aboutArchive, type ArchiveRefusal, openArchive, sealArchive } from "./sealed-archive";

/** What the backups of one worker are made of. */
export interface BackupsEnv {
  readonly token: TokenEnv;
  readonly others: readonly OtherTokenEnv[];
  /** Where backups go; null: none are made. */
  readonly directory: string | null;
}

const REFUSALS: Readonly<Record<ArchiveRefusal, BackupRefusal>> = {
  "NO-ARCHIVE": "BACKUP-DAMAGED",
  "KEY-WRONG": "BACKUP-KEY-WRONG",
  "ARCHIVE-DAMAGED": "BACKUP-DAMAGED",
};
const READS = 3;
const SYSTEM_CONFIGURATION = "/etc/softhsm/softhsm2.conf";

/**
 * Backups of a SoftHSM2 token: its folder, whole, sealed under the custodians' secret. Keys in it stay under the token's own
 * PIN as well. A restore test unpacks it into a folder of its own and opens it with the other token's library in another
 * process. Providers without such an archive are refused by name.
 */
export class SoftHsmBackups implements BackupPort {
  readonly #env: BackupsEnv;

  constructor(env: BackupsEnv) {
    this.#env = env;
  }

  async make(name: string, id: string, secret: Uint8Array, manifest: Json): Promise<Result<KeptBackup, BackupRefusal>> {
    const { directory, token } = this.#env;
    if (directory === null) return refuse("NO-BACKUP-DIRECTORY");
    if (PROFILES[token.profile].backup !== "archive") return refuse("BACKUP-NOT-OFFERED");
    const file = `${name}-${id.slice(0, 16)}.claviger-backup`;
    const sealed = await sealArchive(
      { backup: name, id },
      packFiles({ manifest, files: readTogether(tokenFolder(token)) }),
      secret,
    );
    putFile(join(directory, file), sealed);
    return ok({ file, sha256: sha256Hex(sealed), bytes: sealed.length });
  }

  async verify(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup & { readonly manifest: Json; readonly files: number }, BackupRefusal>> {
    const opened = await this.#open(file, secret);
    if (!opened.ok) return opened;
    const { bytes, manifest, files } = opened.value;
    return ok({ file, sha256: sha256Hex(bytes), bytes: bytes.length, manifest, files: files.length });
  }

  async restore(file: string, secret: Uint8Array, to: string): Promise<Result<RestoredToken, BackupRefusal>> {
    const { token, others, directory } = this.#env;
    const library = others.find((other) => other.name === to);
    if (library?.profile !== token.profile) return refuse("TOKEN-OF-ANOTHER-KIND");
    const opened = await this.#open(file, secret);
    if (!opened.ok) return opened;
    clearRestored(directory ?? "");
    const place = mkdtempSync(join(directory ?? "", RESTORED));
    const discardFolder = (): boolean => {
      rmSync(place, { recursive: true, force: true });
      return !existsSync(place);
    };
    try {
      const configuration = unpackToken(place, opened.value.files);
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
      return ok({ token: child, discard });
    } catch (fault) {
      discardFolder();
      if (fault instanceof TokenFault) return refuse("RESTORED-TOKEN-DOES-NOT-OPEN");
      throw fault;
    }
  }

  async #open(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<{ bytes: Uint8Array; manifest: Json; files: readonly PackedFile[] }, BackupRefusal>> {
    const { directory } = this.#env;
    if (directory === null) return refuse("NO-BACKUP-DIRECTORY");
    // The name comes out of an outcome that this worker signed; a path would still be none of its backups.
    const bytes = /^[a-z0-9-]+\.claviger-backup$/.test(file) ? findFile(join(directory, file)) : null;
    if (!bytes) return refuse("BACKUP-NOT-FOUND");
    if (aboutArchive(bytes) === null) return refuse("BACKUP-DAMAGED");
    const opened = await openArchive(bytes, secret);
    if (!opened.ok) return refuse(REFUSALS[opened.refusal]);
    const unpacked = unpackFiles(opened.value.plain);
    return unpacked ? ok({ bytes, ...unpacked }) : refuse("BACKUP-DAMAGED");
  }
}

const RESTORED = "restored-";

/** What a worker killed during a restore test has left. */
function clearRestored(directory: string): void {
  for (const name of readdirSync(directory))
    if (name.startsWith(RESTORED)) rmSync(join(directory, name), { recursive: true, force: true });
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
