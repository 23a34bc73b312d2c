import type { Ceremony } from "../ceremony/ceremony";
import { endorsementHash, type VerifiedEndorsement } from "../ceremony/endorsement";
import { isOtherDevice, redLines } from "../ceremony/readiness";
import type { GoLine, Readiness } from "../ceremony/stated-readiness";
import { shortPasskey } from "../ceremony/roster";
import type { RecordReadiness } from "./record-document";
import type { Say } from "./record-sentences";

type Told = NonNullable<NonNullable<Readiness["rehearsal"]>["told"]>;

const LINES: { readonly [line in GoLine]: string } = {
  quorum: "Quorum present",
  roles: "Roles free of conflict",
  rehearsal: "Rehearsal passed",
  script: "Script approved",
  hsm: "HSM healthy, and the one expected",
  clocks: "Clocks agree",
  backups: "Backups recent",
  duties: "Duties accepted",
  passkeys: "Passkeys tested",
  room: "Room ready",
  recording: "Recording ready",
};

/** Lines that the rule book decides from the transcript, whatever the opening says of them. */
const DECIDED: readonly GoLine[] = ["roles", "script", "duties", "passkeys"];

/** Who was ready, by their own signatures, and what was found when go was said; undefined where the opening says nothing of it. */
export function readinessOf(ceremony: Ceremony, say: Say): RecordReadiness | undefined {
  const { readiness, script } = ceremony;
  if (!readiness) return undefined;
  const signed = (one: VerifiedEndorsement) => ({
    ...say.person(one.statement.person),
    at: one.statement.at,
    passkey: shortPasskey(one.assertion.credentialId),
    synced: one.assertion.backupEligible,
    backedUp: one.assertion.backedUp,
    statementHash: endorsementHash(one.statement),
  });
  const { rehearsal, hsm } = readiness;
  return {
    duties: script.duties ? { says: script.duties.says, days: script.duties.days, by: readiness.duties.map(signed) } : null,
    tests: readiness.passkeys.map(signed),
    lines: readiness.lines.map(({ line, go, said }) => ({
      title: LINES[line],
      go,
      found: say.text(said),
      word: DECIDED.includes(line) ? "decided by the rules" : "by the word of the app or of whoever opened",
    })),
    rehearsal: rehearsal && rehearsalOf(rehearsal, say),
    device: hsm && { ...hsm, differs: isOtherDevice(ceremony) },
    sentence: sentenceOf(ceremony),
  };
}

function rehearsalOf({ ceremony, head, closedAt, told }: NonNullable<Readiness["rehearsal"]>, say: Say): RecordReadiness["rehearsal"] {
  return {
    ...{ ceremony, head, closedAt },
    told: told
      ? { minutes: told.minutes, people: told.people.map(say.text), differed: told.differed.map((one) => differenceOf(one, say)) }
      : null,
  };
}

function differenceOf({ class: grade, step, happened }: Told["differed"][number], say: Say): string {
  const where = step === null ? "" : ` at step ${step}`;
  return `Deviation of class ${grade}${where}${happened === null ? ", noted by the worker" : `: ${say.text(happened)}`}`;
}

function sentenceOf(ceremony: Ceremony): string {
  if (ceremony.readiness?.lines.length === 0) return "The script asks for no go / no-go.";
  const red = redLines(ceremony);
  if (red.length === 0) return "Every line was green when the ceremony was opened.";
  const named = red.map((line) => LINES[line]).join("; ");
  const ahead = ceremony.mode === "production" ? "No step was opened before a deviation was noted" : "A rehearsal goes on all the same";
  return `Red when the ceremony was opened: ${named}. ${ahead}.`;
}
