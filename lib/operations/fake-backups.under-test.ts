import { canonicalText, type Json } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { type FakeFlaws, FakeToken, FakeTokenMemory } from "#lib/token/fake-token.under-test";
import { PROFILES } from "#lib/token/profile";
import type { Token } from "#lib/token/token";
import { idOf, keysOn } from "./backed-up-keys";
import type { BackupOrder, BackupPort, BackupRefusal, KeptBackup, RestoredToken } from "./backup-port";

interface Kept {
  readonly secret: string;
  readonly manifest: Json;
  readonly token: FakeTokenMemory;
}

/** Backups in the memory of a test: copies of what the token holds, told apart by the secret they were made with. */
export class FakeBackups implements BackupPort {
  readonly kept = new Map<string, Kept>();
  discards = true;
  /** In what the token falls short that a backup is restored into. */
  flaws: FakeFlaws = {};
  readonly #memory: FakeTokenMemory;

  constructor(memory: FakeTokenMemory) {
    this.#memory = memory;
  }

  make({ name, id, manifest }: BackupOrder, _token: Token, secret: Uint8Array): Promise<Result<KeptBackup, BackupRefusal>> {
    const file = `${name}-${id.slice(0, 16)}.claviger-backup`;
    this.kept.set(file, { secret: textOf(secret), manifest, token: copyOf(this.#memory) });
    return Promise.resolve(ok(this.#said(file, manifest)));
  }

  verify(
    file: string,
    secret: Uint8Array,
  ): Promise<Result<KeptBackup & { readonly manifest: Json; readonly files: number }, BackupRefusal>> {
    const kept = this.#open(file, secret);
    return Promise.resolve(
      kept.ok ? ok({ ...this.#said(file, kept.value.manifest), manifest: kept.value.manifest, files: 1 }) : kept,
    );
  }

  restore(file: string, secret: Uint8Array): Promise<Result<RestoredToken, BackupRefusal>> {
    const kept = this.#open(file, secret);
    return Promise.resolve(
      kept.ok ? ok(this.#restored(new FakeToken(copyOf(kept.value.token), PROFILES.softhsm2, this.flaws))) : kept,
    );
  }

  #restored(token: Token): RestoredToken {
    return { token, keys: () => keysOn(token), idOf, discard: () => Promise.resolve(this.discards) };
  }

  begin(): void {
    // Nothing in memory outlives a process.
  }

  discard(name: string, id: string): Promise<void> {
    this.kept.delete(`${name}-${id.slice(0, 16)}.claviger-backup`);
    return Promise.resolve();
  }

  sweep(): Promise<void> {
    return Promise.resolve();
  }

  #open(file: string, secret: Uint8Array): Result<Kept, BackupRefusal> {
    const kept = this.kept.get(file);
    if (!kept) return refuse("BACKUP-NOT-FOUND");
    return kept.secret === textOf(secret) ? ok(kept) : refuse("BACKUP-KEY-WRONG");
  }

  #said(file: string, manifest: Json): KeptBackup {
    const text = canonicalText(manifest);
    return { file, sha256: sha256Hex(utf8(text)), bytes: text.length };
  }
}

const textOf = (secret: Uint8Array): string => new TextDecoder().decode(secret);

function copyOf(memory: FakeTokenMemory): FakeTokenMemory {
  const copy = new FakeTokenMemory(memory.label, memory.serial);
  copy.objects = [...memory.objects];
  return copy;
}
