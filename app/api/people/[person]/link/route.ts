import { z } from "zod";
import { invitePerson } from "#lib/conduct/invite-person";
import { peoplePorts } from "#lib/wiring/parts";
import { forAdministrators } from "../../../interface";

/** Another link for somebody who is known: a new passkey, or the first one when the old link has expired. */
export const POST = forAdministrators(
  ({ params }, administrator) => invitePerson(peoplePorts(), administrator, { person: params["person"] ?? "" }),
  z.strictObject({}),
);
