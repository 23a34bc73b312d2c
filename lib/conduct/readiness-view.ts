import { backupFlags } from "#lib/ceremony/assertion";
import { isWithinDays } from "#lib/ceremony/days";
import { dutiesToAccept, passkeyToTest, type Endorsement } from "#lib/ceremony/endorsement";
import { endorsersOf, type Passkey } from "#lib/ceremony/roster";
import type { Script } from "#lib/ceremony/script";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { soundDuties, soundTests } from "#lib/ceremony/sound-readiness";
import { valuesOf } from "#lib/log/commitment";
import { fromBase64url } from "#lib/log/digest";
import type { ReadRoster } from "./roster-standing";

/** How far somebody has come with one of them: when they last signed, and whether that counts still. */
export type OwnLine = { readonly person: string; readonly name: string; readonly at: string | null; readonly counts: boolean };

export type DutiesLine = {
  readonly hash: string;
  readonly says: string;
  /** Titles of the scripts that name them. */
  readonly scripts: readonly string[];
  /** The shortest time for which one of those lets an acceptance count. */
  readonly days: number;
  readonly people: readonly OwnLine[];
};
export type PasskeyTestLine = OwnLine &
  Pick<Passkey, "id" | "aaguid" | "synced"> & {
    /** Of its public key: by which it is tested. */
    readonly hash: string;
    /** Whether its authenticator signed, with the newest test, that it is kept elsewhere too; null where it was never tested. */
    readonly backedUp: boolean | null;
    readonly attestation: NonNullable<Passkey["attestation"]>["proof"] | null;
  };

/** Who is ready for production, as the page about it shows it. */
export type ReadinessView = {
  readonly version: number;
  readonly custodian: boolean;
  readonly duties: readonly DutiesLine[];
  readonly passkeys: readonly PasskeyTestLine[];
  /** The shortest time for which a script lets a test count; null where none asks for tests. */
  readonly testedDays: number | null;
};

type Sources = {
  readonly verifier: SignatureVerifier;
  readonly roster: ReadRoster;
  /** The newest edition of each published script. */
  readonly scripts: readonly Script[];
  readonly duties: readonly Endorsement[];
  readonly tests: readonly Endorsement[];
  readonly now: string;
  readonly me: string;
};

/** Every signature is verified here first; what does not count is not shown as if it did. */
export async function readinessView({ verifier, roster: { roster, row }, scripts, duties, tests, now, me }: Sources): Promise<ReadinessView> {
  const value = valuesOf(row.openings);
  const custodians = endorsersOf(roster).map((one) => ({ ...one, named: value(one.name) ?? one.person }));
  const within = (at: string | undefined, days: number | null) =>
    at !== undefined && (days === null || isWithinDays(at, days, now));
  const asked = new Set(scripts.flatMap((script) => script.duties?.says ?? []));
  const lines = [...asked].map(async (says): Promise<DutiesLine> => {
    const naming = scripts.filter((script) => script.duties?.says === says);
    const sound = await soundDuties(verifier, says, roster, duties, now);
    const signedAt = new Map(sound.map(({ statement }) => [statement.person, statement.at]));
    const days = Math.min(...naming.map((script) => script.duties?.days ?? Infinity));
    const people = custodians.map(({ person, named }) => {
      const at = signedAt.get(person);
      return { person, name: named, at: at ?? null, counts: within(at, days) };
    });
    return { hash: dutiesToAccept(says).hash, says, days, people, scripts: naming.map(({ title }) => title) };
  });
  const tested = new Map((await soundTests(verifier, roster, tests, now)).map((test) => [test.assertion.credentialId, test]));
  const days = scripts.flatMap((script) => script.passkeys?.tested?.days ?? []);
  const testedDays = days.length === 0 ? null : Math.min(...days);
  return {
    version: roster.version,
    custodian: custodians.some(({ person }) => person === me),
    duties: await Promise.all(lines),
    testedDays,
    passkeys: custodians.flatMap(({ person, named, passkeys }) =>
      passkeys.map((passkey) => {
        const { id, aaguid, synced, attestation } = passkey;
        const test = tested.get(id);
        const at = test?.statement.at;
        const backedUp = test ? backupFlags(fromBase64url(test.assertion.authenticatorData)).backedUp : null;
        const line = { person, name: named, at: at ?? null, counts: within(at, testedDays) };
        return { ...line, id, aaguid, synced, backedUp, hash: passkeyToTest(passkey, "").hash, attestation: attestation?.proof ?? null };
      }),
    ),
  };
}
