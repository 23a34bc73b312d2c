import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { Notice } from "#components/notice";
import type { Afterwards } from "#lib/conduct/plan-view";
import { sharedReader } from "#lib/conduct/shared-reader";
import * as wiring from "#lib/wiring";
import { afterwards } from "#lib/wiring/plans";
import { pageLanguage, pageWords } from "../../page-words";
import { Room } from "./room";

type RoomProps = { params: Promise<{ id: string }> };

/** Who looks: somebody signed in, or the browser itself where it is passed from hand to hand in this room; else null. */
async function lookerAt(id: string): Promise<string | null> {
  if ((await wiring.sharedHere()) === id) return sharedReader(id);
  return (await wiring.signedIn())?.person ?? null;
}

export async function generateMetadata({ params }: RoomProps): Promise<Metadata> {
  const { id } = await params;
  const looker = await lookerAt(id);
  const view = looker === null ? null : await wiring.roomView(id, looker, await pageLanguage());
  return { title: view?.title ?? (await pageWords("standing"))("title") };
}

export default async function RoomPage({ params }: RoomProps) {
  const { id } = await params;
  const looker = await lookerAt(id);
  if (looker === null) redirect(`/sign-in?next=/ceremonies/${id}`);
  const [view, standing] = await Promise.all([wiring.roomView(id, looker, await pageLanguage()), wiring.standing()]);
  if (!view) notFound();
  const left = view.phase === "closed" ? await afterwards(id) : null;
  return (
    <>
      {left ? <LeftToDo {...left} /> : null}
      {view.phase === "closed" && !left && view.script.afterwards.length > 0 ? <LeftByRehearsal texts={view.script.afterwards} /> : null}
      <Room initial={view} framed={standing.mode === "rehearsal"} />
    </>
  );
}

/** A closed ceremony is finished when what its plan leaves to do after it is done, or signed off as not done. */
async function LeftToDo({ plan, open, overdue }: Afterwards) {
  const words = await pageWords("plans");
  const said = open > 0 ? words("unfinished", { open }) : words("finished");
  return (
    <Notice look={open > 0 ? "wait" : "plain"} title={overdue > 0 ? `${said} ${words("overdue", { n: overdue })}.` : said} className="no-print">
      <Link href={`/plans/${plan}`} className="underline underline-offset-4">
        {words("toPlan")}
      </Link>
    </Notice>
  );
}

/** A rehearsal that nobody planned: what production would leave to do is shown, and nobody owns it. */
async function LeftByRehearsal({ texts }: { texts: readonly string[] }) {
  const words = await pageWords("plans");
  return (
    <Notice look="wait" title={words("leftByRehearsal")} className="no-print">
      <ul className="list-disc pl-5">
        {texts.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}
