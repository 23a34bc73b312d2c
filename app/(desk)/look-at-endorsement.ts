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
import type { Fact } from "#lib/ceremony/operation";
import type { Script } from "#lib/ceremony/script";
import { Script as ScriptSchema } from "#lib/ceremony/script.schema";
import { changeToEndorse, explanationToSign, readExplanation, readKeyChange } from "#lib/register/key-change";
import { grantToEndorse, readGrant } from "#lib/accounts/grant";
import { grantFacts } from "#lib/accounts/grant-facts";
import { wordsHere } from "#components/words";
import { grantFactRows } from "#lib/conduct/grant-words";
import type { ProposedEndorsement } from "#lib/conduct/propose-endorsement";
import { canonicalText, parseCanonical, type Json } from "#lib/log/canonical";
import { commitmentsIn, valuesOf } from "#lib/log/commitment";
import { hex, utf8 } from "#lib/log/digest";
import type { Checked } from "../check-list";

/** What is signed on this sheet: what a quorum agrees to, and one person's explanation of a finding. */
type Signable = Voted["what"] | "finding";

/** What the person pressed the button for; the proposal must be about exactly this. */
export type IntendedEndorsement = {
  readonly what: Signable;
  readonly hash: string;
  readonly person: string;
};
type VotedStatement = Extract<EndorsementStatement, { readonly what: Signable }>;

export type LookedAt = {
  readonly statement: VotedStatement;
  readonly text: string;
  /** SHA-256 of the text: what the passkey signs. Computed here. */
  readonly hash: string;
  readonly title: string;
  /** What the new roster says otherwise than the one in force; none of a script. */
  readonly changes: readonly RosterChange[];
  /** What a change of a key or an explanation says, in the texts that it commits to. */
  readonly details: readonly Fact[];
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
  const paper =
    intended.what === "key-state" || intended.what === "finding"
      ? paperIn(intended.what, proposal)
      : intended.what === "grant"
        ? grantIn(proposal)
        : null;
  const document = next ? rosterToEndorse(next) : script ? scriptToEndorse(script) : (paper?.document ?? null);
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
    ...(paper ? [{ sentence: words("check.opened"), holds: paper.opened }] : []),
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
      : (paper?.title ?? words("script.title", { title: script?.title ?? "", edition: script?.edition ?? 0 })),
    changes: next ? changesIn(proposal, roster, next) : [],
    details: paper?.details ?? [],
    needed: roster.quorum.approve,
    rpId: roster.rp.id,
    passkeys: (personOf(roster, person)?.passkeys ?? []).map(({ id }) => id),
    checks,
    sound: checks.every(({ holds }) => holds),
  };
}

/** A change of a key, or an explanation, with its texts: all of them have to be there, or nobody knows what is signed. */
function paperIn(what: "key-state" | "finding", { document: said, openings }: ProposedEndorsement) {
  const [words, keyWords, value] = [wordsHere().of("endorsements"), wordsHere().of("keys"), valuesOf(openings)];
  const bytes = utf8(said);
  const text = (commitment: { readonly committed: string } | undefined) => commitment && (value(commitment) ?? "");
  const fact = (name: DetailName, found: string | number | undefined, measured = false): Fact[] =>
    found === undefined ? [] : [{ name: words(`detail.${name}`), value: String(found), ...(measured && { measured }) }];
  const change = what === "key-state" ? readKeyChange(bytes) : null;
  const explanation = what === "finding" ? readExplanation(bytes) : null;
  const read = change ?? explanation;
  if (!read) return null;
  const opened = commitmentsIn(read as unknown as Json).every(({ commitment }) => value(commitment) !== null);
  if (explanation) {
    const details = [...fact("finding", explanation.finding, true), ...fact("says", text(explanation.says))];
    return { document: explanationToSign(explanation), opened, title: words("finding.title", { token: explanation.token }), details };
  }
  if (!change) return null;
  const { label, from, to, facts, reason, key } = change;
  const [was, is] = [keyWords(`state.${from}`), keyWords(`state.${to}`)];
  const details = [
    ...fact("key", key, true),
    ...fact("owner", text(facts?.owner)),
    ...fact("purpose", text(facts?.purpose)),
    ...fact("environment", facts?.environment && keyWords(`environment.${facts.environment}`)),
    ...fact("cryptoperiodDays", facts?.cryptoperiodDays),
    ...fact("processingDays", facts?.processingDays),
    ...fact("reason", text(reason)),
  ];
  const title = from === to ? words("key-state.same", { label, from: was }) : words("key-state.title", { label, from: was, to: is });
  return { document: changeToEndorse(change), opened, title, details };
}

/** What an application may do, word for word as its document has it. */
function grantIn({ document: said, openings }: ProposedEndorsement) {
  const [words, grantWords, value] = [wordsHere().of("endorsements"), wordsHere().of("accounts"), valuesOf(openings)];
  const grant = readGrant(utf8(said));
  if (!grant) return null;
  const { account, edition, clients, reason } = grant;
  const text = value(reason);
  const details = [...grantFacts(grant).flatMap((fact) => grantFactRows(fact, grantWords)), { name: words("detail.reason"), value: text ?? "" }];
  const title = words("grant.title", { account, edition });
  const end = clients.length === 0 ? ` ${grantWords("takesBack")}` : "";
  return { document: grantToEndorse(grant), opened: text !== null, title: `${title}.${end}`, details };
}

type DetailName =
  "key" | "reason" | "says" | "owner" | "purpose" | "environment" | "cryptoperiodDays" | "processingDays" | "finding";

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
    return parsed.success && parsed.data.what !== "duties" && parsed.data.what !== "passkey" ? parsed.data : null;
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
