import { join } from "node:path";
import { Roster as RosterSchema } from "#lib/ceremony/roster.schema";
import type { Mode } from "#lib/ceremony/roles";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { canonical, canonicalText, hashOf, parseCanonical, type Json } from "#lib/log/canonical";
import { base64url, fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import { Malformed } from "#lib/x509/malformed";
import { allFromPem, fromPem, toPem } from "#lib/x509/pem";
import { fileNames, findFile, isOpenToAll, putFile, removeFile, removeHalfWritten, writtenAt } from "./own-files";
import type { PinSource } from "./token/pin-source";

/**
 * The last entry of a ceremony that the worker has verified; `closed` spares it the ceremonies that are over, and `record` is the
 * SHA-256 of the record it has sealed of one.
 */
export interface SeenHead {
  readonly seq: number;
  readonly hash: string;
  readonly closed: boolean;
  readonly record: string | null;
}

/**
 * A roster that a person at this worker's own console trusted, or that the quorum of one trusted before endorsed; sealed by the recorder
 * key so that no other hand can add one.
 */
export interface PinnedRoster {
  readonly hash: string;
  readonly roster: Roster;
  readonly trustedAt: string;
}

/**
 * What a person at this worker's own console trusted, as its event tells it: which kind of thing, its hash or fingerprint, and when where that
 * is not the same at each try.
 */
export type TrustedAtConsole = { readonly at?: string } & (
  | { readonly what: "roster"; readonly sha256: string; readonly mode: Mode; readonly version: number }
  | { readonly what: "log"; readonly sha256: string; readonly origin: string; readonly size: number }
  | { readonly what: "recorder" | "organisation-certificate"; readonly sha256: string }
);

/** The worker's memory is damaged: a person must look. Never taken for "nothing there". */
export class MemoryFault extends Error {
  override readonly name = "MemoryFault";
}

const SEAL_DOMAIN = "claviger/pinned-roster/v1\0";

/**
 * What the worker knows of itself, on its own disk, out of reach of app and database: who it trusts and what it has seen. Every
 * file is written whole or not at all.
 */
export class WorkerMemory {
  readonly #folder: string;

  /** Throws MemoryFault for a folder that anybody on this host may write to: whom to trust would be theirs to say. */
  constructor(folder: string) {
    if (isOpenToAll(folder)) throw new MemoryFault(`everybody on this host may write to ${folder}: chmod o-w ${folder}`);
    this.#folder = folder;
  }

  /** The head this worker saw last, or null for a ceremony it never saw. */
  head(ceremony: string): SeenHead | null {
    const value = this.#read(["heads", `${ceremony}.json`]);
    if (value === null) return null;
    const { seq, hash, closed, record } = value as { [member: string]: Json };
    if (typeof seq !== "number" || typeof hash !== "string" || typeof closed !== "boolean") throw new MemoryFault(`the head of ${ceremony} is unreadable`);
    return { seq, hash, closed, record: typeof record === "string" ? record : null };
  }

  sawHead(ceremony: string, { seq, hash, closed, record }: SeenHead): void {
    this.#write(["heads", `${ceremony}.json`], { seq, hash, closed, record });
  }

  /** Each ceremony whose record this worker has sealed, with the record's SHA-256. */
  sealedRecords(): { readonly ceremony: string; readonly record: string }[] {
    const ceremonies = fileNames(this.#path("heads"), ".json").map((name) => name.slice(0, -".json".length));
    return ceremonies.flatMap((ceremony) => {
      const record = this.head(ceremony)?.record ?? null;
      return record === null ? [] : [{ ceremony, record }];
    });
  }

  /** The openings of steps, by hash, that this worker saw in a ceremony while they lay ahead of its clock; each is kept for good. */
  sawAhead(ceremony: string, openings: readonly string[]): void {
    const before = this.#ahead(ceremony);
    const all = [...new Set([...before, ...openings])];
    if (all.length > before.length) this.#write(["ahead", `${ceremony}.json`], all);
  }

  wasAhead(ceremony: string, opening: string): boolean {
    return this.#ahead(ceremony).includes(opening);
  }

  #ahead(ceremony: string): readonly string[] {
    const value = this.#read(["ahead", `${ceremony}.json`]) ?? [];
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) throw new MemoryFault(`what lay ahead in ${ceremony} is unreadable`);
    return value;
  }

  /** The pinned roster of that hash, or null. Throws MemoryFault when the file is there and its seal does not hold. */
  async pinnedRoster(hash: string, recorderSpki: Uint8Array, verifier: SignatureVerifier): Promise<PinnedRoster | null> {
    const value = this.#read(["rosters", `${hash}.json`]);
    if (value === null) return null;
    const { roster, trustedAt, seal } = value as { [member: string]: Json };
    const parsed = RosterSchema.safeParse(roster);
    if (!parsed.success || typeof trustedAt !== "string" || typeof seal !== "string" || rosterHash(parsed.data) !== hash) {
      throw new MemoryFault(`the pinned roster ${hash} is unreadable`);
    }
    const pinned = { hash, roster: parsed.data, trustedAt };
    if (!(await verifier.verify("ES256", recorderSpki, sealedBytes(pinned), fromBase64url(seal)))) {
      throw new MemoryFault(`the seal of the pinned roster ${hash} does not hold`);
    }
    return pinned;
  }

  /** Pins a roster under the seal that `sign` makes with the recorder key. */
  async pinRoster(roster: Roster, trustedAt: string, sign: (bytes: Uint8Array) => Promise<Uint8Array>): Promise<void> {
    const hash = rosterHash(roster);
    const seal = base64url(await sign(sealedBytes({ hash, roster, trustedAt })));
    this.#write(["rosters", `${hash}.json`], { roster: roster as unknown as Json, trustedAt, seal });
  }

  /** The one of the highest version among a mode's pinned rosters, null before the first. Throws MemoryFault as `pinnedRoster` does. */
  async newestPinned(mode: Mode, recorderSpki: Uint8Array, verifier: SignatureVerifier): Promise<PinnedRoster | null> {
    const pinned = await Promise.all(this.pinnedHashes().map((hash) => this.pinnedRoster(hash, recorderSpki, verifier)));
    const ofMode = pinned.filter((one) => one?.roster.mode === mode);
    return ofMode.sort((a, b) => (b?.roster.version ?? 0) - (a?.roster.version ?? 0))[0] ?? null;
  }

  isPinned(hash: string): boolean {
    return findFile(this.#path("rosters", `${hash}.json`)) !== null;
  }

  pinnedHashes(): string[] {
    return fileNames(this.#path("rosters"), ".json").map((name) => name.slice(0, -".json".length));
  }

  /**
   * A person at the console has trusted a roster; the worker, which has the token, will pin it. Whoever can write here could as
   * well read the PIN: this folder is the worker's own.
   */
  askToPin(roster: Roster, trustedAt: string): void {
    this.#write(["to-pin", `${rosterHash(roster)}.json`], { roster: roster as unknown as Json, trustedAt });
  }

  /** What was asked so far, and forgets each once `pin` has run for it and it is to be told. */
  async pinAsked(pin: (roster: Roster, trustedAt: string) => Promise<void>): Promise<void> {
    for (const name of fileNames(this.#path("to-pin"), ".json")) {
      const { roster, trustedAt } = this.#read(["to-pin", name]) as { [member: string]: Json };
      const parsed = RosterSchema.safeParse(roster);
      if (!parsed.success || typeof trustedAt !== "string") throw new MemoryFault(`the roster to be pinned, ${name}, is unreadable`);
      await pin(parsed.data, trustedAt);
      const { mode, version } = parsed.data;
      this.toTell({ what: "roster", sha256: rosterHash(parsed.data), mode, version, at: trustedAt });
      removeFile(this.#path("to-pin", name));
    }
  }

  /** That the audit trail is to say of something that it was trusted here; written before it is, so that no end in between hides it. */
  toTell(trusted: TrustedAtConsole): void {
    this.#write(["to-tell", `${hashOf(trusted)}.json`], trusted);
  }

  /** What the audit trail has not said yet, each by the name that `told` takes. Throws MemoryFault for a file that cannot be read. */
  untold(): { readonly name: string; readonly trusted: TrustedAtConsole }[] {
    return fileNames(this.#path("to-tell"), ".json").map((name) => ({ name, trusted: this.#read(["to-tell", name]) as TrustedAtConsole }));
  }

  told(name: string): void {
    removeFile(this.#path("to-tell", name));
  }

  certificate(name: "trust-anchor" | "record-signing"): Uint8Array | null {
    const pem = findFile(this.#path(`${name}.pem`));
    return pem && fromPem(new TextDecoder().decode(pem), "CERTIFICATE");
  }

  keepCertificate(name: "trust-anchor" | "record-signing", der: Uint8Array): void {
    putFile(this.#path(`${name}.pem`), toPem("CERTIFICATE", der));
  }

  /** Where `keepCertificate` puts it, for people to copy. */
  certificatePath(name: "trust-anchor" | "record-signing"): string {
    return this.#path(`${name}.pem`);
  }

  /** Certificates of the recorder's key by an organisation, each with those above it. Answers where. */
  keepOrganisationChain(chain: readonly Uint8Array[]): string {
    const path = this.#path(`organisation-${sha256Hex(chain[0] ?? new Uint8Array()).slice(0, 16)}.pem`);
    putFile(path, chain.map((der) => toPem("CERTIFICATE", der)).join(""));
    return path;
  }

  /** All that are kept, in no order; worth what the worker finds of them when it uses one. What is no PEM file is none. */
  organisationChains(): Uint8Array[][] {
    return fileNames(this.#folder, ".pem").filter((name) => name.startsWith("organisation-")).map((name) => {
      try {
        return allFromPem(new TextDecoder().decode(findFile(this.#path(name)) ?? new Uint8Array()), "CERTIFICATE");
      } catch (fault) {
        if (fault instanceof Malformed) return [];
        throw fault;
      }
    });
  }

  /** Whether `claviger init` began to make the recorder here, and did not come to its end. */
  get isMakingRecorder(): boolean {
    return findFile(this.#path("making-recorder")) !== null;
  }

  noteMakingRecorder(at: string): void {
    putFile(this.#path("making-recorder"), `${at}\n`);
  }

  noteRecorderMade(): void {
    removeFile(this.#path("making-recorder"));
  }

  /** Set at the first refusal of the PIN, so that a supervisor that starts the worker again does not lock the token. */
  get pinRefusedPath(): string {
    return this.#path("pin-refused");
  }

  /** The same for another token, by its name. */
  wasPinRefused(other?: string): boolean {
    return findFile(this.#pinRefused(other)) !== null;
  }

  notePinRefused(at: string, other?: string): void {
    putFile(this.#pinRefused(other), `${at}\n`);
  }

  /** Custodians have set another PIN for that token: the old one's refusal is no news any more, and its file is out of date. */
  notePinChanged(at: string, other: string): void {
    putFile(this.#path(`pin-changed-${other}`), `${at}\n`);
    if (this.wasPinRefused(other)) removeFile(this.#pinRefused(other));
  }

  /** Whether a PIN file was written before custodians set another PIN: offering it would be a wrong try, and each may be the last. */
  isPinStale(other: string, source: PinSource): boolean {
    const changed = findFile(this.#path(`pin-changed-${other}`));
    if (changed === null || !("file" in source)) return false;
    return writtenAt(source.file) < Date.parse(new TextDecoder().decode(changed).trim());
  }

  /** Written before the first destruction of an operation, by its CKA_ID: from here on it may have begun. */
  noteBegun(ckaId: string, at: string): void {
    putFile(this.#path("begun", ckaId), `${at}\n`);
  }

  hasBegun(ckaId: string): boolean {
    return findFile(this.#path("begun", ckaId)) !== null;
  }

  /** Its outcome, or its failure, is in the transcript. */
  forgetBegun(ckaId: string): void {
    if (this.hasBegun(ckaId)) removeFile(this.#path("begun", ckaId));
  }

  /** A person at the console knows that a device of this ceremony does not come back: its intent may be closed unseen. */
  giveUp(ceremony: string, at: string): void {
    putFile(this.#path("given-up", ceremony), `${at}\n`);
  }

  isGivenUp(ceremony: string): boolean {
    return findFile(this.#path("given-up", ceremony)) !== null;
  }

  /** Takes away what was being written when a worker was killed. */
  clearHalfWritten(): void {
    for (const folder of ["", "heads", "ahead", "rosters", "to-pin", "to-tell", "begun", "given-up"]) removeHalfWritten(this.#path(folder));
  }

  #pinRefused(other: string | undefined): string {
    return other === undefined ? this.pinRefusedPath : `${this.pinRefusedPath}-${other}`;
  }

  #path(...names: string[]): string {
    return join(this.#folder, ...names);
  }

  #read(names: string[]): Json {
    const bytes = findFile(this.#path(...names));
    if (bytes === null) return null;
    try {
      return parseCanonical(bytes);
    } catch {
      throw new MemoryFault(`${names.join("/")} is unreadable`);
    }
  }

  #write(names: string[], value: Json): void {
    putFile(this.#path(...names), canonicalText(value));
  }
}

function sealedBytes({ hash, roster, trustedAt }: PinnedRoster): Uint8Array {
  const domain = utf8(SEAL_DOMAIN);
  const body = canonical({ hash, mode: roster.mode, version: roster.version, trustedAt });
  const bytes = new Uint8Array(domain.length + body.length);
  bytes.set(domain);
  bytes.set(body, domain.length);
  return bytes;
}
