import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { sharedReader } from "#lib/conduct/shared-reader";
import * as wiring from "#lib/wiring";
import { pageLanguage } from "../../page-words";
import { Room } from "./room";

type RoomProps = { params: Promise<{ id: string }> };

/** Who looks: somebody signed in, or the browser itself where it is passed from hand to hand in this room; null for anybody else. */
async function lookerAt(id: string): Promise<string | null> {
  if ((await wiring.sharedHere()) === id) return sharedReader(id);
  return (await wiring.signedIn())?.person ?? null;
}

export async function generateMetadata({ params }: RoomProps): Promise<Metadata> {
  const { id } = await params;
  const looker = await lookerAt(id);
  const view = looker === null ? null : await wiring.roomView(id, looker, await pageLanguage());
  return { title: view?.title ?? "Ceremony" };
}

export default async function RoomPage({ params }: RoomProps) {
  const { id } = await params;
  const looker = await lookerAt(id);
  if (looker === null) redirect(`/sign-in?next=/ceremonies/${id}`);
  const [view, standing] = await Promise.all([wiring.roomView(id, looker, await pageLanguage()), wiring.standing()]);
  if (!view) notFound();
  return <Room initial={view} framed={standing.mode === "rehearsal"} />;
}
