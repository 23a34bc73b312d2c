import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type Place = { href: string; here: boolean; className: string; children: ReactNode };

/** One of the places of a navigation bar; the one where one is stands underlined. */
export function PlaceLink({ href, here, className, children }: Place) {
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={classNames(
        "inline-flex min-h-11 items-center border-b-[3px]",
        className,
        here ? "border-ink font-semibold" : "border-transparent hover:border-rule",
      )}
    >
      {children}
    </Link>
  );
}
