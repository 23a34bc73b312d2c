import { createPublicKey, verify } from "node:crypto";
import { readEntry } from "#lib/ceremony/entry";
import { replay } from "#lib/ceremony/replay";
import { fromBase64url, sha256 } from "#lib/log/digest";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { figure, median, millisecondsOf } from "./figure";
import { benchBook, longTranscript } from "./long-transcript";

const ENTRIES = 10_000;
const ROUNDS = 5;

/**
 * Deciding a long transcript anew (canonical form, chain, every assertion, every rule) against a bare `crypto.verify` loop
 * over the same assertions, in turn, so that a drifting machine drifts for both.
 */
export async function benchReplay(): Promise<void> {
  const transcript = await longTranscript(ENTRIES);
  const checks = signaturesIn(transcript);
  const bare = () => {
    for (const { key, data, signature } of checks)
      if (!verify("sha256", data, key, signature)) throw new Error("does not verify");
    return Promise.resolve();
  };
  const whole = async () => {
    const decided = await replay(webCryptoVerifier, benchBook, transcript);
    if (!decided.ok) throw new Error(JSON.stringify(decided.refusal));
  };
  const took: { whole: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    took.push({ whole: await millisecondsOf(whole), bare: await millisecondsOf(bare) });

  const replayed = median(took.map((one) => one.whole));
  figure("replay.entries", transcript.length, "entries");
  figure("replay.assertions", checks.length, "assertions");
  figure("replay.rate", (transcript.length / replayed) * 1000, "entries/s");
  figure("replay.bare_verify_rate", (checks.length / median(took.map((one) => one.bare))) * 1000, "assertions/s");
  figure("replay.time_over_bare_verify", median(took.map((one) => one.whole / one.bare)), "ratio");
}

function signaturesIn(transcript: readonly Uint8Array[]) {
  const read = transcript.map((bytes) => readEntry(bytes));
  const first = read[0]?.ok ? read[0].value.entry : null;
  if (first?.kind !== "ceremony-opened") throw new Error("no opening");
  const passkeys = first.body.roster.people.flatMap((person) => person.passkeys);
  const keys = new Map(
    passkeys.map(({ id, spki }) => [id, createPublicKey({ key: Buffer.from(fromBase64url(spki)), format: "der", type: "spki" })]),
  );
  return read.flatMap((result) => {
    const entry = result.ok ? result.value.entry : null;
    if (entry?.kind !== "step-approved" && entry?.kind !== "signed-off") return [];
    const { credentialId, authenticatorData, clientDataJSON, signature } = entry.body.assertion;
    const key = keys.get(credentialId);
    if (!key) throw new Error("no such passkey");
    const data = Buffer.concat([fromBase64url(authenticatorData), sha256(fromBase64url(clientDataJSON))]);
    return [{ key, data, signature: fromBase64url(signature) }];
  });
}
