import type { EndorsementSources } from "#lib/conduct/endorsement-view";
import type { ExplainPorts } from "#lib/conduct/explain-finding";
import type { RegisterPorts } from "#lib/conduct/propose-key-change";
import { activeForEver, keySight, mayPropose, readsRegister, proposedChanges, type EndlessKey, type KeySight, type ProposedChange } from "#lib/conduct/register-view";
import type { RotationView } from "#lib/conduct/rotation-view";
import { valuesOf } from "#lib/log/commitment";
import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { brokenListings, type BrokenListings } from "#lib/register/broken-listings";
import { evidenceOf, type CeremonyEvidence } from "#lib/register/ceremony-evidence";
import { chainRosters, type ChainedRoster } from "#lib/register/chained-rosters";
import { encryptsByCount, nearlyUsedUp, type NearlyUsedUp } from "#lib/register/encryptions";
import { findingsFrom, readListing, silentTokens, type Finding, type RecorderOf, type SilentToken } from "#lib/register/findings";
import type { VerifiedListing } from "#lib/register/verified-listing";
import { keptRegister } from "#lib/register/kept-register";
import { newestOfChains } from "#lib/register/listing-chain";
import { reachKeyChange, readExplanation, readKeyChange, signedExplanation } from "#lib/register/key-change";
import type { EndorsedChange, SignedExplanation } from "#lib/register/key-change";
import type { Register } from "#lib/register/registered-key";
import { listCeremonies } from "#lib/store/ceremonies";
import { readEntries } from "#lib/store/entries";
import { lastShares } from "#lib/store/read-key-uses";
import { findPerson, listPeople } from "#lib/store/people";
import type { KeptRotation } from "#lib/conduct/draft-rotations";
import { recordHashes } from "#lib/store/records";
import { keepPaper, listPapers, type RegisterPaperRow } from "#lib/store/register-papers";
import { askForListing, listListings } from "#lib/store/token-listings";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { world } from "./people-ports";
import { provenPapers } from "./proven";
import { endorsementsOf, inForce, rostersOf } from "./rosters";
import { draftRotations, rotationOf, rotations } from "./rotation";

/** What a transcript came to, by its last entry: it is replayed again only when there are more. */
type Read = { readonly head: string; readonly evidence: CeremonyEvidence | null };
type Kept = {
  readonly evidence: Map<string, Read>;
  /** Listings whose signature was verified, by their hash. */
  readonly listings: Map<string, VerifiedListing>;
  readonly changes: ReturnType<typeof provenPapers<EndorsedChange>>;
  readonly explanations: ReturnType<typeof provenPapers<SignedExplanation>>;
  readonly register: ReturnType<typeof keptRegister>;
};
/** What was decided once, on globalThis, one per process: see database.ts. */
const kept = ((globalThis as { clavigerRegister?: Kept }).clavigerRegister ??= {
  evidence: new Map(),
  listings: new Map(),
  changes: provenPapers("key-state"),
  explanations: provenPapers("finding"),
  register: keptRegister(),
});

/** What all transcripts of this installation's mode say about keys, and the ceremonies that could not be read. */
async function evidence(): Promise<{ readonly evidence: readonly CeremonyEvidence[]; readonly unread: readonly string[] }> {
  const mode = env().CLAVIGER_MODE;
  const found: CeremonyEvidence[] = [];
  const unread: string[] = [];
  for (const { id, headHash } of (await listCeremonies(database())).filter((one) => one.mode === mode)) {
    const known = kept.evidence.get(id);
    const read = known?.head === headHash ? known : await replayed(id, headHash);
    kept.evidence.set(id, read);
    if (read.evidence) found.push(read.evidence);
    else unread.push(id);
  }
  return { evidence: found, unread };
}

async function replayed(ceremony: string, head: string): Promise<Read> {
  const entries = await readEntries(database(), ceremony, 0);
  // Of any recorder: what the app shows decides nothing, and the worker takes its own recorder's outcomes only.
  const read = await evidenceOf(webCryptoVerifier, book, entries.map(({ bytes }) => bytes), "any");
  return { head, evidence: read.ok ? read.value : null };
}

/** The rosters of this mode that follow from its first one, each with its time. */
export async function rosterChain(at: string): Promise<readonly ChainedRoster[]> {
  const rosters = (await rostersOf(env().CLAVIGER_MODE)).map(({ roster }) => roster);
  const first = rosters.reduce<(typeof rosters)[number] | null>((a, b) => (a === null || b.version < a.version ? b : a), null);
  return first ? chainRosters(webCryptoVerifier, first, rosters, endorsementsOf, at) : [];
}

