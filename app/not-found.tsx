import Link from "next/link";
import { Button } from "#components/button";
import { pageWords } from "./page-words";

export default async function NotFound() {
  const words = await pageWords("faults");
  return (
    <main id="main" className="mx-auto max-w-2xl space-y-5 px-5 py-20">
      <title>{`${words("notHere")} · Claviger`}</title>
      <h1 className="spoken text-3xl font-semibold">{words("notHereHeading")}</h1>
      <p>{words("notHereWhy")}</p>
      <Button asChild>
        <Link href="/">{words("toWaiting")}</Link>
      </Button>
    </main>
  );
}
