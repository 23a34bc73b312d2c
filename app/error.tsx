"use client";

import Link from "next/link";
import { Button } from "#components/button";
import { useWords } from "#components/words";

/** A page that could not be made. What was written stays written; only this page is missing. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const words = useWords("faults");
  return (
    <main id="main" className="mx-auto max-w-2xl space-y-5 px-5 py-20">
      <title>{`${words("notShown")} · Claviger`}</title>
      <h1 className="spoken text-3xl font-semibold">{words("notShownHeading")}</h1>
      <p>{words("notShownWhy")}</p>
      <p>{words(error.digest ? "tryAgainNumber" : "tryAgainHint")}</p>
      {error.digest ? <p className="measured">{error.digest}</p> : null}
      <div className="flex flex-wrap gap-3">
        <Button look="turn" onClick={reset}>
          {words("tryAgain")}
        </Button>
        <Button asChild>
          <Link href="/">{words("toFirst")}</Link>
        </Button>
      </div>
    </main>
  );
}
