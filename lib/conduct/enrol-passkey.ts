import type { Json } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { tokenHash } from "./invite-person";
import { limitFailures, limitTries } from "./limit-tries";
import { object, type Objection } from "./objection";
import type { KnownPerson, PeoplePorts } from "./people-ports";
import { readableText } from "./readable-text";

const MINUTES_OF_A_CHALLENGE = 10;

type Open = { readonly hash: string; readonly person: KnownPerson; readonly expires: string };

/** What an enrolment page shows and hands to the browser: whose link it is, and the options of a registration. */
export async function offerEnrolment(
  ports: PeoplePorts,
  form: { readonly token: string; readonly address: string },
): Promise<
  Result<
    { readonly person: { readonly name: string; readonly title: string }; readonly options: Json; readonly expires: string },
    Objection
  >
> {
  const open = await openLink(ports, form);
  if (!open.ok) return open;
  const { hash, person, expires } = open.value;
  const challenge = hex(ports.world.random(32));
  const now = ports.world.now();
  const expiresAt = new Date(now.getTime() + MINUTES_OF_A_CHALLENGE * 60_000);
  await ports.people.giveChallenge({ id: `enrol/${hash}`, purpose: "enrol", challenge, expiresAt }, now);
  return ok({
    person: { name: person.name, title: person.title },
    options: await ports.registration.options({ challenge, person }),
    expires,
  });
}

/** Registers the passkey in the browser's answer and uses the link up. A second use of either link or challenge is refused. */
export async function enrolPasskey(
  ports: PeoplePorts,
  form: { readonly token: string; readonly address: string; readonly registration: unknown; readonly label?: string | undefined },
): Promise<Result<{ readonly person: string; readonly passkey: string }, Objection>> {
  const open = await openLink(ports, form);
  if (!open.ok) return open;
  const { hash, person } = open.value;
  const label = readableText(ports.world, "label", form.label ?? `Passkey ${String(person.passkeys.length + 1)}`, "name");
  if (!label.ok) return label;
  const now = ports.world.now();
  const challenge = await ports.people.takeChallenge(`enrol/${hash}`, "enrol", now);
  if (challenge === null) return object("CHALLENGE-SPENT");
  const passkey = await ports.registration.verify(form.registration, challenge);
  if (!passkey.ok) {
    await limitTries(ports, "enrolment-failed", form.address);
    return object("PASSKEY-UNFIT", { problem: passkey.refusal });
  }
  const { id, aaguid, synced, attestation } = passkey.value;
  const vouched = { format: attestation?.format ?? "none", proof: attestation?.proof ?? "none" };
  const facts = { person: person.person, passkey: id, aaguid, synced, ...vouched };
  const audit = { kind: "passkey-enrolled", by: person.person, facts } as const;
  const enrolled = await ports.people.enrol(
    { tokenHash: hash, person: person.person, now },
    { ...passkey.value, label: label.value },
    audit,
  );
  if (enrolled === "spent") return object("LINK-SPENT");
  return enrolled === "taken" ? object("PASSKEY-TAKEN") : ok({ person: person.person, passkey: id });
}

/** Unknown, used, expired: one answer for all three, so that guessing learns nothing. */
async function openLink(
  ports: PeoplePorts,
  { token, address }: { token: string; address: string },
): Promise<Result<Open, Objection>> {
  const allowed = await limitTries(ports, "enrolment", address);
  if (!allowed.ok) return allowed;
  const quiet = await limitFailures(ports, "enrolment-failed", address);
  if (!quiet.ok) return quiet;
  const hash = tokenHash(token);
  const link = await ports.people.findLink(hash);
  const person =
    link && link.usedAt === null && link.expiresAt > ports.world.now().toISOString()
      ? await ports.people.find(link.person)
      : null;
  if (link && person && !person.disabled) return ok({ hash, person, expires: link.expiresAt });
  await limitTries(ports, "enrolment-failed", address);
  return object("LINK-SPENT");
}
