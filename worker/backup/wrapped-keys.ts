import { constants, createPrivateKey, generateKeyPair, privateDecrypt, publicEncrypt, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { canonical, parseCanonical } from "#lib/log/canonical";
import { base64url, fromBase64url, fromHex, sha256Hex, utf8 } from "#lib/log/digest";
import { type BackedUpKey, idOf, keyFrom, restoreTemplate } from "#lib/operations/backed-up-keys";
import type { BackupRefusal, RestoredToken } from "#lib/operations/backup-port";
import { KEY_USES } from "#lib/operations/key-order";
import { ok, refuse, type Result } from "#lib/result";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS } from "#lib/token/algorithm";
import { cloneKey } from "#lib/token/clone-key";
import type { KeyTemplate } from "#lib/token/template";
import type { Token, WrappedKey } from "#lib/token/token";
import type { PackedFile } from "./packed-files";

/**
 * Keys that a token has wrapped, in an archive that custodians' halves seal. The backup's own key is an RSA pair made here, whose
 * private half lies in the archive and nowhere else. The token wraps each key to it as it wraps to another token's transport:
 * under a one-time AES key of its own. So it takes no key from outside, which many may not, and this process never has what would
 * open a key and the wrapped key's contents at once: restoring wraps the one-time key anew, for the token that receives it.
 */

const BITS = 3072;
const PRIVATE_HALF = "backup-key.pkcs8";
const RESTORED = "claviger-restored-";
/** As tokens wrap: see `key-transport`. */
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };
const makePair = promisify(generateKeyPair);

const Entry = z.strictObject({
  label: z.string().min(1),
  id: z.string().regex(/^(?:[0-9a-f]{2}){1,32}$/),
  algorithm: z.enum([...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS]),
  usage: z.array(z.enum(KEY_USES)),
  spki: z.string().nullable(),
  wrappingKey: z.string().min(1),
  key: z.string().min(1),
});
type Entry = z.infer<typeof Entry>;

/** The wrapped keys of a backup, with what opens them. */
export interface WrappedKeys {
  readonly privateHalf: KeyObject;
  readonly entries: readonly Entry[];
}

