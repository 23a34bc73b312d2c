import { asAtDesk } from "#lib/conduct/at-desk";
import { keepRenewedRecord, MOST_BYTES_OF_A_RECORD } from "#lib/conduct/keep-renewed-record";
import { object } from "#lib/conduct/objection";
import { deskPorts, renewalPorts } from "#lib/wiring/desk";
import { actorOf } from "#lib/wiring/signed-in";
import { forAnyone, leaveBody } from "../../../interface";
import { readFile } from "../../../read-body";

/** Takes in a record that was renewed elsewhere; the one that the recorder sealed stays as it is. */
export const POST = forAnyone(
  async ({ request, params }) => {
    const actor = await actorOf(request.headers.get("cookie"));
    if (!actor) return object("NOT-SIGNED-IN");
    const administrator = await asAtDesk(deskPorts().people, actor, "administrator");
    if (!administrator.ok) return administrator;
    const bytes = await readFile(request, MOST_BYTES_OF_A_RECORD);
    return bytes.ok ? keepRenewedRecord(renewalPorts(), actor, params["ceremony"] ?? "", bytes.value) : bytes;
  },
  undefined,
  leaveBody,
);
