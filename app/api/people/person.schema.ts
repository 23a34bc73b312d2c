import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { ROLES } from "#lib/ceremony/roles";

/** What an administrator says of a person. */
export const Person = z.strictObject({
  name: z.string(),
  title: z.string(),
  roles: z.array(z.enum(ROLES)).min(1),
  groups: z.array(Identifier).max(20).optional(),
  email: z.email().nullable().optional(),
  disabled: z.boolean().optional(),
});
