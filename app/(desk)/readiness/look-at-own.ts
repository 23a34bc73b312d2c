import { dutiesToAccept, endorsementFor, passkeyToTest, type EndorsementStatement } from "#lib/ceremony/endorsement";
import { EndorsementStatement as StatementSchema } from "#lib/ceremony/endorsement.schema";
import { readRoster } from "#lib/ceremony/read-roster";
import { endorsersOf, personOf, rosterHash, type Passkey, type Roster } from "#lib/ceremony/roster";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { canonicalText, parseCanonical } from "#lib/log/canonical";
import { sha256Hex, utf8 } from "#lib/log/digest";
import type { AreaWords } from "#lib/words/words";
import type { Checked } from "../../check-list";

/** What the person pressed the button for; the proposal must be about exactly this. */
export type IntendedStatement = { readonly what: "duties" | "passkey"; readonly hash: string; readonly person: string };

export type LookedAtOwn = {
  readonly statement: EndorsementStatement;
  readonly text: string;
  /** SHA-256 of the text: what the passkey signs. Computed here. */
  readonly hash: string;
  /** The passkey that is tested; null for duties. */
  readonly passkey: Passkey | null;
  readonly rpId: string;
  /** Which passkeys may sign it. */
  readonly passkeys: readonly string[];
  readonly checks: readonly Checked[];
  readonly sound: boolean;
};

const FIVE_MINUTES = 5 * 60_000;

/**
 * Looks at the very bytes by which a custodian speaks of themselves: about these duties or this passkey, dated now by this
 * device's own clock, with nothing else in it. Null when anything of it cannot be read at all.
 */
export function lookAtOwn(
  proposal: ProposedEndorsement,
  { what, hash, person }: IntendedStatement,
  now: number,
  words: AreaWords<"readiness">,
): LookedAtOwn | null {
  const statement = statementIn(proposal.statement);
  const roster = readRoster(utf8(proposal.roster));
  if (statement?.what !== what || !roster) return null;
  const mine = personOf(roster, person)?.passkeys ?? [];
  const passkey = statement.what === "passkey" ? (mine.find(({ id }) => id === statement.passkey) ?? null) : null;
  const document = documentOf(statement, passkey);
  const expected = document && canonicalText(endorsementFor(document, roster, person, statement.at));
  const checks = [
    { sentence: words("checks.about"), holds: statement.hash === hash },
    {
      sentence: words(what === "duties" ? "ofTheseWords" : "ofThisPasskey"),
      holds: document?.hash === hash && (what === "passkey" || sha256Hex(utf8(proposal.document)) === hash),
    },
    { sentence: words("ofToday"), holds: Math.abs(Date.parse(statement.at) - now) <= FIVE_MINUTES },
    { sentence: words("checks.custodian"), holds: statement.roster === rosterHash(roster) && isEndorser(roster, person) },
    { sentence: words("checks.nothingElse"), holds: proposal.statement === expected },
  ];
  return {
    statement,
    text: proposal.statement,
    hash: sha256Hex(utf8(proposal.statement)),
    passkey,
    rpId: roster.rp.id,
    passkeys: passkey ? [passkey.id] : mine.map(({ id }) => id),
    checks,
    sound: checks.every(({ holds }) => holds),
  };
}

function documentOf(statement: EndorsementStatement, passkey: Passkey | null) {
  if (statement.what === "duties") return dutiesToAccept(statement.says);
  return statement.what === "passkey" && passkey ? passkeyToTest(passkey, statement.nonce) : null;
}

const isEndorser = (roster: Roster, person: string): boolean => endorsersOf(roster).some((one) => one.person === person);

function statementIn(text: string): EndorsementStatement | null {
  try {
    const parsed = StatementSchema.safeParse(parseCanonical(utf8(text)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
