import { asAtDesk } from "#lib/conduct/at-desk";
import { keepDeskFile, MOST_BYTES_HANDED_OVER } from "#lib/conduct/keep-desk-file";
import { object } from "#lib/conduct/objection";
import { deskPorts } from "#lib/wiring/desk";
import { actorOf } from "#lib/wiring/signed-in";
import { forAnyone, leaveBody } from "../../interface";
import { readFile } from "../../read-body";

/** Takes in the bytes of a file with which an administrator will answer a request. By itself it answers nothing. */
export const POST = forAnyone(
  async ({ request }) => {
    const actor = await actorOf(request.headers.get("cookie"));
    if (!actor) return object("NOT-SIGNED-IN");
    const administrator = await asAtDesk(deskPorts().people, actor, "administrator");
    if (!administrator.ok) return administrator;
    const bytes = await readFile(request, MOST_BYTES_HANDED_OVER);
    return bytes.ok ? keepDeskFile(deskPorts(), actor, bytes.value) : bytes;
  },
  undefined,
  leaveBody,
);
