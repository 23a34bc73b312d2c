import type { Role } from "#lib/ceremony/roles";
import { ok, type Result } from "#lib/result";
import type { Language } from "#lib/words/language";
import { object, type Objection } from "./objection";
import type { PersonFields } from "./people-ports";
import type { World } from "./ports";
import { readableText } from "./readable-text";

export type PersonForm = {
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly groups?: readonly string[] | undefined;
  readonly email?: string | null | undefined;
  readonly contact?: string | null | undefined;
  readonly language?: Language | undefined;
  readonly disabled?: boolean | undefined;
};

/** What an administrator typed about a person, checked: names the record can print, each role and group once. */
export function personFields(world: World, form: PersonForm): Result<PersonFields, Objection> {
  const name = readableText(world, "name", form.name, "name");
  if (!name.ok) return name;
  const title = readableText(world, "title", form.title, "name");
  if (!title.ok) return title;
  if (form.roles.length === 0) return object("FORM", { field: "roles" });
  return ok({
    name: name.value,
    title: title.value,
    roles: [...new Set(form.roles)],
    groups: [...new Set(form.groups ?? [])],
    email: form.email ? form.email.trim().toLowerCase() : null,
    contact: form.contact ? form.contact.trim() : null,
    language: form.language ?? "en",
    disabled: form.disabled ?? false,
  });
}
