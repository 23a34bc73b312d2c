import Link from "next/link";
import { Button } from "#components/button";

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-2xl space-y-5 px-5 py-20">
      <title>Not here · Claviger</title>
      <h1 className="spoken text-3xl font-semibold">There is nothing at this address.</h1>
      <p>
        It may have been mistyped, or you may not take part in the ceremony it belongs to. Nothing was changed and nothing is
        lost: ceremonies and their records are never deleted.
      </p>
      <Button asChild>
        <Link href="/">To what waits for you</Link>
      </Button>
    </main>
  );
}
