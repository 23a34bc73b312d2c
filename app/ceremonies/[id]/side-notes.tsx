import { HashHex, HashWords } from "#components/hash-block";
import { ClockTime, DayAndTime } from "#components/moment";
import { PrintForm } from "#components/print-form";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ExceptionSheets } from "./exception-sheets";
import { ReleasedNotebooks } from "./released-notebooks";
import type { Send } from "./use-room";
import { WorkerLine } from "./worker-line";

/** What has come of the ceremony so far: keys, deviations; and what it stands on: script, roster, token. */
export function SideNotes({ view, send }: { view: RoomView; send: Send }) {
  const words = useWords("sheets");
  return (
    <div className="space-y-7">
      <Section title="Worker">
        <WorkerLine worker={view.worker} />
      </Section>
      <Section title={`Keys made (${String(view.keys.length)})`}>
        {view.keys.length === 0 ? (
          <p className="text-quiet">None yet. A key appears here when the recorder has signed its outcome.</p>
        ) : null}
        <ul className="space-y-3">
          {view.keys.map((key) => (
            <li key={key.label} className="print-whole">
              <p className="measured font-semibold [overflow-wrap:anywhere]">{key.label}</p>
              <p className="text-sm text-quiet">
                {key.algorithm} {key.kind === "key-pair" ? "key pair" : "secret key"}, step {key.step}, <ClockTime at={key.at} />
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
      <Section title={words("sheetsTitle", { count: view.deviations.length })}>
        <ExceptionSheets view={view} send={send} />
      </Section>
      {view.notebooks.length > 0 ? (
        <Section title={words("released")}>
          <ReleasedNotebooks view={view} />
        </Section>
      ) : null}
      <Standing view={view} />
    </div>
  );
}

function Standing({ view }: { view: RoomView }) {
  return (
    <Section title="What this ceremony stands on">
      <dl className="space-y-2 text-sm">
        <Row name="Organisation and place">{[view.organisation, view.place].filter(Boolean).join(", ")}</Row>
        <Row name="Opened">
          <DayAndTime at={view.openedAt} />
        </Row>
        <Row name="Script">
          {view.script.title}, edition {view.script.edition}
          <br />
          <HashHex hex={view.script.hash} />
          <div className="no-print mt-2">
            <PrintForm action={`/api/ceremonies/${view.id}/script`} people={view.people.length} />
          </div>
        </Row>
        <Row name={`Roster, version ${String(view.roster.version)}`}>
          <HashHex hex={view.roster.hash} />
        </Row>
        {view.recorder ? (
          <>
            <Row name="Token">
              {view.recorder.token.label}, {view.recorder.token.model}, serial{" "}
              <span className="measured [overflow-wrap:anywhere]">{view.recorder.token.serial}</span>
            </Row>
            {view.recorder.others.map(({ name, label, model, serial }) => (
              <Row key={name} name={`Other token: ${name}`}>
                {label}, {model}, serial <span className="measured [overflow-wrap:anywhere]">{serial}</span>
              </Row>
            ))}
            <Row name="Recorder's certificate, SHA-256">
              <HashHex hex={view.recorder.fingerprint} />
            </Row>
          </>
        ) : null}
        <Row name={`Last of ${String(view.chain.entries)} entries`}>
          <HashHex hex={view.chain.hash} />
        </Row>
      </dl>
    </Section>
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
