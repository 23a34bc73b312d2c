"use client";

import Link from "next/link";
import { Button } from "#components/button";

/** A page that could not be made. What was written stays written; only this page is missing. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="mx-auto max-w-2xl space-y-5 px-5 py-20">
      <title>Not shown · Claviger</title>
      <h1 className="spoken text-3xl font-semibold">This page could not be shown.</h1>
      <p>
        The server could not make it, most likely because the database did not answer. Everything that was written is kept, and a
        ceremony in progress stands where it stood. The worker waits rather than guesses.
      </p>
      <p>Try again. If it stays like this, tell whoever runs the server{error.digest ? ", with this number:" : "."}</p>
      {error.digest ? <p className="measured">{error.digest}</p> : null}
      <div className="flex flex-wrap gap-3">
        <Button look="turn" onClick={reset}>
          Try again
        </Button>
        <Button asChild>
          <Link href="/">To the first page</Link>
        </Button>
      </div>
    </main>
  );
}