/** Everything that the pages of keys show: made anew from transcripts, papers and their signatures. */
async function sources() {
  const at = now().toISOString();
  const [{ evidence: read, unread }, rosters, changes, explanations] = await Promise.all([
    evidence(),
    rosterChain(at),
    listPapers(database(), "key-state"),
    listPapers(database(), "finding"),
  ]);
  const endorsed = await kept.changes(changes, rosters, async (bytes, signed) => {
    const change = readKeyChange(bytes);
    return change && reachKeyChange(webCryptoVerifier, change, rosters, signed, at);
  });
  const register = kept.register(read, endorsed, env().CLAVIGER_MODE, at);
  await draftRotations(register);
  return { at, read, unread, rosters, changes, explanations, register };
}

/** The register of this installation's mode as it is now. */
export const register = async (): Promise<Register> => (await sources()).register;

/** What stands behind a plan that was drafted by itself, by the register as it is now; null for any other. */
export const rotationSight = async (plan: string): Promise<RotationView | null> => rotationOf(plan, await register());

/** Its keys, and the ceremonies that it is made of: what it could not read is not among them. */
export async function registerOfRead(): Promise<{ readonly keys: Register["keys"]; readonly read: ReadonlySet<string> }> {
  const { register, read } = await sources();
  return { keys: register.keys, read: new Set(read.map(({ ceremony }) => ceremony)) };
}

/** What recorders found on their tokens: each listing verified with the key of a recorder that takes part here. */
async function verifiedListings(read: readonly CeremonyEvidence[]): Promise<VerifiedListing[]> {
  const recorders = [...new Set(read.flatMap(({ recorderSpki }) => recorderSpki ?? []))].map(fromBase64url);
  const listed = (await listListings(database())).map(async (bytes) => {
    const hash = sha256Hex(bytes);
    const known = kept.listings.get(hash);
    if (known) return [known];
    for (const spki of recorders) {
      const listing = await readListing(webCryptoVerifier, spki, bytes);
      if (listing) kept.listings.set(hash, listing);
      if (listing) return [listing];
    }
    return [];
  });
  return (await Promise.all(listed)).flat().filter(({ listing }) => listing.mode === env().CLAVIGER_MODE);
}

type Sources = Awaited<ReturnType<typeof sources>>;

const recorderIn = ({ read }: Sources): RecorderOf => {
  const recorders = new Map(read.map(({ ceremony, recorder }) => [ceremony, recorder]));
  return (ceremony) => recorders.get(ceremony) ?? null;
};

async function findingsOf({ read, rosters, explanations, at }: Sources) {
  const listings = await verifiedListings(read);
  const signed = await kept.explanations(explanations, rosters, async (bytes, endorsements) => {
    const explanation = readExplanation(bytes);
    return explanation && signedExplanation(webCryptoVerifier, explanation, rosters, endorsements, at);
  });
  return { listings, findings: findingsFrom(listings, signed) };
}

const findings = async (): Promise<readonly Finding[]> => (await findingsOf(await sources())).findings;

export const isFindingOpen = async (finding: string): Promise<boolean> =>
  (await findings()).some((one) => one.finding === finding && one.explained === null);

/** What somebody has to see to. */
export type RegisterAlerts = {
  /** How many are open. */
  readonly findings: number;
  /** Tokens that nobody compares any more. */
  readonly silent: readonly SilentToken[];
  /** Keys whose time ends within a week, or is over. */
  readonly due: readonly KeySight[];
  /** Active and suspended keys whose time nobody has set. */
  readonly endless: readonly EndlessKey[];
  /** AES keys that have done half of the encryptions that one may do. */
  readonly usedUp: readonly NearlyUsedUp[];
  /** Where listings do not follow one another. */
  readonly broken: readonly BrokenListings[];
  /** Plans that were drafted by themselves and wait for an administrator. */
  readonly drafts: readonly KeptRotation["plan"][];
};
export const NOTHING_TO_SEE_TO: RegisterAlerts = { findings: 0, silent: [], broken: [], due: [], endless: [], usedUp: [], drafts: [] };

/** A fact of the database and nothing else: the key process keeps to the limit by itself. */
const usedUpOf = async ({ keys }: Register): Promise<readonly NearlyUsedUp[]> =>
  nearlyUsedUp(keys, await lastShares(database(), keys.filter(encryptsByCount).map(({ key }) => key)));

