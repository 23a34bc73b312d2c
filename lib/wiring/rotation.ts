import { readEntry } from "#lib/ceremony/entry";
import { whyNotReady } from "#lib/ceremony/readiness";
import type { Refusal } from "#lib/ceremony/refusal";
import type { Roster } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import { soundDuties, soundTests } from "#lib/ceremony/sound-readiness";
import * as conduct from "#lib/conduct/draft-rotations";
import { verified } from "#lib/conduct/find-readiness";
import { likelyCast } from "#lib/conduct/likely-cast";
import type { CastMember } from "#lib/conduct/plan";
import { rotationView, type RotationView } from "#lib/conduct/rotation-view";
import { parseCanonical } from "#lib/log/canonical";
import { book } from "#lib/operations/book";
import type { Register, RegisteredKey } from "#lib/register/registered-key";
import * as entries from "#lib/store/entries";
import { listPeople } from "#lib/store/people";
import { draftedRotations, findPlan, findPlanOf, keepDraft } from "#lib/store/plans";
import { findEditions, findScript } from "#lib/store/scripts";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { planPorts } from "./plans";
import { inForce, ownStatements } from "./rosters";

/** So many days before a key's end its successor's ceremony is drafted, at most. */
export const draftDays = (): number => env().CLAVIGER_ROTATION_DAYS;

/** Whenever the register is looked at: the ceremonies that replace keys near their end are drafted, where they have not been yet. */
export const draftRotations = (register: Register): Promise<void> =>
  conduct.draftRotations(
    planPorts(),
    {
      drafted: () => draftedRotations(database()),
      ground,
      keep: (draft, mails, audit) => keepDraft(database(), draft, mails, audit),
    },
    register,
    draftDays(),
  );

async function ground({ ceremony, script: { script: id } }: RegisteredKey["born"]): Promise<conduct.DraftGround | null> {
  const [newest] = await findEditions(database(), id);
  if (!newest) return null;
  const script = parseCanonical(newest.bytes) as unknown as Script;
  const [before, cast, people] = await Promise.all([findPlanOf(database(), ceremony), castOf(ceremony), listPeople(database())]);
  return {
    script,
    scriptHash: newest.hash,
    before,
    cast: async (startsAt) => {
      const { roster, whyNot } = await readinessOn(script, startsAt);
      return roster ? likelyCast({ script, roster, people, before: cast, isReady: (person) => whyNot(person) === null }) : [];
    },
  };
}

/** Who took part in a ceremony when it was opened. */
async function castOf(ceremony: string): Promise<readonly CastMember[]> {
  const first = await entries.readEntry(database(), ceremony, 0);
  const read = first && readEntry(first.bytes);
  if (!read?.ok || read.value.entry.kind !== "ceremony-opened") return [];
  return read.value.entry.body.participants.map(({ person, role }) => ({ person, role }));
}

type ReadinessOn = { readonly roster: Roster | null; readonly whyNot: (person: string) => Refusal | null };

/** Who could be a custodian of that script on a day to come, by what they have signed by now. */
async function readinessOn(script: Script, at: string): Promise<ReadinessOn> {
  const mode = env().CLAVIGER_MODE;
  const roster = (await inForce(mode))?.roster ?? null;
  if (!roster) return { roster, whyNot: () => null };
  const until = now().toISOString();
  const says = script.duties?.says;
  const duties = says === undefined ? [] : await soundDuties(webCryptoVerifier, says, roster, await ownStatements("duties"), until);
  const tests = script.passkeys?.tested ? await soundTests(webCryptoVerifier, roster, await ownStatements("passkey"), until) : [];
  const [accepted, tested] = await Promise.all([duties, tests].map((those) => verified(webCryptoVerifier, roster, those)));
  const readiness = { duties: accepted ?? [], passkeys: tested ?? [], lines: [], rehearsal: null, hsm: null };
  return { roster, whyNot: (person) => whyNotReady({ script, roster, mode, readiness }, person, at) };
}

/** Of each key the plan that was last drafted for its end. */
export async function rotations(): Promise<ReadonlyMap<string, conduct.KeptRotation>> {
  const all = [...(await draftedRotations(database()))].sort((a, b) => (a.endsAt < b.endsAt ? -1 : 1));
  return new Map(all.map((one) => [one.key, one]));
}

/** What stands behind a plan that was drafted by itself; null for any other. */
export async function rotationOf(id: string, register: Register): Promise<RotationView | null> {
  const plan = await findPlan(database(), id);
  const row = plan && plan.rotates.length > 0 ? await findScript(database(), plan.scriptHash) : null;
  if (!plan || !row) return null;
  const script = parseCanonical(row.bytes) as unknown as Script;
  const born = register.keys.find(({ key }) => plan.rotates.some((one) => one.key === key))?.born;
  const [{ roster, whyNot }, before, people] = await Promise.all([
    readinessOn(script, plan.startsAt),
    born ? castOf(born.ceremony) : [],
    listPeople(database()),
  ]);
  const nameOf = (person: string) => people.find((one) => one.person === person)?.name ?? person;
  return rotationView({ plan, script, register, book, roster, before, whyNot, nameOf });
}
