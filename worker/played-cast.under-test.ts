import { randomBytes } from "node:crypto";
import { assertWith, createSoftwarePasskey, type SoftwarePasskey } from "#cli/demo/software-passkey";
import { endorsementFor, endorsementHash, type Endorsable, type Endorsement, type EndorsementStatement } from "#lib/ceremony/endorsement";
import type { Mode, Role } from "#lib/ceremony/roles";
import type { Roster } from "#lib/ceremony/roster";
import { commit, type Opening } from "#lib/log/commitment";
import { fromHex } from "#lib/log/digest";

export const RP = { id: "localhost", origins: ["http://localhost:3000"] };

export type Player = { readonly person: string; readonly role: Role; readonly groups: readonly string[]; readonly passkeys: readonly SoftwarePasskey[] };

/** One person per seat, each with real ES256 keys; the first custodian has two passkeys. */
export function players(custodians = 5, witnesses = 3): Player[] {
  const many = (role: Role, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      person: `${role}-${String(i + 1)}`,
      role,
      groups: [],
      passkeys: Array.from({ length: role === "custodian" && i === 0 ? 2 : 1 }, createSoftwarePasskey),
    }));
  return [...many("operator", 1), ...many("custodian", custodians), ...many("witness", witnesses)];
}

/** An endorsement of a document by a person of the cast, with their first passkey unless another is given. */
export function endorsementBy(
  player: Player,
  document: Endorsable,
  roster: Roster,
  { passkey = player.passkeys[0], statement: bent = {} }: { readonly passkey?: SoftwarePasskey | undefined; readonly statement?: object } = {},
): Endorsement {
  if (!passkey) throw new Error(`${player.person} has no passkey`);
  const statement = { ...endorsementFor(document, roster, player.person, new Date(Date.now() - 60_000).toISOString()), ...bent } as EndorsementStatement;
  const [origin = ""] = RP.origins;
  return { statement, assertion: assertWith(passkey, fromHex(endorsementHash(statement)), { rpId: RP.id, origin }) };
}

/** Endorsements by so many custodians of a cast as their roster's quorum asks for. */
export const quorumOf = (cast: readonly Player[], document: Endorsable, roster: Roster): Endorsement[] =>
  cast.filter(({ role }) => role === "custodian").slice(0, roster.quorum.approve).map((player) => endorsementBy(player, document, roster));

const salt = () => randomBytes(16).toString("hex");

/** A committed text with its opening, for entries' bodies. */
export function committed(path: string, value: string): { readonly committed: string; readonly opening: Opening } {
  const opening = { path, salt: salt(), value };
  return { ...commit(opening), opening };
}

export function rosterOf(cast: readonly Player[], mode: Mode, change: Partial<Roster> = {}): Roster {
  const hidden = (path: string, value: string) => commit({ path, salt: salt(), value });
  return {
    v: "claviger/roster/v1",
    version: 1,
    prev: null,
    mode,
    organisation: hidden("roster/organisation", "Examples Ltd"),
    rp: RP,
    quorum: { approve: 2 },
    people: cast.map(({ person, role, groups, passkeys }) => ({
      person,
      name: hidden(`roster/${person}/name`, person),
      title: hidden(`roster/${person}/title`, role),
      roles: [role],
      groups: [...groups],
      passkeys: passkeys.map(({ credentialId, spki }) => ({
        id: credentialId,
        algorithm: "ES256",
        spki,
        aaguid: "00000000-0000-0000-0000-000000000000",
        synced: false,
      })),
    })),
    ...change,
  };
}
