import { dutiesToAccept, endorsementHash, type EndorsementStatement } from "#lib/ceremony/endorsement";
import type { Fact } from "#lib/ceremony/operation";
import type { Role } from "#lib/ceremony/roles";
import type { OperationRequest } from "#lib/ceremony/script";
import { isReserved } from "#lib/ceremony/signing-time";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { statementHash, type Statement } from "#lib/ceremony/statement";
import { canonicalText, hashOf, type Json } from "#lib/log/canonical";
import { commit } from "#lib/log/commitment";
import { hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import type { Carried, CarriedStatement } from "./carried";

/** One person's statement, as this program makes it: its hash is what their passkey is to sign. */
export type SignerReading = {
  readonly name: string;
  readonly role: Role;
  readonly person: string;
  readonly text: string;
  readonly hash: string;
};

/** What does not hold of a statement; facts, which whoever shows them puts into words. */
export type Doubt = "what-hash" | "operation-unknown" | "remark-differs" | "expired" | "reserved" | "duties-hash" | "not-now";

export type Reading =
  | {
      readonly kind: "statement";
      readonly statement: CarriedStatement["statement"];
      /** What each operation will do, in the same words as on the signing sheet; null for one this program does not know. */
      readonly operations: readonly { readonly name: string; readonly sentence: string | null; readonly facts: readonly Fact[] }[];
      readonly remark: string | null;
      readonly signers: readonly SignerReading[];
      readonly doubts: readonly Doubt[];
    }
  | {
      readonly kind: "endorsement";
      readonly statement: EndorsementStatement;
      readonly text: string;
      readonly hash: string;
      readonly doubts: readonly Doubt[];
    }
  | { readonly kind: "sign-in"; readonly hash: string }
  | { readonly kind: "recorder"; readonly organisation: string; readonly token: string; readonly fingerprint: string };

/**
 * What a second screen says of something carried to it. All of it follows from the carried bytes: the sentences from the operations
 * in them, each hash from the text it is the hash of. `now` (UTC) is this device's own clock. Total.
 */
export function readCarried(carried: Carried, now: string): Reading {
  switch (carried.kind) {
    case "statement":
      return readStatement(carried, now);
    case "endorsement":
      return readEndorsement(carried.statement, now);
    case "sign-in":
      return { kind: "sign-in", hash: hex(signInChallenge(carried.nonce)) };
    case "recorder": {
      const { kind, organisation, token, fingerprint } = carried;
      return { kind, organisation, token, fingerprint };
    }
  }
}

function readStatement({ statement, signers, remark }: CarriedStatement, now: string): Reading {
  const operations = statement.what.map((request) => {
    const asked = request as OperationRequest;
    const rules = book.find(asked.operation);
    return {
      name: asked.operation,
      sentence: rules?.sentence(asked, statement.token) ?? null,
      facts: rules?.facts(asked) ?? [],
    };
  });
  const doubts: readonly (readonly [Doubt, boolean])[] = [
    ["what-hash", hashOf(statement.what as unknown as Json) !== statement.whatHash],
    ["operation-unknown", operations.some(({ sentence }) => sentence === null)],
    ["remark-differs", (remark && commit(remark).committed) !== (statement.remark && statement.remark.committed)],
    ["expired", statement.expires <= now],
    ["reserved", isReserved(statement, Date.parse(now))],
  ];
  return {
    kind: "statement",
    statement,
    operations,
    remark: remark?.value ?? null,
    signers: signers.map(({ person, role, name }) => {
      const whole = { ...statement, person, role } as Statement;
      return { person, role, name, text: canonicalText(whole as unknown as Json), hash: statementHash(whole) };
    }),
    doubts: doubts.filter(([, applies]) => applies).map(([doubt]) => doubt),
  };
}

/** A clock may be a little off, and somebody reads for a while before they sign. */
const NOW_MS = 30 * 60_000;

function readEndorsement(statement: EndorsementStatement, now: string): Reading {
  const doubts: readonly (readonly [Doubt, boolean])[] = [
    ["duties-hash", statement.what === "duties" && dutiesToAccept(statement.says).hash !== statement.hash],
    ["not-now", Math.abs(Date.parse(now) - Date.parse(statement.at)) > NOW_MS],
  ];
  return {
    kind: "endorsement",
    statement,
    text: canonicalText(statement),
    hash: endorsementHash(statement),
    doubts: doubts.filter(([, applies]) => applies).map(([doubt]) => doubt),
  };
}
