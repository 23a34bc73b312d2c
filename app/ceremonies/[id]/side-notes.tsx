import { HashHex, HashWords } from "#components/hash-block";
import { ClockTime, DayAndTime } from "#components/moment";
import { PrintForm } from "#components/print-form";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ExceptionSheets } from "./exception-sheets";
import { RehearsalNote } from "./rehearsal-note";
import { ReleasedNotebooks } from "./released-notebooks";
import type { Send } from "./use-room";
import { WorkerLine } from "./worker-line";

/** What has come of the ceremony so far: keys, deviations; and what it stands on: script, roster, token. */
export function SideNotes({ view, send }: { view: RoomView; send: Send }) {
  const words = useWords("standing");
  const sheets = useWords("sheets");
  return (
    <div className="space-y-7">
      <Section title={words("worker")}>
        <WorkerLine worker={view.worker} />
      </Section>
      <Section title={words("keys", { n: view.keys.length })}>
        {view.keys.length === 0 ? (
          <p className="text-quiet">{words("noKeys")}</p>
        ) : null}
        <ul className="space-y-3">
          {view.keys.map((key) => (
            <li key={key.label} className="print-whole">
              <p className="measured font-semibold [overflow-wrap:anywhere]">{key.label}</p>
              <p className="text-sm text-quiet">
                {words.rich(key.kind === "key-pair" ? "keyPair" : "secretKey", {
                  ...{ algorithm: key.algorithm, step: key.step },
                  at: () => <ClockTime at={key.at} />,
                })}
              </p>
              {key.fingerprint ? (
                <details className="text-sm">
                  <summary className="underline decoration-edge underline-offset-4">{key.fingerprint.of}</summary>
                  <HashHex hex={key.fingerprint.value} className="mt-1" />
                  <HashWords hex={key.fingerprint.value} className="mt-1" />
                </details>
              ) : null}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={sheets("sheetsTitle", { count: view.deviations.length + (view.openSheet ? 1 : 0) })}>
        <ExceptionSheets view={view} send={send} />
      </Section>
      {view.notebooks.length > 0 ? (
        <Section title={sheets("released")}>
          <ReleasedNotebooks view={view} />
        </Section>
      ) : null}
      <Standing view={view} />
    </div>
  );
}

/** A value that was measured, for a sentence to hold. */
const measured = (value: string) =>
  function Measured() {
    return <span className="measured [overflow-wrap:anywhere]">{value}</span>;
  };

function Standing({ view }: { view: RoomView }) {
  const words = useWords("standing");
  return (
    <Section title={words("standsOn")}>
      <dl className="space-y-2 text-sm">
        <Row name={words("organisation")}>{[view.organisation, view.place].filter(Boolean).join(", ")}</Row>
        <Row name={words("opened")}>
          <DayAndTime at={view.openedAt} />
        </Row>
        <Row name={words("script")}>
          {words("scriptEdition", { title: view.script.title, edition: view.script.edition })}
          <br />
          <HashHex hex={view.script.hash} />
          <div className="no-print mt-2">
            <PrintForm action={`/api/ceremonies/${view.id}/script`} people={view.people.length} />
          </div>
        </Row>
        <Row name={words("roster", { version: view.roster.version })}>
          <HashHex hex={view.roster.hash} />
        </Row>
        <RehearsalNote view={view} />
        {view.recorder ? (
          <>
            <Row name={words("token")}>
              {words.rich("tokenSays", { ...view.recorder.token, serial: measured(view.recorder.token.serial) })}
            </Row>
            {view.recorder.others.map(({ name, ...token }) => (
              <Row key={name} name={words("otherToken", { name })}>
                {words.rich("tokenSays", { ...token, serial: measured(token.serial) })}
              </Row>
            ))}
            <Row name={words("recorder")}>
              <HashHex hex={view.recorder.fingerprint} />
            </Row>
          </>
        ) : null}
        <TimeStamps view={view} />
        <Row name={words("lastEntry", { n: view.chain.entries })}>
          <HashHex hex={view.chain.hash} />
        </Row>
      </dl>
    </Section>
  );
}

/** What outside authorities say; nothing where none is asked. */
function TimeStamps({ view }: { view: RoomView }) {
  const words = useWords("standing");
  if (view.stamps.length === 0) return null;
  return (
    <Row name={words("stamps")}>
      <ul className="space-y-1">
        {view.stamps.map(({ of, entry, authority, said }) => {
          const named = { what: words(`stampOf.${of}`, { n: entry + 1 }), who: words(`stampAuthority.${authority}`) };
          return (
            <li key={`${String(entry)} ${authority}`} className={"at" in said ? undefined : "text-wait"}>
              {"at" in said
                ? words.rich("stamped", { ...named, at: () => <ClockTime at={said.at} /> })
                : words(`notStamped.${said.why}`, named)}
            </li>
          );
        })}
      </ul>
    </Row>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-quiet">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 border-b border-rule pb-1 text-sm font-semibold tracking-wide">{title}</h2>
      {children}
    </section>
  );
}
