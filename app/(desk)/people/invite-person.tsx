"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { ROLES, type Role } from "#lib/ceremony/roles";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { EnrolmentLink } from "./enrolment-link";

const idOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);

type Invited = { people: { person: string; enrolmentUrl: string }[] };

/** A new person and the roles they may have; in one ceremony they will have exactly one of them. */
export function InvitePerson() {
  const router = useRouter();
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [groups, setGroups] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [link, setLink] = useState<{ name: string; url: string } | null>(null);

  const invite = async () => {
    setProblem(null);
    // The id stands in transcripts for good, so it must not be the name: a random tail on a short stem.
    const tail = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const person = `${idOf(title) === "" ? "person" : idOf(title)}-${tail}`;
    const standing = groups.split(",").map(idOf).filter((group) => group !== "");
    const answer = await ask<Invited>("/api/people", { people: [{ person, name: name.trim(), title: title.trim(), roles, groups: standing }] });
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setLink({ name: name.trim(), url: answer.value.people[0]?.enrolmentUrl ?? "" });
    setName("");
    setTitle("");
    setRoles([]);
    setGroups("");
    router.refresh();
  };
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField label="Name" required maxLength={120} value={name} onChange={(event) => { setName(event.target.value); }} />
        <TextField label="Title" required maxLength={120} placeholder="Security Lead" value={title} onChange={(event) => { setTitle(event.target.value); }} />
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-semibold">Roles they may have</legend>
        <div className="flex flex-wrap gap-x-6">
          {ROLES.map((role) => (
            <label key={role} className="flex min-h-11 items-center gap-2">
              <input type="checkbox" className="size-5" checked={roles.includes(role)} onChange={(event) => { setRoles(event.target.checked ? [...roles, role] : roles.filter((one) => one !== role)); }} />
              {role}
            </label>
          ))}
        </div>
        <p className="text-sm text-quiet">In one ceremony a person has exactly one of them.</p>
      </fieldset>
      <TextField label="Standing groups, if any" hint="Separated by commas, such as security-officer. A script can ask that one of a group is among those who approve." value={groups} onChange={(event) => { setGroups(event.target.value); }} />
      <ProblemNotice problem={problem} />
      <Button type="submit" disabled={roles.length === 0}>
        Invite
      </Button>
      {link ? <EnrolmentLink name={link.name} url={link.url} expiresAt={null} /> : null}
    </form>
  );
}
