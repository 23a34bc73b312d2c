import type { Role } from "#lib/ceremony/roles";
import type { EnrolledPasskey, KnownPerson, PersonFields } from "#lib/conduct/people-ports";
import type { Prisma } from "../generated/prisma/client";
import { writeAudit, type NewAuditEvent } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

const present = {
  passkeys: { where: { removedAt: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
} satisfies Prisma.PersonInclude;
type Row = Prisma.PersonGetPayload<{ include: typeof present }>;

const read = (row: Row): KnownPerson => ({
  person: row.id,
  name: row.name,
  title: row.title,
  roles: row.roles as Role[],
  groups: row.groups,
  email: row.email,
  contact: row.contact,
  language: row.language,
  disabled: row.disabledAt !== null,
  passkeys: row.passkeys.map(
    ({ id, algorithm, spki, aaguid, synced, backedUp, transports, label, createdAt, lastUsedAt, ...rest }) => ({
      ...{ id, spki, aaguid, synced, backedUp, transports, label },
      ...attestationIn(rest),
      algorithm: algorithm as EnrolledPasskey["algorithm"],
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    }),
  ),
});

function attestationIn(
  row: Pick<Row["passkeys"][number], "attestationFormat" | "attestationProof" | "attestationSha256">,
): Pick<EnrolledPasskey, "attestation"> {
  const { attestationFormat: format, attestationProof: proof, attestationSha256: sha256 } = row;
  if (format === null || proof === null || sha256 === null) return {};
  return { attestation: { format, proof: proof as NonNullable<EnrolledPasskey["attestation"]>["proof"], sha256 } };
}

/** Everybody, in the order they were invited, with their passkeys. */
export async function listPeople(db: Database): Promise<KnownPerson[]> {
  return (await db.person.findMany({ include: present, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })).map(read);
}

/** The person of that id, or null. */
export async function findPerson(db: Database, person: string): Promise<KnownPerson | null> {
  const row = await db.person.findUnique({ where: { id: person }, include: present });
  return row && read(row);
}

/** Whether anybody can sign in at all. */
export const anyPasskey = async (db: Database): Promise<boolean> =>
  (await db.passkey.findFirst({ where: { removedAt: null }, select: { id: true } })) !== null;

/** The person an administrator gave that address, or null. */
export async function findPersonByEmail(db: Database, email: string): Promise<KnownPerson | null> {
  const row = await db.person.findUnique({ where: { email }, include: present });
  return row && read(row);
}

/** The person whose passkey this is, unless it was removed; null when nobody's. */
export async function findPersonByPasskey(
  db: Database,
  credentialId: string,
): Promise<{ person: KnownPerson; passkey: EnrolledPasskey } | null> {
  const row = await db.passkey.findFirst({
    where: { id: credentialId, removedAt: null },
    include: { person: { include: present } },
  });
  const person = row && read(row.person);
  const passkey = person?.passkeys.find(({ id }) => id === credentialId);
  return person && passkey ? { person, passkey } : null;
}

/** A new person. "email-taken" when somebody else has that address. */
export async function createPerson(
  db: Database,
  person: string,
  fields: PersonFields,
  audit: NewAuditEvent,
): Promise<"created" | "email-taken"> {
  return orTaken(async () => {
    await db.$transaction([db.person.create({ data: { id: person, ...columns(fields) } }), writeAudit(db, audit)]);
    return "created";
  });
}

/**
 * What an administrator changes about a person. A person who is disabled loses every session at once. "last-administrator"
 * when nobody
 * would be left who can administer: nothing was changed then.
 */
export async function changePerson(
  db: Database,
  person: string,
  fields: PersonFields,
  audit: NewAuditEvent,
): Promise<"changed" | "email-taken" | "last-administrator"> {
  return orTaken(() =>
    leavingAnAdministrator<"changed">(db, async (tx) => {
      await tx.person.update({ where: { id: person }, data: columns(fields) });
      if (fields.disabled) {
        await tx.session.updateMany({
          where: { personId: person, revokedAt: null },
          data: { revokedAt: new Date(), revokedBy: audit.by },
        });
      }
      await writeAudit(tx, audit);
      return "changed";
    }),
  );
}

/**
 * Takes a passkey out of use, and ends every session of its person that a passkey began, but for `keep`: one of them may be a
 * thief's. It stays in the rosters that name it until the next version. "none" when there is none such; "last-administrator"
 * when nobody
 * would be left who can administer: nothing was changed then.
 */
export async function removePasskey(
  db: Database,
  person: string,
  credentialId: string,
  keep: string,
  audit: NewAuditEvent,
): Promise<"removed" | "none" | "last-administrator"> {
  return leavingAnAdministrator<"removed" | "none">(db, async (tx) => {
    const now = new Date();
    const { count } = await tx.passkey.updateMany({
      where: { id: credentialId, personId: person, removedAt: null },
      data: { removedAt: now },
    });
    if (count === 0) return "none";
    const others = { personId: person, canSign: true, revokedAt: null, id: { not: keep } };
    await tx.session.updateMany({ where: others, data: { revokedAt: now, revokedBy: audit.by } });
    await writeAudit(tx, audit);
    return "removed";
  });
}

/** Nobody is left who could administer. Thrown to take a transaction back, and caught right outside of it. */
class NobodyLeft extends Error {}

/**
 * A change to people's access, one at a time, taken back when it would take away the last administrator who has a passkey.
 * Looking
 * first would not do: two administrators who disable each other would each still see the other.
 */
async function leavingAnAdministrator<T extends string>(
  db: Database,
  change: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T | "last-administrator"> {
  try {
    return await db.$transaction(async (tx) => {
      // Held to the end of the transaction: whoever comes next sees what this one left.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('claviger/administrators', 0))`;
      const before = await tx.person.count({ where: ABLE });
      const done = await change(tx);
      if (before > 0 && (await tx.person.count({ where: ABLE })) === 0) throw new NobodyLeft();
      return done;
    });
  } catch (fault) {
    if (fault instanceof NobodyLeft) return "last-administrator";
    throw fault;
  }
}

const ABLE = {
  disabledAt: null,
  roles: { has: "administrator" },
  passkeys: { some: { removedAt: null } },
} satisfies Prisma.PersonWhereInput;

const columns = ({ disabled, roles, groups, ...rest }: PersonFields) => ({
  ...rest,
  roles: [...roles],
  groups: [...groups],
  disabledAt: disabled ? new Date() : null,
});

async function orTaken<T extends string>(write: () => Promise<T>): Promise<T | "email-taken"> {
  try {
    return await write();
  } catch (fault) {
    if (isTaken(fault)) return "email-taken";
    throw fault;
  }
}
