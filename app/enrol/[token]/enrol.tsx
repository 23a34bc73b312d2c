"use client";

import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { Fingerprint } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "#components/button";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

type Invitation = { person: { name: string; title: string }; options: PublicKeyCredentialCreationOptionsJSON };

const UNMADE: Problem = {
  code: "PASSKEY-NOT-MADE",
  sentence: "No passkey was made: it was cancelled, it took too long, or this device already has yours.",
  remedy: "The link is still good. Try again, or use another device or security key.",
};

/** One link, one person, one passkey. The link is used up only when the passkey is kept. */
export function Enrol({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<"asked" | "busy" | "done">("asked");
  const path = `/api/enrolment/${encodeURIComponent(token)}`;

  useEffect(() => {
    void ask<Invitation>(path).then((answer) => {
      if (answer.ok) setInvitation(answer.value);
      else setProblem(answer.problem);
    });
  }, [path]);

  const register = async () => {
    if (!invitation || state === "busy") return;
    setState("busy");
    setProblem(null);
    const registration = await startRegistration({ optionsJSON: invitation.options }).catch(() => null);
    const answer = registration ? await ask(path, { registration }) : null;
    if (answer?.ok) setState("done");
    else {
      setState("asked");
      setProblem(answer ? answer.problem : UNMADE);
    }
  };

  if (state === "done") {
    return (
      <div className="mt-6 space-y-5">
        <div role="status">
          <h1 className="spoken text-3xl leading-tight font-semibold">Your passkey is enrolled.</h1>
        </div>
        <p>
          It counts in ceremonies once an administrator has published a roster that contains it. This link cannot be used again.
        </p>
        <Button look="turn" size="large" asChild>
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </div>
    );
  }
  return (
    <div className="mt-6 space-y-5">
      <h1 className="spoken text-3xl leading-tight font-semibold">
        {invitation ? `Welcome, ${invitation.person.name}` : "Enrol a passkey"}
      </h1>
      {invitation ? (
        <>
          <p className="text-quiet">{invitation.person.title}</p>
          <p>
            A passkey is how you will sign in, and how you will approve, refuse and sign in ceremonies. It stays on your device or
            security key, which must check that it is you: by fingerprint, face or PIN. If this is not you, close this page and
            tell whoever sent it.
          </p>
          <Button look="turn" size="large" className="w-full" aria-disabled={state === "busy"} onClick={() => void register()}>
            <Fingerprint aria-hidden="true" />
            {state === "busy" ? "Waiting for your device …" : "Make my passkey"}
          </Button>
        </>
      ) : problem ? null : (
        <p aria-live="polite">Looking up whom this link is for …</p>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}
