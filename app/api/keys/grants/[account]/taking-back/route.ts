import { z } from "zod";
import { Grant } from "#lib/accounts/grant.schema";
import { takeGrantBack } from "#lib/conduct/propose-grant";
import { grantPorts } from "#lib/wiring/accounts";
import { forAdministrators } from "../../../../interface";

/** Writes down the edition that takes everything back from an application; custodians sign it afterwards. */
export const POST = forAdministrators(
  ({ form, params }, administrator) => takeGrantBack(grantPorts(), administrator, { account: params["account"] ?? "", ...form }),
  z.strictObject({ edition: Grant.shape.edition, reason: z.string().max(20_000) }),
);
