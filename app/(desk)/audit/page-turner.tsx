import Link from "next/link";
import { Button } from "#components/button";
import { pageWords } from "../../page-words";

/** Which page of what was found this is, and the way to the others. */
export async function PageTurner({ page, pages, href }: { page: number; pages: number; href: (page: number) => string }) {
  const words = await pageWords("audit");
  if (pages === 1) return null;
  return (
    <nav aria-label={words("page", { page, pages })} className="no-print mt-4 flex flex-wrap items-center gap-4">
      {page > 1 ? (
        <Button asChild>
          <Link href={href(page - 1)}>{words("earlier")}</Link>
        </Button>
      ) : null}
      <span>{words("page", { page, pages })}</span>
      {page < pages ? (
        <Button asChild>
          <Link href={href(page + 1)}>{words("later")}</Link>
        </Button>
      ) : null}
    </nav>
  );
}
