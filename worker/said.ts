import { blockSentence } from "./blocks";
import type { Block } from "./followed-ceremony";
import type { Said } from "./health";

// Everything a worker says of itself, whole. What people read in their own language is made of the same in lib/conduct/health-sentence;
// lib/words/en/worker-health.ts has these sentences once more, and a test holds them equal.

export const STANDING_BY: Said = { of: "standing-by", sentence: "Another worker serves this token; this one stands by to take over." };
export const STOPPED: Said = { of: "stopped", sentence: "The worker was stopped." };
export const NO_RECORDER: Said = {
  of: "no-recorder",
  sentence: "This worker has no recorder key yet. Run on the worker's host: claviger init",
};
export const SEALING: Said = { of: "sealing", sentence: "The worker is at work: sealing a record." };

export const onBreak = (serial: string, on: readonly string[]): Said => ({
  of: "on-break",
  sentence: `The worker is logged out of token ${serial}: ceremony ${on.join(", ")} is on a break.`,
  values: { serial, ceremonies: on.join(", ") },
});

export const tokenHeld = (serial: string): Said => ({
  of: "token-held",
  sentence: [
    `Another process on this worker's host holds token ${serial}. The worker goes on when it lets go.`,
    "On Linux, as root, ss -xlp shows it beside @claviger-token.",
  ].join(" "),
  values: { serial },
});

export const tokenSilent = (serial: string, why: string): Said => ({
  of: "token-silent",
  sentence: `Token ${serial} does not answer (${why}). The worker goes on by itself when it is back.`,
  values: { serial, why },
});

export const pinRefused = (path: string): Said => ({
  of: "pin-refused",
  sentence: `The token refused the PIN, and the worker will not try again. Correct the PIN, then remove ${path}`,
  values: { path },
});

export const busyWith = (doing: string): Said => ({ of: "busy", sentence: `The worker is at work: ${doing}.`, values: { doing } });

export const troubled = (why: string): Said => ({
  of: "trouble",
  sentence: `The worker met a fault it does not know (${why}) and will look again. Its log says more.`,
  values: { why },
});

export const logStopped = (why: string): Said => ({
  of: "log-stopped",
  sentence: [
    `Nothing more is put into the log: ${why}.`,
    "Keep the database as it is and compare it with its backups and with what monitors hold.",
  ].join(" "),
  values: { why },
});

export const logUnknown = (origin: string): Said => ({
  of: "log-unknown",
  sentence: [
    `Nothing is put into the log ${origin}: this worker remembers nothing of it, and nobody has said at its console what it was.`,
    "Run on the worker's host: claviger log trust",
  ].join(" "),
  values: { origin },
});

export const logDiffers = (what: string, count: number): Said => ({
  of: "log-differs",
  sentence: [
    `What the database keeps is not what the log says of it (${what}; ${String(count)} in all).`,
    "Treat it as an attack on the database: keep it as it is. On the worker's host, claviger log check names every row.",
  ].join(" "),
  values: { what, count: String(count) },
});

export const watching = (serial: string): Said => ({
  of: "ready",
  sentence: `The worker watches over token ${serial}.`,
  values: { serial },
});

const NEW_CERTIFICATE = "On its host: claviger recorder request; let the authority issue a new one; then claviger recorder certify.";

/** All is well, but not for long: the certificate under which it seals ends within so many days, and is good on `day` for the last time. */
export const certificateEnds = (serial: string, day: string, within: number): Said => ({
  of: "certificate-ends",
  sentence: [
    `The worker watches over token ${serial}. Within ${String(within)} days, on ${day}, a certificate under which it seals records ends.`,
    NEW_CERTIFICATE,
  ].join(" "),
  values: { serial, day, within: String(within) },
});

/** A certificate under which it seals has ended, its own or the one above it: `day` was the last on which it was good. */
export const certificateEnded = (serial: string, day: string): Said => ({
  of: "certificate-ended",
  sentence: [
    `The worker watches over token ${serial}. A certificate under which it seals records has ended: its last day was ${day}.`,
    `The verifier refuses a record that is sealed now. ${NEW_CERTIFICATE}`,
  ].join(" "),
  values: { serial, day },
});

/** Its environment names an organisation, and none of its certificates is good. */
export const certificateGone = (serial: string): Said => ({
  of: "certificate-gone",
  sentence: [
    `The worker watches over token ${serial}. No certificate by the organisation that its environment names is good now: it seals under its own authority alone.`,
    NEW_CERTIFICATE,
  ].join(" "),
  values: { serial },
});

/** That the worker does not go on with a ceremony, and what people can do about it. */
export function blocked(block: Block): Said {
  const { sentence, remedy } = blockSentence(block);
  const values = Object.entries(block.facts).map(([name, value]) => [name, String(value)] as const);
  return { of: block.code, sentence: `${sentence} ${remedy}`, values: Object.fromEntries(values) };
}
