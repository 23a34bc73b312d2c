"use client";

import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { KeyRound } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "#components/button";
import { signInChallenge } from "#lib/ceremony/sign-in-challenge";
import { base64url } from "#lib/log/digest";
import { ask, type Problem } from "../ask";
import { ProblemNotice } from "../problem-notice";

const REFUSED: Problem = {
  code: "SIGN-IN-REFUSED",
  sentence: "This passkey was not accepted.",
  remedy:
    "It may be one that was revoked, or of another site. Use the passkey you enrolled here, or ask an administrator for a new enrolment link.",
};
const UNUSED: Problem = {
  code: "PASSKEY-NOT-USED",
  sentence: "No passkey was used: it was cancelled, or it took too long.",
  remedy: "Nothing happened. Try again when you are ready.",
};
const NO_SIGN_IN: Problem = {
  code: "NOT-A-SIGN-IN",
  sentence: "What the server asks your passkey to sign is not a sign-in.",
  remedy: "Nothing was signed. Do not try again: tell the administrator, and stop a ceremony that is under way.",
};
const ELSEWHERE: Problem = {
  code: "OIDC-REFUSED",
  sentence: "The other sign-in did not lead here.",
  remedy: "Only people on the roster are let in. Use your passkey, or ask an administrator.",
};

type Offer = { challengeId: string; nonce: string; options: PublicKeyCredentialRequestOptionsJSON };

/** The challenge is made here again: a passkey that signs whatever the server sends could be signing an approval. */
const isSignIn = ({ nonce, options }: Offer): boolean => options.challenge === base64url(signInChallenge(nonce));

type SignInProps = { next: string; oidc: string | null; failed: boolean };

/** Passkey first; another sign-in, where there is one, can look but never approve. */
export function SignIn({ next, oidc, failed }: SignInProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(failed ? ELSEWHERE : null);

  const withPasskey = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setProblem(await enter(next));
    setBusy(false);
  };
  return (
    <div className="mt-8 space-y-4">
      <Button look="turn" size="large" className="w-full" aria-disabled={busy} onClick={() => void withPasskey()}>
        <KeyRound aria-hidden="true" />
        {busy ? "Waiting for your passkey …" : "Sign in with a passkey"}
      </Button>
      {oidc === null ? null : (
        <div className="space-y-2">
          <Button size="large" className="w-full" onClick={() => void signIn("oidc", { callbackUrl: next })}>
            Sign in with {oidc}
          </Button>
          <p className="text-sm text-quiet">To look on. Approving and signing always ask for a passkey.</p>
        </div>
      )}
      <ProblemNotice problem={problem} />
    </div>
  );
}

/** Signs in and goes on to `next`; answers what went wrong, or null when the page is already leaving. */
async function enter(next: string): Promise<Problem | null> {
  const challenge = await ask<Offer>("/api/passkey/challenge", {});
  if (!challenge.ok) return challenge.problem;
  if (!isSignIn(challenge.value)) return NO_SIGN_IN;
  let assertion: string;
  try {
    assertion = JSON.stringify(await startAuthentication({ optionsJSON: challenge.value.options }));
  } catch {
    return UNUSED;
  }
  const answer = await signIn("passkey", { challengeId: challenge.value.challengeId, assertion, redirect: false }).catch(
    () => null,
  );
  if (!answer?.ok || answer.error) return REFUSED;
  window.location.assign(next);
  return null;
}
