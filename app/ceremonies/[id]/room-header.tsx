import { MonitorUp } from "lucide-react";
import Link from "next/link";
import type { Ref } from "react";
import { ModeMark } from "#components/mode-mark";
import { WallClock } from "#components/moment";
import { SkipLink } from "#components/skip-link";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { RoomBanners, type Line } from "./room-banners";

/** Title, mode, clock, chain code: what everybody in the room must see alike, always in sight. */
export function RoomHeader({ ref, view, line }: { ref: Ref<HTMLElement>; view: RoomView; line: Line }) {
  const words = useWords("standing");
  return (
    <header ref={ref} className="sticky top-[var(--frame-top)] z-30 border-b-2 border-ink bg-paper">
      <SkipLink />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2 md:px-6">
        <Link href="/" className="hidden min-h-8 items-center text-sm font-semibold tracking-wide underline-offset-4 hover:underline md:inline-flex">
          Claviger
        </Link>
        <h1 className="min-w-0 flex-1 basis-56 truncate text-lg leading-tight font-semibold md:text-xl" title={view.title}>
          {view.title}
        </h1>
        <ModeMark mode={view.mode} />
        <span
          className={
            view.phase === "stopped" || view.phase === "aborted" ? "font-semibold text-halt" : "hidden font-semibold sm:inline"
          }
        >
          {words(`phase.${view.phase}`)}
        </span>
        <WallClock className="text-sm md:text-base" />
        <span className="text-sm whitespace-nowrap" title={words("chainHash", { hash: view.chain.hash })}>
          <span className="text-quiet">{words("chain")} </span>
          <span className="clock font-semibold">{view.chain.code}</span>
          <span className="text-quiet"> · {words("entry")} </span>
          <span className="clock">{view.chain.entries}</span>
        </span>
        <Link
          href={`/ceremonies/${view.id}/display`}
          target="_blank"
          className="no-print hidden min-h-8 items-center gap-1 text-sm underline decoration-edge underline-offset-4 lg:inline-flex"
        >
          <MonitorUp aria-hidden="true" className="size-4" />
          {words("display")}
        </Link>
      </div>
      <RoomBanners view={view} line={line} />
    </header>
  );
}
