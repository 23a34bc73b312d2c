import { scriptToEndorse, soundEndorsements, verifyEndorsement, type Endorsement, type VerifiedEndorsement } from "#lib/ceremony/endorsement";
import type { Participant } from "#lib/ceremony/ceremony";
import type { Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { soundDuties, soundTests } from "#lib/ceremony/sound-readiness";
import { valuesOf, type Opening } from "#lib/log/commitment";
import type { AreaWords } from "#lib/words/words";
import {
  expectedDevice,
  goNoGo,
  NOBODY_LOOKED,
  type EarlierCeremonies,
  type GoCheck,
  type Looked,
  type PlanSaid,
  type WorkerSaid,
} from "./go-no-go";
import type { KnownRehearsal } from "./rehearsal-line";

/** Where readiness is looked for. */
export interface ReadinessSources {
  /** Everything kept about a document that may be endorsed, by its hash. */
  endorsements(document: string): Promise<readonly Endorsement[]>;
  /** The newest closed rehearsals of the script with that hash. */
  rehearsals(script: string): Promise<readonly KnownRehearsal[]>;
  /** Everything that people said of themselves, of one kind. */
  ownStatements(what: "duties" | "passkey"): Promise<readonly Endorsement[]>;
  /** What the workers last said of themselves. */
  workers(): Promise<readonly WorkerSaid[]>;
  /** What a plan's people answered and have done, or null where there is no such plan. */
  planSaid(plan: string): Promise<PlanSaid | null>;
  /** What earlier production ceremonies say of the device and of backups. */
  earlier(): Promise<EarlierCeremonies>;
}

export type ReadinessAsked = {
  readonly script: Script;
  readonly roster: Roster;
  readonly openings: readonly Opening[];
  readonly participants: readonly Participant[];
  readonly plan?: string | undefined;
  readonly looked?: Looked | undefined;
  readonly now: string;
};

export type FoundReadiness = {
  readonly endorsements: readonly Endorsement[];
  readonly duties: readonly Endorsement[];
  readonly passkeys: readonly Endorsement[];
  /** The newest that was played to its end. */
  readonly rehearsal: KnownRehearsal | null;
  readonly lines: readonly GoCheck[];
  /** The device that is expected, if any is. */
  readonly expected: Looked["hsm"];
};

/**
 * Who is ready for a ceremony, by what they signed (each signature is verified here), and how the lines of its go / no-go stand.
 * Duties and tests are looked for only where the script asks for them.
 */
export async function findReadiness(
  verifier: SignatureVerifier,
  sources: ReadinessSources,
  asked: ReadinessAsked,
  words: AreaWords<"readiness">,
): Promise<FoundReadiness> {
  const { script, roster, openings, participants, plan, looked = NOBODY_LOOKED, now } = asked;
  const document = scriptToEndorse(script);
  const sound = await soundEndorsements(verifier, document, roster, await sources.endorsements(document.hash), now);
  const duties = script.duties ? await soundDuties(verifier, script.duties.says, roster, await sources.ownStatements("duties"), now) : [];
  const passkeys = script.passkeys?.tested ? await soundTests(verifier, roster, await sources.ownStatements("passkey"), now) : [];
  const passed = (await sources.rehearsals(document.hash)).filter((line) => line.passed);
  const rehearsal = [...passed].sort((a, b) => (a.closedAt < b.closedAt ? 1 : -1))[0] ?? null;
  const value = valuesOf(openings);
  const names = new Map(roster.people.map(({ person, name }) => [person, value(name) ?? person]));
  const earlier = await sources.earlier();
  const lines = goNoGo(
    {
      ...{ script, roster, participants, rehearsal, looked, earlier, now },
      readiness: { duties: await verified(verifier, roster, duties), passkeys: await verified(verifier, roster, passkeys) },
      endorsed: sound.length,
      plan: plan === undefined ? null : await sources.planSaid(plan),
      workers: await sources.workers(),
      nameOf: (person) => names.get(person) ?? person,
    },
    words,
  );
  return { endorsements: sound.map(({ kept }) => kept), duties, passkeys, rehearsal, lines, expected: expectedDevice({ looked, earlier }) };
}

/** Each of these statements verified; those that are not are left out. */
export async function verified(verifier: SignatureVerifier, roster: Roster, sound: readonly Endorsement[]): Promise<VerifiedEndorsement[]> {
  const all = await Promise.all(sound.map((one) => verifyEndorsement(verifier, roster, one)));
  return all.flatMap((one) => (one.ok ? [one.value] : []));
}
