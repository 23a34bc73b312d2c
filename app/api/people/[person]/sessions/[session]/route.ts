import { revokeSession } from "#lib/conduct/revoke-session";
import { peoplePorts } from "#lib/wiring/parts";
import { forPeople } from "../../../../interface";

/** Ends a session at once: one's own, or as an administrator anybody's. */
export const DELETE = forPeople(({ params }, actor) =>
  revokeSession(peoplePorts(), actor, { person: params["person"] ?? "", session: params["session"] ?? "" }),
);
