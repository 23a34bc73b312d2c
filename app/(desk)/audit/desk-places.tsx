"use client";

import { usePathname } from "next/navigation";
import { PlaceLink } from "#components/place-link";
import { useWords } from "#components/words";

const PLACES = [
  { href: "/audit", name: "records" },
  { href: "/audit/log", name: "log" },
  { href: "/audit/samples", name: "samples" },
  { href: "/audit/requests", name: "requests" },
  { href: "/audit/retention", name: "retention" },
  { href: "/audit/files", name: "files" },
] as const;

/** The parts of the desk. */
export function DeskPlaces() {
  const words = useWords("audit");
  const path = usePathname();
  const here = (href: string) => (href === "/audit" ? path === "/audit" || path.startsWith("/audit/records") : path.startsWith(href));
  return (
    <nav aria-label={words("places")} className="no-print -mt-3 mb-8 border-b border-rule">
      <ul className="flex flex-wrap gap-x-1">
        {PLACES.map(({ href, name }) => (
          <li key={href}>
            <PlaceLink href={href} here={here(href)} className="px-2.5">
              {words(name)}
            </PlaceLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
