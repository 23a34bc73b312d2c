"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Sheet } from "#components/sheet";
import { TextField } from "#components/field";
import { useWords } from "#components/words";
import type { PersonLine } from "#lib/conduct/desk";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { ChangePerson } from "./change-person";
import { EnrolmentLink } from "./enrolment-link";

type Ending = { readonly path: string; readonly what: string; readonly kind: "revoke" | "end" };

/** One person: roles, passkeys, links, sessions. Revoking is typed out, never a second click on the same spot. */
export function PersonCard({ person, oidc }: { person: PersonLine; oidc: boolean }) {
  const words = useWords("people");
  const roles = useWords("roles");
  const router = useRouter();
  const [link, setLink] = useState<{ enrolmentUrl: string; expiresAt?: string } | null>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const live = person.passkeys;
  const open = person.links.filter(({ usedAt }) => usedAt === null).at(-1);
  const base = `/api/people/${person.person}`;
  const makeLink = async () => {
    setProblem(null);
    const answer = await ask<{ enrolmentUrl: string; expiresAt?: string }>(`${base}/link`, {});
    if (answer.ok) setLink(answer.value);
    else setProblem(answer.problem);
    router.refresh();
  };
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h3 className="min-w-0">
          <span className="text-lg font-semibold">{person.name}</span> <span className="text-quiet">{person.title}</span>
          {person.disabled ? <strong className="text-halt">{words("mayNotSignIn")}</strong> : null}
          <span className="block text-sm text-quiet">
            {person.roles.map((role) => roles(role)).join(", ")}
            {person.groups.length > 0 ? ` · ${person.groups.join(", ").replaceAll("-", " ")}` : ""} ·{" "}
            {live.length === 0 ? words("noPasskey") : words("passkeys", { n: live.length })}
          </span>
        </h3>
        <span className="flex flex-wrap gap-2">
          <ChangePerson person={person} oidc={oidc} />
          <Button size="small" onClick={() => void makeLink()} aria-label={words("newLinkFor", { name: person.name })}>
            {words("newLink")}
          </Button>
        </span>
      </div>
      {link ? <EnrolmentLink name={person.name} url={link.enrolmentUrl} expiresAt={link.expiresAt ?? null} /> : null}
      {!link && open ? (
        <p className="mt-1 text-sm text-wait">
          {words.rich("linkOut", { time: () => <DayAndTime at={open.expiresAt} /> })}
        </p>
      ) : null}
      <ProblemNotice problem={problem} className="mt-2" />
      {live.length + person.sessions.length > 0 ? (
        <details className="mt-2 text-sm">
          <summary className="underline decoration-edge underline-offset-4">{words("passkeysAndSessions")}</summary>
          <ul className="mt-2 space-y-2">
            {live.map((passkey) => (
              <Revocable
                key={passkey.id}
                word={words("revoke")}
                label={words("revokePasskey", { id: passkey.id.slice(-8), name: person.name })}
                onRevoke={() => {
                  setEnding({
                    path: `${base}/passkeys/${passkey.id}`,
                    what: words("aboutToRevoke", { id: passkey.id.slice(-8), name: person.name }),
                    kind: "revoke",
                  });
                }}
              >
                {words.rich(passkey.synced ? "passkeySynced" : "passkeyBound", {
                  key: () => <span className="measured">…{passkey.id.slice(-8)}</span>,
                  time: () => <DayAndTime at={passkey.createdAt} />,
                })}
              </Revocable>
            ))}
            {person.sessions.map((session) => (
              <Revocable
                key={session.id}
                word={words("end")}
                label={words("endSession", { name: person.name })}
                onRevoke={() => {
                  setEnding({ path: `${base}/sessions/${session.id}`, what: words("aboutToEnd", { name: person.name }), kind: "end" });
                }}
              >
                {words.rich(session.via === "passkey" ? "byPasskey" : "byOther", {
                  time: () => <DayAndTime at={session.createdAt} />,
                })}
              </Revocable>
            ))}
          </ul>
        </details>
      ) : null}
      <EndSheet
        ending={ending}
        onClose={() => {
          setEnding(null);
        }}
        onProblem={setProblem}
        onEnded={() => {
          router.refresh();
        }}
      />
    </li>
  );
}

function Revocable({
  children,
  word,
  label,
  onRevoke,
}: {
  children: React.ReactNode;
  word: string;
  label: string;
  onRevoke: () => void;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3">
      <span className="min-w-0">{children}</span>
      <Button look="halt" size="small" aria-label={label} onClick={onRevoke}>
        {word}
      </Button>
    </li>
  );
}

type EndProps = { ending: Ending | null; onClose: () => void; onProblem: (problem: Problem | null) => void; onEnded: () => void };

function EndSheet({ ending, onClose, onProblem, onEnded }: EndProps) {
  const words = useWords("people");
  const [typed, setTyped] = useState("");
  const word = words(ending?.kind === "end" ? "wordEnd" : "wordRevoke");
  const close = () => {
    setTyped("");
    onClose();
  };
  const end = async () => {
    if (!ending || typed.trim().toLowerCase() !== word) return;
    const answer = await ask(ending.path, undefined, "DELETE");
    onProblem(answer.ok ? null : answer.problem);
    close();
    onEnded();
  };
  return (
    <Sheet title={ending?.what ?? ""} open={ending !== null} onClose={close}>
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          void end();
        }}
      >
        <p>{words(ending?.kind === "end" ? "endMeans" : "revokeMeans")}</p>
        <TextField
          label={words("typeWord", { word })}
          required
          spellCheck={false}
          autoCapitalize="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        <Button look="stop" size="large" type="submit" disabled={typed.trim().toLowerCase() !== word}>
          {words(ending?.kind === "end" ? "endIt" : "revokeIt")}
        </Button>
      </form>
    </Sheet>
  );
}
