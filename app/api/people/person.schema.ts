import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { ROLES } from "#lib/ceremony/roles";
import { LANGUAGES } from "#lib/words/language";

/** What an administrator says of a person. */
export const Person = z.strictObject({
  name: z.string(),
  title: z.string(),
  roles: z.array(z.enum(ROLES)).min(1),
  groups: z.array(Identifier).max(20).optional(),
  email: z.email().nullable().optional(),
  contact: z.email().max(254).nullable().optional(),
  language: z.enum(LANGUAGES).optional(),
  disabled: z.boolean().optional(),
});
