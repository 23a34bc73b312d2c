import { ok, type Result } from "../result";
import type { Ceremony, Participant } from "./ceremony";
import { isWithinDays } from "./days";
import { checkEndorsement, checkEndorsements, dutiesToAccept, passkeyToTest, type VerifiedEndorsement } from "./endorsement";
import { GO_LINES } from "./readiness.schema";
import { checkPasskey } from "./passkey-policy";
import { no, type Refusal } from "./refusal";
import { passkeyOf, personOf, type Roster } from "./roster";
import type { Script } from "./script";
import type { GoLine } from "./stated-readiness";

/** Whom and what readiness is about. */
type Asking = Pick<Ceremony, "script" | "roster" | "mode" | "readiness">;

/**
 * Whether what an opening says of its readiness may be said, and suffices: every statement in it counts, each person's and each
 * passkey's once; in production each custodian of the cast is ready, and the go / no-go is there where the script asks for one.
 * A rehearsal carries what there is, and nothing is demanded. Refuses ENDORSEMENT-*, PASSKEY-POLICY, DUTIES-ACCEPTED,
 * PASSKEYS-TESTED, GO-NO-GO.
 */
export function checkReadiness(asking: Asking, cast: readonly Participant[], at: string): Result<null, Refusal> {
  const counts = checkStatements(asking, at);
  if (!counts.ok) return counts;
  for (const { person, role } of cast) {
    const why = role === "custodian" ? whyNotReady(asking, person, at) : null;
    if (why) return { ok: false, refusal: why };
  }
  return checkLines(asking, at);
}

function checkStatements({ script, roster, readiness }: Asking, at: string): Result<null, Refusal> {
  if (!readiness) return ok(null);
  const { duties, passkeys } = readiness;
  const accepted = checkEndorsements(dutiesToAccept(script.duties?.says ?? ""), roster, duties, at);
  if (!accepted.ok) return accepted;
  const tested = new Set<string>();
  for (const one of passkeys) {
    const { credentialId } = one.assertion;
    const found = passkeyOf(roster, credentialId);
    if (!found) return no("PASSKEY-ROSTER", { passkey: credentialId });
    const counts = checkEndorsement(passkeyToTest(found.passkey, nonceOf(one)), roster, one, at);
    if (!counts.ok) return counts;
    if (tested.has(credentialId)) return no("ENDORSEMENT-DISTINCT", { person: found.person.person, passkey: credentialId });
    tested.add(credentialId);
  }
  return ok(null);
}

const nonceOf = ({ statement }: VerifiedEndorsement): string => (statement.what === "passkey" ? statement.nonce : "");

/**
 * Why this person may not be a custodian of this ceremony at that moment, or null when they may: a passkey of the kind that the
 * script admits, the script's duties accepted, such a passkey tested, each lately enough. Asked of the cast when a ceremony opens
 * and of whoever takes somebody's place later. Only production asks.
 */
export function whyNotReady({ script, roster, mode, readiness }: Asking, person: string, at: string): Refusal | null {
  if (mode !== "production") return null;
  const { duties, passkeys } = script;
  const refusal = (result: Result<unknown, Refusal>) => (result.ok ? null : result.refusal);
  const fits = (personOf(roster, person)?.passkeys ?? []).map((passkey) => checkPasskey(passkeys, passkey, null));
  const first = fits[0];
  if (first && !fits.some((one) => one.ok)) return refusal(first);
  if (duties) {
    const signed = latest(readiness?.duties ?? [], person);
    if (signed === null || !isWithinDays(signed, duties.days, at)) return refusal(no("DUTIES-ACCEPTED", { person, signed, days: duties.days }));
  }
  if (passkeys?.tested) {
    const tests = (readiness?.passkeys ?? []).filter((one) => isOfKind(script, roster, one));
    const tested = latest(tests, person);
    const { days } = passkeys.tested;
    if (tested === null || !isWithinDays(tested, days, at)) return refusal(no("PASSKEYS-TESTED", { person, tested, days }));
  }
  return null;
}

const latest = (statements: readonly VerifiedEndorsement[], person: string): string | null =>
  statements
    .filter(({ statement }) => statement.person === person)
    .map(({ statement }) => statement.at)
    .sort()
    .at(-1) ?? null;

function isOfKind(script: Script, roster: Roster, { assertion }: VerifiedEndorsement): boolean {
  const found = passkeyOf(roster, assertion.credentialId);
  return found !== null && checkPasskey(script.passkeys, found.passkey, assertion).ok;
}

/** Each line once; in production, where the script asks for a go / no-go, all of them, and the rehearsal that it asks for named. */
function checkLines({ script, mode, readiness }: Asking, at: string): Result<null, Refusal> {
  const lines = (readiness?.lines ?? []).map(({ line }) => line);
  const twice = lines.find((line, i) => lines.indexOf(line) !== i);
  if (twice !== undefined) return no("GO-NO-GO", { line: twice, problem: "stated twice" });
  if (mode !== "production" || !script.goNoGo) return ok(null);
  const missing = GO_LINES.find((line) => !lines.includes(line));
  if (missing !== undefined) return no("GO-NO-GO", { line: missing, problem: "not stated" });
  if (script.rehearsed) {
    const { days } = script.rehearsed;
    const closedAt = readiness?.rehearsal?.closedAt ?? "";
    if (!isWithinDays(closedAt, days, at) || closedAt > at) return no("GO-NO-GO", { line: "rehearsal", problem: "none is named", days });
  }
  return ok(null);
}

/** Whether the recorder is attached to another device, or another firmware, than the opening says is expected. */
export const isOtherDevice = ({ recorder, readiness }: Pick<Ceremony, "recorder" | "readiness">): boolean =>
  recorder !== null &&
  readiness?.hsm != null &&
  (recorder.token.serial !== readiness.hsm.serial || recorder.token.firmware !== readiness.hsm.firmware);

/** The lines that are red, as the opening states them and as the recorder found the device since. */
export function redLines(ceremony: Pick<Ceremony, "recorder" | "readiness">): readonly GoLine[] {
  const stated = (ceremony.readiness?.lines ?? []).filter(({ go }) => !go).map(({ line }) => line);
  return isOtherDevice(ceremony) && !stated.includes("hsm") ? [...stated, "hsm"] : stated;
}

/**
 * The red lines that nobody has answered yet: going ahead on red needs a deviation that a person noted since, before any step is
 * opened. A device that turns out to be another one is answered after the recorder said so. None in a rehearsal.
 */
export function unansweredLines(ceremony: Ceremony): readonly GoLine[] {
  const red = ceremony.mode === "production" ? redLines(ceremony) : [];
  const since = isOtherDevice(ceremony) ? (ceremony.recorder?.seq ?? 0) : 0;
  const answered = ceremony.deviations.some(({ seq, body }) => seq > since && "expected" in body);
  return answered ? [] : red;
}
