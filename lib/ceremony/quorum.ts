import { hashOf } from "../log/canonical";
import { hex, sha256, utf8 } from "../log/digest";
import { ok, type Result } from "../result";
import type { VerifiedAssertion } from "./assertion";
import { no, type Refusal } from "./refusal";
import { personOf, type Roster } from "./roster";
import type { QuorumRule } from "./script";
import { statementHash, type Statement } from "./statement";

/** One custodian's signed yes to the statement of an opened step. Made by `admit` alone, from a VerifiedAssertion. */
export type Approval = {
  readonly seq: number;
  readonly at: string;
  readonly person: string;
  readonly statement: Statement;
  readonly assertion: VerifiedAssertion;
};

declare const reached: unique symbol;

/** Proof that the people a rule asks for agree to the same thing. Only `reachQuorum` makes one; key operations need one. */
export type Quorum = {
  readonly [reached]: true;
  readonly people: readonly string[];
  readonly approvals: readonly number[];
  /** SHA-256 over who approved which statement, hex: what the operation is authorised by. */
  readonly hash: string;
};

/**
 * The first M approvals by distinct people, once the rule and its groups are met; else QUORUM-REACHED with what is
 * missing. Counts people, never signatures: two passkeys of one person are one person.
 */
export function reachQuorum(rule: QuorumRule, roster: Roster, approvals: readonly Approval[]): Result<Quorum, Refusal> {
  const distinct = approvals.filter((one, i) => approvals.findIndex((other) => other.person === one.person) === i);
  const groups = rule.and ?? [];
  const inGroup = (group: string) => (one: Approval) => personOf(roster, one.person)?.groups.includes(group) ?? false;

  for (const { group, approve } of groups) {
    const members = distinct.filter(inGroup(group)).length;
    if (members < approve) return no("QUORUM-REACHED", { approved: members, needed: approve, group });
  }
  if (distinct.length < rule.approve) return no("QUORUM-REACHED", { approved: distinct.length, needed: rule.approve });

  // Members of the asked-for groups come first, so that the M who authorise always contain them.
  const chosen = new Set(groups.flatMap(({ group, approve }) => distinct.filter(inGroup(group)).slice(0, approve)));
  for (const one of distinct) if (chosen.size < rule.approve) chosen.add(one);
  const quorum = distinct.filter((one) => chosen.has(one));
  return ok({
    people: quorum.map((one) => one.person),
    approvals: quorum.map((one) => one.seq),
    hash: hashOf({
      domain: "claviger/quorum/v1",
      approvals: quorum.map((one) => ({ person: one.person, statement: statementHash(one.statement) })),
    }),
  } as unknown as Quorum);
}

/**
 * The CKA_ID of what an operation makes: SHA-256 over what authorised it (the quorum's hash, or the step's opening for
 * an operation that only reads) and its place in the step. Asked again after a crash, it gives the same id to look for.
 */
export const ckaIdOf = (authority: string, index: number): string =>
  hex(sha256(utf8(`claviger/cka-id/v1\0${authority}\0${String(index)}`)));
