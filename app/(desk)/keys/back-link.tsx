import Link from "next/link";

/** The way back to a list, above its page's title. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <p className="no-print mb-2">
      <Link href={href} className="inline-flex min-h-11 items-center underline decoration-edge underline-offset-4">
        {children}
      </Link>
    </p>
  );
}
