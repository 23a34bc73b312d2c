import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FactList } from "#components/fact-list";
import { Nothing, PageHeading, PageSection } from "#components/page-heading";
import * as wiring from "#lib/wiring";
import { HealthList } from "../health-list";
import { LookAgain } from "../look-again";

export const metadata: Metadata = { title: "HSM" };

export default async function HsmPage() {
  const me = await wiring.signedIn();
  if (!me) redirect("/sign-in?next=/hsm");
  const health = await wiring.health();
  return (
    <>
      <LookAgain />
      <PageHeading title="HSM">
        What the workers say about themselves and their tokens. This server holds no PIN and cannot reach a token: it only reads
        what the workers write down.
      </PageHeading>
      <PageSection title="Health">
        <HealthList health={health} />
      </PageSection>
      {health.workers.length === 0 ? (
        <Nothing>
          A worker runs on the host that the HSM is connected to, as its own process with its own environment:{" "}
          <span className="measured">npm run worker</span>. It appears here within seconds.
        </Nothing>
      ) : null}
      {health.workers.map(({ worker, serial, facts }) => (
        <PageSection key={worker} title={`Worker ${worker}`}>
          <FactList
            facts={[
              { name: "Token serial", value: serial === "" ? "not yet known" : serial, measured: true },
              ...Object.entries(facts).map(([name, value]) => ({
                name: wordsOf(name),
                value: String(value),
                measured: typeof value !== "boolean",
              })),
            ]}
          />
        </PageSection>
      ))}
    </>
  );
}

/** "sessionsOpen" as people read it: "Sessions open". */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("-", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
