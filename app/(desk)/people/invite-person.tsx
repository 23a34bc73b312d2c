"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { EnrolmentLink } from "./enrolment-link";
import { BLANK, idOf, personForm, PersonFields } from "./person-fields";

type Invited = { people: { person: string; enrolmentUrl: string }[] };

/** A new person and the roles they may have; in one ceremony they will have exactly one of them. */
export function InvitePerson({ oidc }: { oidc: boolean }) {
  const words = useWords("people");
  const router = useRouter();
  const [draft, setDraft] = useState(BLANK);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [link, setLink] = useState<{ name: string; url: string } | null>(null);

  const invite = async () => {
    setProblem(null);
    // The id stands in transcripts for good, so it must not be the name: a random tail on a short stem.
    const tail = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const person = `${idOf(draft.title) === "" ? "person" : idOf(draft.title)}-${tail}`;
    const answer = await ask<Invited>("/api/people", { people: [{ person, ...personForm(draft) }] });
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    setLink({ name: draft.name.trim(), url: answer.value.people[0]?.enrolmentUrl ?? "" });
    setDraft(BLANK);
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
      <PersonFields draft={draft} onDraft={setDraft} oidc={oidc} />
      <ProblemNotice problem={problem} />
      <Button type="submit" disabled={draft.roles.length === 0}>
        {words("invite")}
      </Button>
      {link ? <EnrolmentLink name={link.name} url={link.url} expiresAt={null} /> : null}
    </form>
  );
}
