import type { Metadata } from "next";
import { redirect } from "next/navigation";
import * as wiring from "#lib/wiring";
import { placeWithin } from "./place-within";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}) {
  const { next, error } = await searchParams;
  const [me, standing] = await Promise.all([wiring.signedIn(), wiring.standing()]);
  if (me) redirect(placeWithin(next));
  return (
    <main id="main" className="mx-auto grid min-h-[calc(100dvh-var(--frames))] max-w-xl content-center px-5 py-12">
      <p className="text-xl font-bold tracking-tight">Claviger</p>
      <h1 className="spoken mt-6 text-3xl leading-tight font-semibold md:text-4xl">
        {standing.mode === "rehearsal" ? "Rehearsals of HSM key ceremonies" : "HSM key ceremonies"}
        {standing.organisation ? ` at ${standing.organisation}` : ""}
      </h1>
      <p className="mt-3 text-quiet">Sign in with the passkey you enrolled. Your device will ask that it is really you.</p>
      <SignIn next={placeWithin(next)} oidc={standing.oidc?.name ?? null} failed={error !== undefined} />
      {standing.firstStart ? (
        <p className="mt-8 border-t border-rule pt-4 text-sm text-quiet">
          Nobody is enrolled here yet. Whoever set this server up makes the first administrator&apos;s enrolment link on its own
          host.
        </p>
      ) : null}
    </main>
  );
}