export async function registerAlerts(): Promise<RegisterAlerts> {
  const found = await sources();
  const [{ findings, listings }, drafted, usedUp] = await Promise.all([findingsOf(found), rotations(), usedUpOf(found.register)]);
  const drafts = [...drafted.values()].filter(({ waits, plan }) => waits && plan.draft).map(({ plan }) => [plan.plan, plan] as const);
  return {
    drafts: [...new Map(drafts).values()],
    silent: silentTokens(found.register, listings, recorderIn(found)),
    broken: brokenListings(listings),
    usedUp,
    endless: activeForEver(found.register.keys, found.at),
    findings: findings.filter(({ explained }) => explained === null).length,
    due: found.register.keys.map((key) => keySight(key, () => null, found.at)).filter(({ due }) => due !== null),
  };
}

/** A finding with its explanation's words. */
export type FindingSight = { readonly finding: Finding; readonly says: string | null };

/** All keys, what could not be read, and what differs on the tokens. */
export type RegisterSight = {
  readonly register: Register;
  readonly keys: readonly KeySight[];
  readonly unread: readonly string[];
  readonly findings: readonly FindingSight[];
  /** When each token was last compared, by its serial number. */
  readonly compared: readonly { readonly token: string; readonly at: string; readonly objects: number }[];
  readonly silent: readonly SilentToken[];
  readonly broken: readonly BrokenListings[];
  readonly usedUp: readonly NearlyUsedUp[];
  /** The ceremonies that were drafted for ends of keys, by the key. */
  readonly rotations: ReadonlyMap<string, KeptRotation>;
  readonly nameOf: (person: string) => string;
  readonly textOf: ReturnType<typeof valuesOf>;
  /** Whether this person may write down a change or an explanation. */
  readonly mayPropose: boolean;
};

/** Whether the register is for this person; for everybody else it is not there. */
export const mayReadRegister = async (person: string): Promise<boolean> =>
  readsRegister((await findPerson(database(), person))?.roles ?? []);

/** The register as this person sees it. */
export async function registerSight(me: string): Promise<RegisterSight> {
  return sightOf(await sources(), me);
}

async function sightOf(found: Sources, me: string): Promise<RegisterSight> {
  const { register, at, unread, changes, explanations } = found;
  const [drafted, usedUp, { listings, findings }, people, roster] = await Promise.all([
    rotations(),
    usedUpOf(register),
    findingsOf(found),
    listPeople(database()),
    inForce(env().CLAVIGER_MODE),
  ]);
  const textOf = valuesOf([...changes, ...explanations].flatMap(({ openings }) => openings));
  const names = new Map(people.map(({ person, name }) => [person, name]));
  const ends = newestOfChains(listings).map(({ listing }) => listing);
  const newest = new Map(ends.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map((listing) => [listing.token, listing]));
  return {
    register,
    keys: register.keys.map((key) => keySight(key, textOf, at)),
    unread,
    findings: findings.map((finding) => ({ finding, says: finding.explained && textOf(finding.explained.explanation.says) })),
    compared: [...newest.values()].map(({ token, at: when, objects }) => ({ token, at: when, objects })),
    silent: silentTokens(register, listings, recorderIn(found)),
    broken: brokenListings(listings),
    usedUp,
    rotations: drafted,
    nameOf: (person) => names.get(person) ?? person,
    textOf,
    mayPropose: mayPropose(roster, me),
  };
}

export type OneKeySight = RegisterSight & {
  readonly one: KeySight;
  readonly proposed: readonly ProposedChange[];
  /** SHA-256 of the sealed record of the ceremony it comes from; null while there is none. */
  readonly record: string | null;
};

/** One key with the changes that are proposed of it; null where there is none of that id. */
export async function oneKeySight(key: string, me: string): Promise<OneKeySight | null> {
  const found = await sources();
  const sight = await sightOf(found, me);
  const one = sight.keys.find((each) => each.key.key === key);
  if (!one) return null;
  const roster = await inForce(env().CLAVIGER_MODE);
  const papers = found.changes.filter(({ subject }) => subject === key);
  const seen: EndorsementSources = { verifier: webCryptoVerifier, endorsements: endorsementsOf, now: found.at, me };
  const records = await recordHashes(database(), [one.key.born.ceremony]);
  const record = records.get(one.key.born.ceremony) ?? null;
  return { ...sight, one, record, proposed: await proposedChanges(one.key, papers, sight.textOf, roster, seen) };
}

export const noteListingAsked = (by: string): Promise<void> => askForListing(database(), by, now());

export const explainPorts = (): ExplainPorts => ({ ...registerPorts(), findings });

/** What the verbs of the register stand on. */
export const registerPorts = (): RegisterPorts => ({
  world,
  mode: env().CLAVIGER_MODE,
  register,
  inForce: () => inForce(env().CLAVIGER_MODE),
  keep: (paper: Omit<RegisterPaperRow, "createdAt">) => keepPaper(database(), paper),
});
