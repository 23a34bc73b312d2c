import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import * as wiring from "#lib/wiring";
import { pageLanguage, pageWords } from "../../../page-words";
import { Wall } from "./wall";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords("wall"))("title") };
}

/** For the projector: everything to be compared with the wall, and nothing to click. */
export default async function DisplayPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/ceremonies/${id}/display`);
  const [view, standing] = await Promise.all([wiring.roomView(id, me.person, await pageLanguage()), wiring.standing()]);
  if (!view) notFound();
  return <Wall initial={view} framed={standing.mode === "rehearsal"} />;
}
