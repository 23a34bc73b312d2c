import { removePasskey } from "#lib/conduct/remove-passkey";
import { peoplePorts } from "#lib/wiring/parts";
import { actorOf } from "#lib/wiring/signed-in";
import { forAdministrators } from "../../../../interface";

/** Takes a passkey out of use. */
export const DELETE = forAdministrators(async ({ params, request }, administrator) => {
  const mine = await actorOf(request.headers.get("cookie"));
  return removePasskey(peoplePorts(), administrator, params["person"] ?? "", params["passkey"] ?? "", mine?.session ?? "");
});
