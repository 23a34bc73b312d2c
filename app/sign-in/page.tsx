import type { Metadata } from "next";
import { redirect } from "next/navigation";
import * as wiring from "#lib/wiring";
import { pageWords } from "../page-words";
import { placeWithin } from "./place-within";
import { LanguageChoice } from "../language-choice";
import { SignIn } from "./sign-in";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords("signIn"))("title") });

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}) {
  const { next, error } = await searchParams;
  const [me, standing, words] = await Promise.all([wiring.signedIn(), wiring.standing(), pageWords("signIn")]);
  if (me) redirect(placeWithin(next));
  const what = standing.mode === "rehearsal" ? "rehearsals" : "ceremonies";
  return (
    <main id="main" className="mx-auto grid min-h-[calc(100dvh-var(--frames))] max-w-xl content-center px-5 py-12">
      <p className="text-xl font-bold tracking-tight">Claviger</p>
      <h1 className="spoken mt-6 text-3xl leading-tight font-semibold md:text-4xl">
        {standing.organisation === null ? words(what) : words(`${what}At`, { organisation: standing.organisation })}
      </h1>
      <p className="mt-3 text-quiet">{words("how")}</p>
      <SignIn next={placeWithin(next)} oidc={standing.oidc?.name ?? null} failed={error !== undefined} />
      {standing.firstStart ? (
        <p className="mt-8 border-t border-rule pt-4 text-sm text-quiet">{words("firstStart")}</p>
      ) : null}
      <footer className="mt-8">
        <LanguageChoice />
      </footer>
    </main>
  );
}
