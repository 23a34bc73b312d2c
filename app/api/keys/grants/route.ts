import { z } from "zod";
import { Grant, GrantedKeys } from "#lib/accounts/grant.schema";
import { proposeGrant } from "#lib/conduct/propose-grant";
import { grantPorts } from "#lib/wiring/accounts";
import { forAdministrators } from "../../interface";

const { account, edition, random, perMinute, until } = Grant.shape;

/** Writes down what an application shall be allowed to do; custodians sign it afterwards. */
export const POST = forAdministrators(
  ({ form: { application, ...form } }, administrator) =>
    proposeGrant(grantPorts(), administrator, { account: application, ...form }),
  z.strictObject({
    application: account,
    ...{ edition, random, perMinute, until },
    clients: z.array(z.string().max(4_000)).max(4),
    keys: z.array(GrantedKeys).max(32),
    reason: z.string().max(20_000),
  }),
);
