import Link from "next/link";
import { redirect } from "next/navigation";
import { Nothing, PageHeading } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { lookAt } from "#lib/wiring/desk-looks";
import { planFor } from "#lib/wiring/plans";
import { rehearsals } from "#lib/wiring/rehearsals";
import { pageLanguage, pageWords } from "../../../page-words";
import { OpenCeremony, type Planned } from "./open-ceremony";
import { needsOf } from "./cast";

export async function generateMetadata() {
  return { title: (await pageWords("opening"))("title") };
}

const LINK = "text-ink underline underline-offset-4";

/** How many endorsements a script still needs before production may use it. */
async function missingOf(hash: string, me: string): Promise<readonly [string, number]> {
  const line = await wiring.scriptEndorsement(hash, me);
  return [hash, line && !line.reached ? line.needed - line.signed.length : 0];
}

/** What a plan says of the ceremony to be opened from it; nothing when it is not to be opened any more. */
async function planned(id: string | undefined, me: string): Promise<Planned | null> {
  const plan = id === undefined ? null : await planFor(id, me);
  if (!plan?.standing) return null;
  const cast = Object.fromEntries(plan.cast.map(({ person, role }) => [person, role]));
  return { plan: plan.plan, hash: plan.scriptHash, title: plan.title, place: plan.room, cast };
}

type PageProps = { searchParams: Promise<{ plan?: string }> };

export default async function NewCeremonyPage({ searchParams }: PageProps) {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/ceremonies/new");
  await lookAt(me, "ceremonies/new");
  const [lines, rosters, rehearsed] = await Promise.all([wiring.scripts(), wiring.rosters(me.person), rehearsals(me.person, await pageLanguage())]);
  const texts = await Promise.all(lines.map(({ hash }) => wiring.script(hash)));
  const roster = rosters.find(({ standing }) => standing === "in force");
  const missing = new Map(
    roster?.mode === "production" ? await Promise.all(lines.map(({ hash }) => missingOf(hash, me.person))) : [],
  );
  const scripts = texts.flatMap((text) =>
    text
      ? [
          {
            hash: text.hash,
            missing: missing.get(text.hash) ?? 0,
            title: text.script.title,
            edition: text.script.edition,
            purpose: text.script.purpose,
            minutes: text.script.minutes,
            needs: needsOf(text.script),
            rehearsals: rehearsed.filter(({ scriptHash }) => scriptHash === text.hash),
            days: text.script.rehearsed?.days ?? null,
            goNoGo: text.script.goNoGo !== undefined,
          },
        ]
      : [],
  );
  const words = await pageWords("opening");
  return (
    <>
      <PageHeading title={words("title")}>{words("intro")}</PageHeading>
      {!roster ? (
        <Nothing>
          {words.rich("noRoster", {
            people: (text) => (
              <Link href="/people" className={LINK}>
                {text}
              </Link>
            ),
          })}
        </Nothing>
      ) : scripts.length === 0 ? (
        <Nothing>
          {words.rich("noScript", {
            scripts: (text) => (
              <Link href="/scripts" className={LINK}>
                {text}
              </Link>
            ),
          })}
        </Nothing>
      ) : (
        <OpenCeremony scripts={scripts} roster={roster} me={me.person} planned={await planned((await searchParams).plan, me.person)} />
      )}
    </>
  );
}