/** Lets the token wrap every key for a new key of this backup. Refuses what `wrapTo` refuses; nothing is kept of a part. */
export async function wrapKeys(token: Token, keys: readonly BackedUpKey[]): Promise<Result<readonly PackedFile[], BackupRefusal>> {
  const { publicKey, privateKey } = await makePair("rsa", { modulusLength: BITS });
  const transport = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
  const files: PackedFile[] = [
    { name: PRIVATE_HALF, bytes: Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" })) },
  ];
  for (const [i, key] of keys.entries()) {
    const found = await token.lookById(idOf(key));
    const template = found.found === "complete" ? restoreTemplate(found.key) : null;
    if (!template) return refuse("TEMPLATE-UNSOUND");
    const wrapped = await token.wrapTo(idOf(key), transport);
    if (!wrapped.ok) return refuse(wrapped.refusal.reason);
    const entry: Entry = {
      label: key.label,
      id: key.id,
      algorithm: template.algorithm,
      usage: KEY_USES.filter((use) => template.usage[use] === true),
      spki: key.spki && base64url(key.spki),
      wrappingKey: base64url(wrapped.value.wrappingKey),
      key: base64url(wrapped.value.key),
    };
    files.push({ name: `key-${String(i + 1)}`, bytes: Uint8Array.from(canonical(entry)) });
  }
  return ok(files);
}

/** The wrapped keys among the files of an opened backup; null when one is not what it should be, or is wrapped for another. */
export function readWrappedKeys(files: readonly PackedFile[]): WrappedKeys | null {
  try {
    const half = files.find(({ name }) => name === PRIVATE_HALF);
    if (!half) return null;
    const privateHalf = createPrivateKey({ key: Buffer.from(half.bytes), format: "der", type: "pkcs8" });
    const entries = files.filter((file) => file !== half).map(({ bytes }) => Entry.parse(parseCanonical(bytes)));
    for (const { wrappingKey } of entries) withWrappingKey(privateHalf, wrappingKey, () => undefined);
    return { privateHalf, entries };
  } catch {
    return null;
  }
}

/** Unwraps one key's wrapping key for as long as `act` takes. Throws for one of another length, or wrapped for somebody else. */
function withWrappingKey<T>(privateHalf: KeyObject, wrapped: string, act: (wrappingKey: Buffer) => T): T {
  const wrappingKey = privateDecrypt({ key: privateHalf, ...OAEP }, fromBase64url(wrapped));
  try {
    if (wrappingKey.length !== 32) throw new RangeError("not an AES-256 key");
    return act(wrappingKey);
  } finally {
    wrappingKey.fill(0);
  }
}

/**
 * Unwraps every key into the token, under a name and an id of its own each, so that nothing on it is touched; `backup` tells one
 * backup from another. Refuses what the token refuses, and takes away what it has unwrapped until then.
 */
export async function restoreKeys(
  { privateHalf, entries }: WrappedKeys,
  backup: string,
  token: Token,
): Promise<Result<RestoredToken, BackupRefusal>> {
  await sweepRestored(token);
  try {
    for (const entry of entries) {
      const source = {
        wrapTo: (_id: Uint8Array, transport: Uint8Array) => Promise.resolve(ok(forTransport(privateHalf, entry, transport))),
      };
      const spki = entry.spki === null ? null : fromBase64url(entry.spki);
      const brought = await cloneKey(source, token, { id: fromHex(entry.id), spki }, templateOf(entry, backup));
      if (brought.ok) continue;
      await sweepRestored(token);
      return refuse(brought.refusal.reason);
    }
  } catch (fault) {
    await sweepRestored(token);
    throw fault;
  }
  const placed = new Map(entries.map((entry) => [entry.id, placeOf(entry, backup)]));
  return ok({
    token,
    keys: () => Promise.all(entries.map((entry) => readRestored(token, entry, placeOf(entry, backup)))),
    idOf: ({ id }) => placed.get(id) ?? fromHex(id),
    async discard() {
      await sweepRestored(token);
      return !(await token.listObjects()).some(({ label }) => label.startsWith(RESTORED));
    },
  });
}

/** Destroys whatever lies on a token under the names that restored keys have for a moment. */
export async function sweepRestored(token: Token): Promise<void> {
  const left = (await token.listObjects()).filter(({ label }) => label.startsWith(RESTORED));
  for (const id of new Map(left.map((object) => [base64url(object.id), object.id])).values()) await token.destroyById(id);
}

/** Wrapped for the token that receives the key: its contents stay wrapped, and only the one-time key is wrapped anew. */
function forTransport(privateHalf: KeyObject, { wrappingKey, key }: Entry, transport: Uint8Array): WrappedKey {
  const to = { key: Buffer.from(transport), format: "der", type: "spki", ...OAEP } as const;
  const again = withWrappingKey(privateHalf, wrappingKey, (plain) => publicEncrypt(to, plain));
  return { wrappingKey: Uint8Array.from(again), key: fromBase64url(key) };
}

const placeOf = ({ id }: Entry, backup: string): Uint8Array => fromHex(sha256Hex(utf8(`${RESTORED}${backup} ${id}`)));

function templateOf(entry: Entry, backup: string): KeyTemplate {
  const id = placeOf(entry, backup);
  const label = `${RESTORED}${base64url(id).slice(0, 16)}`;
  const usage = Object.fromEntries(entry.usage.map((use) => [use, true]));
  return { algorithm: entry.algorithm, label, id, usage, extractable: false, sensitive: true };
}

/** What came back, by the names it has in the backup: kind and fingerprint are the token's own word. */
async function readRestored(token: Token, { label, id, algorithm }: Entry, place: Uint8Array): Promise<BackedUpKey> {
  const found = await token.lookById(place);
  if (found.found !== "complete") return { label, id, algorithm: "none", fingerprint: "none", spki: null };
  const use = found.key.kind === "pair" ? found.key.privateKey : found.key.secretKey;
  const read = await keyFrom(token, use);
  // Where a token hides the length or the curve of a key that was brought in, it was compared by its use before.
  return { ...read, algorithm: use.algorithm ?? algorithm, label, id };
}
