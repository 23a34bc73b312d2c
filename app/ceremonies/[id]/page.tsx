import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import * as wiring from "#lib/wiring";
import { pageLanguage } from "../../page-words";
import { Room } from "./room";

type RoomProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: RoomProps): Promise<Metadata> {
  const me = await wiring.signedIn();
  const view = me ? await wiring.roomView((await params).id, me.person, await pageLanguage()) : null;
  return { title: view?.title ?? "Ceremony" };
}

export default async function RoomPage({ params }: RoomProps) {
  const { id } = await params;
  const me = await wiring.signedIn();
  if (!me) redirect(`/sign-in?next=/ceremonies/${id}`);
  const [view, standing] = await Promise.all([wiring.roomView(id, me.person, await pageLanguage()), wiring.standing()]);
  if (!view) notFound();
  return <Room initial={view} framed={standing.mode === "rehearsal"} />;
}
