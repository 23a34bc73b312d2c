import { z } from "zod";
import { offerSignIn } from "#lib/conduct/sign-in";
import { peoplePorts } from "#lib/wiring/parts";
import { forAnyone } from "../../interface";

/** A challenge for a sign-in. */
export const POST = forAnyone(({ address }) => offerSignIn(peoplePorts(), { address }), z.strictObject({}));
