import { quorumOf, type Ceremony, type Deed, type StepState } from "#lib/ceremony/ceremony";
import type { Approval } from "#lib/ceremony/quorum";
import { shortPasskey } from "#lib/ceremony/roster";
import { statementHash, type Statement } from "#lib/ceremony/statement";
import { statementFor } from "#lib/ceremony/statement-for";
import type { SigningView } from "./room";
import type { Seal } from "./step-view";
import { initialsOf, performersOf, type Names } from "./room-names";

const blank = { state: "waiting", at: null, passkey: null, statementHash: null, verdict: null, remark: null, toSign: null } as const;

/** One seal for each person from whom the step asks something, in the order of the cast; none where it asks one of several. */
export function sealsOf(ceremony: Ceremony, state: StepState, names: Names, asksQuorum: boolean): readonly Seal[] {
  const { step } = state;
  const sealOf = (person: string, found: Partial<Seal> | null): Seal => {
    const { name, role } = names.person(person);
    return { person, name, role, initials: initialsOf(name), ...blank, ...found };
  };
  const signed = (approval: Approval, as: Seal["state"]): Partial<Seal> => ({
    state: as,
    at: approval.at,
    passkey: shortPasskey(approval.assertion.credentialId),
    statementHash: statementHash(approval.statement),
    verdict: approval.statement.verdict,
    remark: approval.statement.remark && names.text(approval.statement.remark),
  });
  const of = <T>(list: readonly T[], is: (one: T) => boolean, make: (one: T) => Partial<Seal>) => {
    const found = list.find(is);
    return found === undefined ? null : make(found);
  };
  const done = (deed: Deed): Partial<Seal> => ({ state: "done", at: deed.at });

  switch (step.kind) {
    case "operation":
      return asksQuorum
        ? performersOf(ceremony, step).map((person) => {
            const refused = of(state.refusals, (one) => one.person === person, (one) => signed(one, "refused"));
            const approved = of(state.approvals, (one) => one.person === person, (one) => signed(one, "approved"));
            return sealOf(person, refused ?? approved ?? toSign(ceremony, state, person));
          })
        : [];
    case "sign-off":
      return performersOf(ceremony, step).map((person) =>
        sealOf(person, of(state.signatures, (one) => one.person === person, (one) =>
          signed(one, one.statement.verdict === "do-not-agree" ? "refused" : "approved")) ?? toSign(ceremony, state, person)));
    case "attendance":
      return ceremony.participants.map(({ person }) =>
        sealOf(person, of(state.deeds, (deed) => deed.kind === "identity-checked" && deed.body.person === person, done)));
    case "check":
      return step.physical
        ? performersOf(ceremony, step).map((person) => sealOf(person, of(state.deeds, (deed) => deed.by === person, done)))
            .filter((seal) => seal.state === "done" || state.status !== "done")
        : [];
    case "statement":
    case "pause":
      return performersOf(ceremony, step).map((person) => sealOf(person, of(state.deeds, (deed) => deed.by === person, done)));
    case "evidence":
      return [];
  }
}

/** What the person would sign by agreeing, so that the wall can show it before their own device does. */
function toSign(ceremony: Ceremony, state: StepState, person: string): Partial<Seal> {
  const statement = agreement(ceremony, state, person);
  return { toSign: statement && statementHash(statement) };
}

function agreement(ceremony: Ceremony, state: StepState, person: string): Statement | null {
  const { kind, step } = state.step;
  if (state.status !== "open" || (kind !== "operation" && kind !== "sign-off")) return null;
  const [act, verdict] = kind === "sign-off" ? (["sign-off", "agree"] as const) : (["approve", null] as const);
  return statementFor(ceremony, person, { act, step, verdict, remark: null });
}

/** What agreeing would sign, with everybody from whom it is still awaited; null where nobody is asked to sign any more. */
export function signingView(ceremony: Ceremony, state: StepState, names: Names, asksQuorum: boolean): SigningView | null {
  if (asksQuorum && quorumOf(ceremony, state).ok) return null;
  const awaited = sealsOf(ceremony, state, names, asksQuorum).filter((seal) => seal.state === "waiting" && seal.toSign !== null);
  const first = awaited[0] && agreement(ceremony, state, awaited[0].person);
  if (!first) return null;
  const { person: _, role: __, ...statement } = first;
  return { statement, signers: awaited.map(({ person, role, name }) => ({ person, role, name })) };
}
