import { roleOf } from "#lib/ceremony/ceremony";
import { ok, type Result } from "#lib/result";
import type { Room } from "./append-entry";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";
import type { Actor } from "./ports";

/**
 * Makes the session of this browser nobody's: from now on it shows one room, and acts only for whoever proves each single act
 * with their own passkey. There is no way back but to sign in again. For the operator and the administrator of the ceremony.
 */
export async function shareBrowser(
  room: Pick<Room, "transcripts">,
  { people }: Pick<PeoplePorts, "people">,
  actor: Actor & { readonly session: string },
  ceremony: string,
): Promise<Result<null, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const transcript = await room.transcripts.read(ceremony);
  if (!transcript) return object("NOT-FOUND");
  const role = roleOf(transcript.ceremony, actor.person);
  const over = transcript.ceremony.phase === "closed";
  if ((role !== "operator" && role !== "administrator") || over) return object("SHARE-NOT-YOURS");
  const { session, person: by } = actor;
  await people.shareSession({ session, ceremony, by }, { kind: "browser-shared", by, facts: { ceremony, session } });
  return ok(null);
}
