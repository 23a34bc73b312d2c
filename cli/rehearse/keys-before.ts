import { operationsOf, stepsOf, type OperationRequest, type Script } from "#lib/ceremony/script";
import type { Json } from "#lib/log/canonical";
import { sha256, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, shapeOf, type KeyAlgorithm } from "#lib/token/algorithm";
import { obtainKey } from "#lib/token/obtain-key";
import type { KeyUsage } from "#lib/token/template";
import type { Token } from "#lib/token/token";

/** What a key that was there before can do in a rehearsal, if the script does not say what it is for: what is usual in its family. */
const USUAL: Readonly<Record<ReturnType<typeof shapeOf>["family"], KeyUsage>> = {
  RSA: { sign: true },
  EC: { sign: true },
  EC_EDWARDS: { sign: true },
  AES: { encrypt: true, decrypt: true },
  HMAC: { sign: true, verify: true },
};

/**
 * Makes the keys that the script expects to find on the token: an earlier ceremony made the real ones. Only their labels and
 * kinds are theirs; a script that names the fingerprint of a real key cannot be rehearsed on another. Throws when the token
 * refuses one.
 */
export async function makeKeysBefore(token: Token, script: Script): Promise<void> {
  const asked = stepsOf(script).flatMap(operationsOf);
  const isThere = (request: OperationRequest) =>
    book.find(request.operation)?.world?.(request).some(({ event }) => event === "key-identified") ?? false;
  for (const request of asked.filter(isThere)) await makeKey(token, request, asked);
}

async function makeKey(token: Token, { label, algorithm, usage }: OperationRequest, asked: readonly OperationRequest[]): Promise<void> {
  const known = [...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS].find((one): one is KeyAlgorithm => one === algorithm);
  if (typeof label !== "string" || known === undefined) return;
  // A backup of wrapped keys takes every key on the token, or none.
  const extractable = asked.some(
    ({ operation, ...request }) =>
      (operation === "clone-key" && request["label"] === label) || (operation === "backup-token" && request["form"] === "wrapped-keys"),
  );
  const id = sha256(utf8(`claviger/rehearsal/${label}`));
  const made = await obtainKey(token, {
    label,
    algorithm: known,
    id,
    usage: usage === undefined ? USUAL[shapeOf(known).family] : usesIn(usage),
    extractable,
    sensitive: true,
  });
  if (!made.ok) throw new Error(`the token refused to make ${label}: ${made.refusal.reason}`);
}

/** The uses that a request lists; its operation has checked them. */
const usesIn = (usage: Json): KeyUsage => Object.fromEntries((Array.isArray(usage) ? usage : []).map((use) => [use, true])) as KeyUsage;
