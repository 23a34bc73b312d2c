"use client";

import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { Fingerprint } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "#components/button";
import { useWords } from "#components/words";
import { ask, type Problem } from "../../ask";
import { ProblemNotice } from "../../problem-notice";

type Invitation = { person: { name: string; title: string }; options: PublicKeyCredentialCreationOptionsJSON };

/** One link, one person, one passkey. The link is used up only when the passkey is kept. */
export function Enrol({ token }: { token: string }) {
  const words = useWords("signIn");
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
      setProblem(
        answer?.problem ?? {
          code: "PASSKEY-NOT-MADE",
          sentence: words("unmade.sentence"),
          remedy: words("unmade.remedy"),
        },
      );
    }
  };

  if (state === "done") {
    return (
      <div className="mt-6 space-y-5">
        <div role="status">
          <h1 className="spoken text-3xl leading-tight font-semibold">{words("enrolled")}</h1>
        </div>
        <p>{words("counts")}</p>
        <Button look="turn" size="large" asChild>
          <Link href="/sign-in">{words("title")}</Link>
        </Button>
      </div>
    );
  }
  return (
    <div className="mt-6 space-y-5">
      <h1 className="spoken text-3xl leading-tight font-semibold">
        {invitation ? words("welcome", { name: invitation.person.name }) : words("enrol")}
      </h1>
      {invitation ? (
        <>
          <p className="text-quiet">{invitation.person.title}</p>
          <p>{words("whatItIs")}</p>
          <Button look="turn" size="large" className="w-full" aria-disabled={state === "busy"} onClick={() => void register()}>
            <Fingerprint aria-hidden="true" />
            {words(state === "busy" ? "waitingForDevice" : "make")}
          </Button>
        </>
      ) : problem ? null : (
        <p aria-live="polite">{words("lookingUp")}</p>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}
