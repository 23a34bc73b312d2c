import { z } from "zod";
import { KEY_STATES } from "#lib/ceremony/key-states";
import { Hash } from "#lib/ceremony/roster.schema";
import { proposeKeyChange } from "#lib/conduct/propose-key-change";
import { registerPorts } from "#lib/wiring/register";
import { forPeople } from "../../interface";

/** Writes down what shall become of a key; custodians sign it afterwards. */
export const POST = forPeople(
  ({ form }, actor) => proposeKeyChange(registerPorts(), actor, form),
  z.strictObject({
    key: Hash,
    to: z.enum(KEY_STATES),
    reason: z.string().max(20_000),
    owner: z.string().max(2_000).optional(),
    purpose: z.string().max(2_000).optional(),
    environment: z.enum(["production", "test"]).optional(),
    cryptoperiodDays: z.int().min(1).max(36_525).optional(),
    processingDays: z.int().min(0).max(36_525).optional(),
  }),
);
