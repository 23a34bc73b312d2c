"use client";

import { SelectField, TextField } from "#components/field";
import { useWords } from "#components/words";
import { ROLES, type Role } from "#lib/ceremony/roles";
import { LANGUAGE_NAMES, LANGUAGES } from "#lib/words/language";

/** What an administrator writes down about a person. */
export type Draft = {
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly groups: string;
  readonly email: string;
  readonly contact: string;
  readonly language: string;
};
export const BLANK: Draft = { name: "", title: "", roles: [], groups: "", email: "", contact: "", language: "en" };

/** "Security Officer" as a group is called in scripts and rosters: "security-officer". */
export const idOf = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);

/** The draft as the people interface takes it. */
export const personForm = ({ name, title, roles, groups, email, contact, language }: Draft) => ({
  name: name.trim(),
  title: title.trim(),
  roles,
  groups: groups.split(",").map(idOf).filter((group) => group !== ""),
  ...(email.trim() === "" ? {} : { email: email.trim() }),
  contact: contact.trim() === "" ? null : contact.trim(),
  language,
});

type FieldsProps = { draft: Draft; onDraft: (draft: Draft) => void; oidc: boolean };

/** The fields of a person: the same when they are invited and when they change. */
export function PersonFields({ draft, onDraft, oidc }: FieldsProps) {
  const words = useWords("people");
  const roles = useWords("roles");
  const change = (part: Partial<Draft>) => {
    onDraft({ ...draft, ...part });
  };
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={words("name")}
          required
          maxLength={120}
          value={draft.name}
          onChange={(event) => {
            change({ name: event.target.value });
          }}
        />
        <TextField
          label={words("jobTitle")}
          required
          maxLength={120}
          placeholder={words("jobTitleExample")}
          value={draft.title}
          onChange={(event) => {
            change({ title: event.target.value });
          }}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-semibold">{words("roles")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {ROLES.map((role) => (
            <label key={role} className="flex min-h-11 items-center gap-2">
              <input
                type="checkbox"
                className="size-5"
                checked={draft.roles.includes(role)}
                onChange={(event) => {
                  change({ roles: event.target.checked ? [...draft.roles, role] : draft.roles.filter((one) => one !== role) });
                }}
              />
              {roles(role)}
            </label>
          ))}
        </div>
        <p className="text-sm text-quiet">{words("rolesHint")}</p>
      </fieldset>
      <TextField
        label={words("groups")}
        hint={words("groupsHint")}
        value={draft.groups}
        onChange={(event) => {
          change({ groups: event.target.value });
        }}
      />
      <MailFields draft={draft} change={change} />
      {oidc ? (
        <TextField
          label={words("email")}
          type="email"
          hint={words("emailHint")}
          value={draft.email}
          onChange={(event) => {
            change({ email: event.target.value });
          }}
        />
      ) : null}
    </>
  );
}

/** Where invitations go. An address says nothing about who may sign in. */
function MailFields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const words = useWords("plans");
  return (
    <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
      <TextField
        label={words("contact")}
        type="email"
        maxLength={254}
        hint={words("contactHint")}
        value={draft.contact}
        onChange={(event) => {
          change({ contact: event.target.value });
        }}
      />
      <SelectField
        label={words("contactLanguage")}
        value={draft.language}
        onChange={(event) => {
          change({ language: event.target.value });
        }}
      >
        {LANGUAGES.map((language) => (
          <option key={language} value={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
