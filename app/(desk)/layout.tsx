import { cookies } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { sitsAtDesk } from "#lib/conduct/at-desk";
import { readsRegister } from "#lib/conduct/register-view";
import * as wiring from "#lib/wiring";
import { appearanceOf, APPEARANCE_COOKIE } from "../appearance";
import { AppearanceChoice } from "../appearance-choice";
import { LanguageChoice } from "../language-choice";
import { pageWords } from "../page-words";
import { DeskHeader } from "./desk-header";

/** Every page behind the sign-in except the room itself, which has a head of its own. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const [me, jar, words] = await Promise.all([wiring.signedIn(), cookies(), pageWords("frame")]);
  if (!me) redirect("/sign-in");
  return (
    <div className="flex min-h-[calc(100dvh-var(--frames))] flex-col">
      <DeskHeader
        name={me.name}
        title={me.title}
        seesPeople={me.roles.some((role) => role === "administrator" || role === "custodian")}
        seesKeys={readsRegister(me.roles)}
        seesDesk={sitsAtDesk(me.roles, "either")}
      />
      <main id="main" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 md:px-8">
        {children}
      </main>
      <footer className="no-print mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6 md:px-8">
        <p className="text-sm text-quiet">{words("motto")}</p>
        <span className="flex flex-wrap items-center gap-4">
          <Link href="/log" className="inline-flex min-h-11 items-center text-sm underline decoration-edge underline-offset-4">
            {words("log")}
          </Link>
          <LanguageChoice />
          <AppearanceChoice initial={appearanceOf(jar.get(APPEARANCE_COOKIE)?.value)} />
        </span>
      </footer>
    </div>
  );
}
