import { removePasskey } from "#lib/conduct/remove-passkey";
import { peoplePorts } from "#lib/wiring/parts";
import { forAdministrators } from "../../../../interface";

/** Takes a passkey out of use. */
export const DELETE = forAdministrators(({ params }, administrator) => removePasskey(peoplePorts(), administrator, params["person"] ?? "", params["passkey"] ?? ""));
