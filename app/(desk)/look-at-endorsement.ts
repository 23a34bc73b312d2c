import {
  endorsementFor,
  rosterToEndorse,
  scriptToEndorse,
  type EndorsementStatement,
  type Voted,
} from "#lib/ceremony/endorsement";
import { EndorsementStatement as StatementSchema } from "#lib/ceremony/endorsement.schema";
import { readRoster } from "#lib/ceremony/read-roster";
import { rosterChanges, type RosterChange } from "#lib/ceremony/roster-changes";
import { endorsersOf, personOf, type Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { Script as ScriptSchema } from "#lib/ceremony/script.schema";
import { wordsHere } from "#components/words";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { canonicalText, parseCanonical } from "#lib/log/canonical";
import { valuesOf } from "#lib/log/commitment";
import { hex, utf8 } from "#lib/log/digest";
import type { Checked } from "../check-list";

/** What the person pressed the button for; the proposal must be about exactly this. */
export type IntendedEndorsement = {
  readonly what: Voted["what"];
  readonly hash: string;
  readonly person: string;
};
type VotedStatement = Extract<EndorsementStatement, Pick<Voted, "what">>;

export type LookedAt = {
  readonly statement: VotedStatement;
  readonly text: string;
  /** SHA-256 of the text: what the passkey signs. Computed here. */
  readonly hash: string;
  readonly title: string;
  /** What the new roster says otherwise than the one in force; none of a script. */
  readonly changes: readonly RosterChange[];
  readonly needed: number;
  readonly rpId: string;
  readonly passkeys: readonly string[];
  readonly checks: readonly Checked[];
  readonly sound: boolean;
};

/**
 * Looks at the very bytes that are to be endorsed: their hash is computed here, the changes are read from them and from the
 * roster in force, and the statement must be the one that follows from both. Null when anything of it cannot be read at all.
 */
export async function lookAtEndorsement(proposal: ProposedEndorsement, intended: IntendedEndorsement): Promise<LookedAt | null> {
  const statement = statementIn(proposal.statement);
  const roster = readRoster(utf8(proposal.roster));
  const next = intended.what === "roster" ? readRoster(utf8(proposal.document)) : null;
  const script = intended.what === "script" ? scriptIn(proposal.document) : null;
  const document = next ? rosterToEndorse(next) : script && scriptToEndorse(script);
  if (!statement || !roster || !document) return null;

  const [hash, ofDocument, ofRoster] = await Promise.all(
    [proposal.statement, proposal.document, proposal.roster].map(sha256InBrowser),
  );
  const { person } = intended;
  const expected = canonicalText(endorsementFor(document, roster, person, statement.at));
  const words = wordsHere().of("endorsements");
  const checks = [
    {
      sentence: words("check.page"),
      holds: statement.what === intended.what && statement.hash === intended.hash,
    },
    {
      sentence: words(`${intended.what}.hashed`),
      holds: ofDocument === statement.hash,
    },
    {
      sentence: words("check.roster"),
      holds: ofRoster === statement.roster,
    },
    { sentence: words("check.you"), holds: endorsersOf(roster).some((one) => one.person === person) },
    {
      sentence: words("check.own"),
      holds: proposal.statement === expected,
    },
    ...(next
      ? [
          {
            sentence: words("check.follows"),
            holds: next.prev === ofRoster && next.version > roster.version,
          },
        ]
      : []),
  ];
  return {
    statement,
    text: proposal.statement,
    hash: hash ?? "",
    title: next
      ? words("roster.title", { version: next.version })
      : words("script.title", { title: script?.title ?? "", edition: script?.edition ?? 0 }),
    changes: next ? changesIn(proposal, roster, next) : [],
    needed: roster.quorum.approve,
    rpId: roster.rp.id,
    passkeys: (personOf(roster, person)?.passkeys ?? []).map(({ id }) => id),
    checks,
    sound: checks.every(({ holds }) => holds),
  };
}

/** By the names that the openings prove; whoever has none is called by their id. */
function changesIn({ openings }: ProposedEndorsement, before: Roster, after: Roster): RosterChange[] {
  const value = valuesOf(openings);
  return rosterChanges(before, after, value);
}

async function sha256InBrowser(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(utf8(text)))));
}

function statementIn(text: string): VotedStatement | null {
  try {
    const parsed = StatementSchema.safeParse(parseCanonical(utf8(text)));
    // What a custodian says of themselves is signed on another sheet.
    return parsed.success && (parsed.data.what === "roster" || parsed.data.what === "script") ? parsed.data : null;
  } catch {
    return null;
  }
}

function scriptIn(text: string): Script | null {
  try {
    const parsed = ScriptSchema.safeParse(parseCanonical(utf8(text)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
