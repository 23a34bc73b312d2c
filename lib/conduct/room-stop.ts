import { resumeApprovals } from "#lib/ceremony/admit-resume";
import { peopleThere, type Ceremony, type Deviation, type Stopped } from "#lib/ceremony/ceremony";
import { answerToStop } from "#lib/ceremony/change-step";
import { reachQuorum } from "#lib/ceremony/quorum";
import type { Role } from "#lib/ceremony/roles";
import { shortPasskey } from "#lib/ceremony/roster";
import { statementHash, type Statement } from "#lib/ceremony/statement";
import { statementFor } from "#lib/ceremony/statement-for";
import { quorumIn } from "#lib/words/quorum-in";
import type { Asked } from "./asked";
import type { MyAct } from "./my-act";
import type { GoingOnView, SigningView } from "./room";
import type { Seal } from "./step-view";
import { initialsOf } from "./room-names";

type Answer = { readonly stopped: Stopped; readonly deviation: Deviation; readonly expires: string };

/**
 * The deviation as which the stopped room would go on: one that somebody has agreed to already, else the newest. Null before one
 * is noted, and when the time to agree to it has passed.
 */
export function answerOf({ ceremony, now }: Pick<Asked, "ceremony" | "now">): Answer | null {
  const { stopped, deviations } = ceremony;
  if (!stopped) return null;
  const answers = deviations.flatMap((one): Answer[] => {
    const expires = answerToStop(ceremony, one.seq) && expiryOf(ceremony, one);
    return expires && now <= expires ? [{ stopped, deviation: one, expires }] : [];
  });
  const agreed = answers.findLast(({ deviation }) => resumeApprovals(stopped, deviation.seq).length > 0);
  return agreed ?? answers.at(-1) ?? null;
}

const expiryOf = ({ script }: Ceremony, { at }: Deviation): string =>
  new Date(Date.parse(at) + script.expires.minutes * 60_000).toISOString();

/** Whether the script's quorum agrees to it, so that it takes no more than resuming. */
export const isAgreed = ({ script, roster }: Ceremony, { stopped, deviation }: Answer): boolean =>
  reachQuorum(script.quorum, roster, resumeApprovals(stopped, deviation.seq)).ok;

/** After a stop: first what happened is written down, then custodians agree to going on so, then the ceremony is resumed. */
export function wayOn(asked: Asked, person: string, role: Role): MyAct[] {
  const { ceremony, words } = asked;
  const leads = role === "administrator" || role === "operator";
  const answer = answerOf(asked);
  if (!answer) {
    const passed = ceremony.deviations.some(({ seq }) => answerToStop(ceremony, seq));
    const why = words.of("room")(passed ? "why.stoppedExpired" : "why.stopped");
    // What is noted at a step whose sheet stands open completes that sheet, which is not about the stop.
    const at = ceremony.stopped?.step ?? null;
    return leads ? [{ act: "note-deviation", step: at === ceremony.openSheet?.step ? null : at, why }] : [];
  }
  const { stopped, deviation } = answer;
  if (isAgreed(ceremony, answer)) return leads ? [{ act: "resume", deviation: deviation.seq }] : [];
  const did = resumeApprovals(stopped, deviation.seq).some((one) => one.person === person);
  return role === "custodian" && !did ? [{ act: "approve-resume", step: stopped.step, deviation: deviation.seq }] : [];
}

/** How many of how many agree to going on, and who; null before there is something to agree to. */
export function goingOnView(asked: Asked): GoingOnView | null {
  const { ceremony, words } = asked;
  const answer = answerOf(asked);
  if (!answer) return null;
  const { stopped, deviation, expires } = answer;
  return {
    step: stopped.step,
    deviation: deviation.seq,
    sheet: deviation.number,
    head: deviation.hash,
    stop: stopped.hash,
    needed: ceremony.script.quorum.approve,
    rule: quorumIn(words, ceremony.script.quorum),
    seals: sealsOfGoingOn(asked, answer),
    expires,
  };
}

/** One seal for each custodian who is there or has agreed. */
function sealsOfGoingOn({ ceremony, names }: Asked, answer: Answer): readonly Seal[] {
  const approvals = resumeApprovals(answer.stopped, answer.deviation.seq);
  const there = peopleThere(ceremony, ["custodian"]);
  const people = ceremony.participants.map(({ person }) => person);
  return people.flatMap((person): Seal[] => {
    const signed = approvals.find((one) => one.person === person);
    if (!signed && !there.includes(person)) return [];
    const { name, role } = names.person(person);
    const toSign = signed ? null : agreementToGoOn(ceremony, answer, person);
    return [
      {
        ...{ person, name, role, initials: initialsOf(name), verdict: null, remark: null },
        state: signed ? "approved" : "waiting",
        at: signed?.at ?? null,
        passkey: signed ? shortPasskey(signed.assertion.credentialId) : null,
        statementHash: signed ? statementHash(signed.statement) : null,
        toSign: toSign && statementHash(toSign),
      },
    ];
  });
}

const agreementToGoOn = (ceremony: Ceremony, { stopped, deviation }: Answer, person: string): Statement | null =>
  statementFor(ceremony, person, { act: "approve-resume", step: stopped.step, verdict: null, remark: null, deviation: deviation.seq });

/** What agreeing to going on would sign, with everybody who still may; null where nobody is asked to. */
export function signingToGoOn(asked: Asked): SigningView | null {
  const { ceremony } = asked;
  const answer = answerOf(asked);
  if (!answer || isAgreed(ceremony, answer)) return null;
  const awaited = sealsOfGoingOn(asked, answer).filter(({ state }) => state === "waiting");
  const first = awaited[0] && agreementToGoOn(ceremony, answer, awaited[0].person);
  if (!first) return null;
  const { person: _, role: __, ...statement } = first;
  return { statement, signers: awaited.map(({ person, role, name }) => ({ person, role, name })) };
}
