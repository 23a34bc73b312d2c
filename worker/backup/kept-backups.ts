import { join } from "node:path";
import type { Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import type { BackupOrder, BackupPort, BackupRefusal, KeptBackup, RestoredToken } from "#lib/operations/backup-port";
import { ok, refuse, type Result } from "#lib/result";
import { PROFILES } from "#lib/token/profile";
import type { Token } from "#lib/token/token";
import type { TokenEnv } from "../env";
import type { OtherTokenEnv } from "../other-tokens-file";
import { findFile, putFile, removeFile, removeHalfWritten } from "../own-files";
import { type PackedFile, packFiles, unpackFiles } from "./packed-files";
import { aboutArchive, type ArchiveRefusal, openArchive, sealArchive } from "./sealed-archive";
import { archiveOf, clearRestored, restoreArchive } from "./softhsm-archive";
import { readWrappedKeys, restoreKeys, sweepRestored, wrapKeys } from "./wrapped-keys";

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

const fileOf = (name: string, id: string): string => `${name}-${id.slice(0, 16)}.claviger-backup`;

interface Opened {
  readonly bytes: Uint8Array;
  readonly wrapped: boolean;
  readonly manifest: Json;
  readonly files: readonly PackedFile[];
}

/**
 * Backups in a folder, each one file sealed under the custodians' secret: the whole token where its provider has an archive (for
 * SoftHSM2 its folder, whose keys stay under the token's own PIN as well), or its keys, each wrapped by the token.
 */
export class KeptBackups implements BackupPort {
  readonly #env: BackupsEnv;

  constructor(env: BackupsEnv) {
    this.#env = env;
  }

  begin(): void {
    const { directory } = this.#env;
    if (directory === null) return;
    clearRestored(directory);
    removeHalfWritten(directory);
  }

  async make(
    { name, id, form, manifest, keys }: BackupOrder,
    token: Token,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup, BackupRefusal>> {
    const { directory, token: own } = this.#env;
    if (directory === null) return refuse("NO-BACKUP-DIRECTORY");
    const wrapped = form === "wrapped-keys";
    if (!wrapped && PROFILES[own.profile].backup !== "archive") return refuse("BACKUP-NOT-OFFERED");
    const files = wrapped ? await wrapKeys(token, keys) : ok(archiveOf(own));
    if (!files.ok) return files;
    const about = wrapped ? { backup: name, id, form } : { backup: name, id };
    const sealed = await sealArchive(about, packFiles({ manifest, files: files.value }), secret);
    const file = fileOf(name, id);
    putFile(join(directory, file), sealed);
    return ok({ file, sha256: sha256Hex(sealed), bytes: sealed.length });
  }

  discard(name: string, id: string): Promise<void> {
    const { directory } = this.#env;
    if (directory !== null) removeFile(join(directory, fileOf(name, id)));
    return Promise.resolve();
  }

  async verify(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup & { readonly manifest: Json; readonly files: number }, BackupRefusal>> {
    const opened = await this.#open(file, secret);
    if (!opened.ok) return opened;
    const { bytes, manifest, files, wrapped } = opened.value;
    if (wrapped && !readWrappedKeys(files)) return refuse("BACKUP-DAMAGED");
    return ok({ file, sha256: sha256Hex(bytes), bytes: bytes.length, manifest, files: files.length });
  }

  async restore(
    file: string,
    secret: Uint8Array,
    to: { readonly name: string; readonly token: Token },
  ): Promise<Result<RestoredToken, BackupRefusal>> {
    const { token, others, directory } = this.#env;
    const library = others.find(({ name }) => name === to.name);
    const opened = await this.#open(file, secret);
    if (!opened.ok) return opened;
    const { wrapped, files, bytes } = opened.value;
    if (wrapped) {
      const keys = readWrappedKeys(files);
      return keys ? restoreKeys(keys, sha256Hex(bytes), to.token) : refuse("BACKUP-DAMAGED");
    }
    if (library?.profile !== token.profile) return refuse("TOKEN-OF-ANOTHER-KIND");
    return restoreArchive(directory ?? "", files, token, library);
  }

  sweep(token: Token): Promise<void> {
    return sweepRestored(token);
  }

  async #open(file: string, secret: Uint8Array): Promise<Result<Opened, BackupRefusal>> {
    const { directory } = this.#env;
    if (directory === null) return refuse("NO-BACKUP-DIRECTORY");
    // The name comes out of an outcome that this worker signed; a path would still be none of its backups.
    const bytes = /^[a-z0-9-]+\.claviger-backup$/.test(file) ? findFile(join(directory, file)) : null;
    if (!bytes) return refuse("BACKUP-NOT-FOUND");
    if (aboutArchive(bytes) === null) return refuse("BACKUP-DAMAGED");
    const opened = await openArchive(bytes, secret);
    if (!opened.ok) return refuse(REFUSALS[opened.refusal]);
    const unpacked = unpackFiles(opened.value.plain);
    const { form } = (opened.value.about ?? {}) as { readonly form?: Json };
    return unpacked ? ok({ bytes, wrapped: form === "wrapped-keys", ...unpacked }) : refuse("BACKUP-DAMAGED");
  }
}
