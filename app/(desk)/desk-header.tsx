"use client";

import { LogOut } from "lucide-react";
import { usePathname } from "next/navigation";
import { signOut } from "next-auth/react";
import { WallClock } from "#components/moment";
import { PlaceLink } from "#components/place-link";
import { SkipLink } from "#components/skip-link";
import { useWords } from "#components/words";

const PLACES = [
  { href: "/", name: "home" },
  { href: "/ceremonies", name: "ceremonies" },
  { href: "/scripts", name: "scripts" },
  { href: "/people", name: "people" },
  { href: "/readiness", name: "readiness" },
  { href: "/keys", name: "keys" },
  { href: "/hsm", name: "hsm" },
  { href: "/audit", name: "audit" },
] as const;

type HeaderProps = { name: string; title: string; seesPeople: boolean; seesKeys: boolean; seesDesk: boolean };

/** Where one can go, who one is, and the time. */
export function DeskHeader({ name, title, seesPeople, seesKeys, seesDesk }: HeaderProps) {
  const words = useWords("frame");
  const path = usePathname();
  const seen = { "/people": seesPeople, "/keys": seesKeys, "/audit": seesDesk };
  const hidden = new Set<string>(Object.entries(seen).flatMap(([href, sees]) => (sees ? [] : [href])));
  const here = (href: string) => (href === "/" ? path === "/" : path.startsWith(href));
  return (
    <header className="no-print border-b-2 border-ink">
      <SkipLink />
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 md:gap-x-6 md:px-8">
        <span className="text-lg font-bold tracking-tight">Claviger</span>
        <nav
          aria-label={words("places")}
          className="order-last -mx-2 basis-full overflow-x-auto md:order-none md:mx-0 md:flex-1 md:basis-auto"
        >
          <ul className="flex">
            {PLACES.filter(({ href }) => !hidden.has(href)).map(({ href, name: place }) => (
              <li key={href}>
                <PlaceLink href={href} here={here(href)} className="px-1.5 text-[0.9rem] sm:px-2.5 sm:text-base">
                  {words(place)}
                </PlaceLink>
              </li>
            ))}
          </ul>
        </nav>
        <span className="flex-1 md:hidden" />
        <WallClock className="hidden text-sm lg:inline" />
        <span className="max-w-[11rem] min-w-0 text-right text-sm leading-tight sm:max-w-none">
          <span className="block truncate font-semibold">{name}</span>
          <span className="block truncate text-quiet">{title}</span>
        </span>
        <button
          type="button"
          onClick={() => void signOut({ callbackUrl: "/sign-in" })}
          className="grid size-11 cursor-pointer place-items-center rounded-[3px] hover:bg-sunken"
        >
          <LogOut aria-hidden="true" className="size-5" />
          <span className="sr-only">{words("signOut")}</span>
        </button>
      </div>
    </header>
  );
}
