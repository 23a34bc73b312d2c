import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import { object, type Objection } from "./objection";
import type { PeopleStore } from "./people-ports";
import type { Actor } from "./ports";

/** What an auditor's browser found when it checked a record, with what the auditor brought. Their claim: nobody here looked on. */
export type Verified = {
  readonly ceremony: string;
  /** SHA-256 of the file that was checked. */
  readonly file: string;
  /** SHA-256 of the recorder's certificate that the auditor brought. */
  readonly recorder: string;
  readonly holds: boolean;
  /** Names of the checks that do not hold. */
  readonly failed: readonly string[];
};

export type VerificationPorts = {
  readonly people: Pick<PeopleStore, "find">;
  /** SHA-256 of the record as it is kept here; null where none is. */
  readonly sealed: (ceremony: string) => Promise<string | null>;
  readonly note: (by: string, said: Verified & { readonly same: boolean }) => Promise<void>;
};

/** Notes what came of a check. `same` says whether it was the file that is kept here: an auditor may have brought another. */
export async function noteVerification(ports: VerificationPorts, actor: Actor, said: Verified): Promise<Result<{ readonly same: boolean }, Objection>> {
  const auditor = await asAtDesk(ports.people, actor, "auditor");
  if (!auditor.ok) return auditor;
  const sealed = await ports.sealed(said.ceremony);
  if (sealed === null) return object("NOT-FOUND");
  const same = sealed === said.file;
  await ports.note(auditor.value.by, { ...said, same });
  return ok({ same });
}
