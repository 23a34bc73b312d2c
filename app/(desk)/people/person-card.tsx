"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/button";
import { DayAndTime } from "#components/moment";
import { Sheet } from "#components/sheet";
import { TextField } from "#components/field";
import type { PersonLine } from "#lib/conduct/desk";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";
import { ChangePerson } from "./change-person";
import { EnrolmentLink } from "./enrolment-link";

type Ending = { readonly path: string; readonly what: string; readonly word: string };

/** One person: roles, passkeys, links, sessions. Revoking is typed out, never a second click on the same spot. */
export function PersonCard({ person, oidc }: { person: PersonLine; oidc: boolean }) {
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
          {person.disabled ? <strong className="text-halt"> · may not sign in</strong> : null}
          <span className="block text-sm text-quiet">
            {person.roles.join(", ")}
            {person.groups.length > 0 ? ` · ${person.groups.join(", ").replaceAll("-", " ")}` : ""} ·{" "}
            {live.length === 0 ? "no passkey yet" : `${String(live.length)} passkey${live.length === 1 ? "" : "s"}`}
          </span>
        </h3>
        <span className="flex flex-wrap gap-2">
          <ChangePerson person={person} oidc={oidc} />
          <Button size="small" onClick={() => void makeLink()} aria-label={`New enrolment link for ${person.name}`}>
            New enrolment link
          </Button>
        </span>
      </div>
      {link ? <EnrolmentLink name={person.name} url={link.enrolmentUrl} expiresAt={link.expiresAt ?? null} /> : null}
      {!link && open ? (
        <p className="mt-1 text-sm text-wait">
          A link is out, good until <DayAndTime at={open.expiresAt} />.
        </p>
      ) : null}
      <ProblemNotice problem={problem} className="mt-2" />
      {live.length + person.sessions.length > 0 ? (
        <details className="mt-2 text-sm">
          <summary className="underline decoration-edge underline-offset-4">Passkeys and sessions</summary>
          <ul className="mt-2 space-y-2">
            {live.map((passkey) => (
              <Revocable
                key={passkey.id}
                word="Revoke"
                label={`Revoke passkey ${passkey.id.slice(-8)} of ${person.name}`}
                onRevoke={() => {
                  setEnding({
                    path: `${base}/passkeys/${passkey.id}`,
                    what: `the passkey …${passkey.id.slice(-8)} of ${person.name}`,
                    word: "revoke",
                  });
                }}
              >
                Passkey <span className="measured">…{passkey.id.slice(-8)}</span>,{" "}
                {passkey.synced ? "may be synced between devices" : "bound to one device"}, enrolled{" "}
                <DayAndTime at={passkey.createdAt} />
              </Revocable>
            ))}
            {person.sessions.map((session) => (
              <Revocable
                key={session.id}
                word="End"
                label={`End a session of ${person.name}`}
                onRevoke={() => {
                  setEnding({ path: `${base}/sessions/${session.id}`, what: `a session of ${person.name}`, word: "end" });
                }}
              >
                Signed in by {session.via === "passkey" ? "passkey" : "the other sign-in"} <DayAndTime at={session.createdAt} />
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
        {word} …
      </Button>
    </li>
  );
}

type EndProps = { ending: Ending | null; onClose: () => void; onProblem: (problem: Problem | null) => void; onEnded: () => void };

function EndSheet({ ending, onClose, onProblem, onEnded }: EndProps) {
  const [typed, setTyped] = useState("");
  const close = () => {
    setTyped("");
    onClose();
  };
  const end = async () => {
    if (!ending || typed.trim().toLowerCase() !== ending.word) return;
    const answer = await ask(ending.path, undefined, "DELETE");
    onProblem(answer.ok ? null : answer.problem);
    close();
    onEnded();
  };
  return (
    <Sheet title={`You are about to ${ending?.word ?? ""} ${ending?.what ?? ""}`} open={ending !== null} onClose={close}>
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          void end();
        }}
      >
        <p>
          {ending?.word === "end"
            ? "They are signed out at their next request and can sign in again."
            : "It can no longer sign in here. In ceremonies that are already open it still counts as their roster says; stop those if that is not wanted. A new roster without it must be published for ceremonies to come."}
        </p>
        <TextField
          label={`Type the word ${ending?.word ?? ""}`}
          required
          spellCheck={false}
          autoCapitalize="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        <Button look="stop" size="large" type="submit" disabled={typed.trim().toLowerCase() !== ending?.word}>
          {ending?.word === "end" ? "End the session" : "Revoke the passkey"}
        </Button>
      </form>
    </Sheet>
  );
}
