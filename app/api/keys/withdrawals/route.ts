import { z } from "zod";
import { Hash } from "#lib/ceremony/roster.schema";
import { withdrawGrant } from "#lib/conduct/propose-grant";
import { grantPorts } from "#lib/wiring/accounts";
import { forAdministrators } from "../../interface";

/** Takes back a proposal of what an application may do, as long as not enough custodians have signed it. */
export const POST = forAdministrators(
  ({ form }, administrator) => withdrawGrant(grantPorts(), administrator, form),
  z.strictObject({ hash: Hash }),
);
