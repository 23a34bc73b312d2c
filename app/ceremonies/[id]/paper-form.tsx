"use client";

import { useState } from "react";
import { Button } from "#components/button";
import { FactList } from "#components/fact-list";
import { SelectField, TextArea, TextField } from "#components/field";
import { useWords } from "#components/words";
import type { PaperSaid } from "#lib/conduct/propose-statement";
import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import type { PaperView } from "#lib/conduct/sheet-view";
import { tidyText } from "#lib/conduct/tidy-text";
import { stepNumbered } from "./step-find";
import { useDraft } from "./use-draft";
import type { Send } from "./use-room";
import { WordSigning } from "./word-signing";

type PaperAct = Extract<MyAct, { act: "paper" }>;
type PaperProps = { view: RoomView; send: Send; onClose: () => void };

/** That the open step was done on paper: the first of two people says what was, the second signs the same. */
export function PaperForm({ view, send, onClose }: PaperProps) {
  const words = useWords("sheets");
  // As it was when the sheet opened: a signature given takes the act away, and the sheet still has to say so.
  const [act] = useState(() => view.mine.find((mine): mine is PaperAct => mine.act === "paper") ?? null);
  const [said, setSaid] = useState<PaperSaid | null>(() => (act?.second ? firstAccount(view, act.step) : null));
  if (!act) return <p>{words("moved")}</p>;
  if (!said) return <AccountForm act={act} view={view} onSaid={setSaid} />;

  const { began, ended, account, kept, deviation } = said;
  const query = new URLSearchParams({ act: "paper", step: act.step });
  if (!act.second) for (const [name, value] of Object.entries(said)) query.set(name, String(value));
  return (
    <WordSigning
      view={view}
      send={send}
      path={`/api/ceremonies/${view.id}/statement?${query.toString()}`}
      intended={{ act: "paper", step: act.step, verdict: null, remark: "", paper: said }}
      still={view.mine.some((mine) => mine.act === "paper" && mine.step === act.step && mine.second === act.second)}
      sign={words("paperSign")}
      signed={words("signedPaper")}
      form={formOf(act)}
      onClose={onClose}
    >
      <FactList
        facts={[
          { name: words("paperBegan"), value: utc(began), measured: true },
          { name: words("paperEnded"), value: utc(ended), measured: true },
          { name: words("paperAccount"), value: account },
          { name: words("paperKept"), value: kept },
          { name: words("paperWhy"), value: String(numberOf(view, deviation)) },
        ]}
      />
    </WordSigning>
  );
}

/** The name under which what is typed about this step is kept. */
const formOf = ({ step }: PaperAct) => `paper-${step}`;

const utc = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
const numberOf = (view: RoomView, deviation: number) => view.deviations.find(({ seq }) => seq === deviation)?.number ?? 0;

/** What the first person has signed, as the room shows it. */
function firstAccount(view: RoomView, step: string): PaperSaid | null {
  const paper: PaperView | null = stepNumbered(view, step)?.paper ?? null;
  const deviation = view.deviations.find(({ number }) => number === paper?.deviation)?.seq;
  if (!paper || deviation === undefined) return null;
  const { began, ended, account, kept } = paper;
  return { began, ended, account, kept, deviation };
}

function AccountForm({ act, view, onSaid }: { act: PaperAct; view: RoomView; onSaid: (said: PaperSaid) => void }) {
  const words = useWords("sheets");
  const form = formOf(act);
  const [began, setBegan] = useDraft(`${form}/began`, "");
  const [ended, setEnded] = useDraft(`${form}/ended`, "");
  const [account, setAccount] = useDraft(`${form}/account`, "");
  const [kept, setKept] = useDraft(`${form}/kept`, "");
  const [deviation, setDeviation] = useDraft(`${form}/deviation`, String(act.deviations.at(-1) ?? ""));
  const times = [began, ended].map((at) => (at === "" ? null : new Date(at).toISOString()));
  const [from, to] = times;
  const inOrder = !from || !to || (from >= view.openedAt && from <= to);

  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!from || !to || !inOrder) return;
        // As the server will have it: what is signed is compared with what stands here.
        const texts = { account: tidyText(account), kept: tidyText(kept) };
        onSaid({ began: from, ended: to, ...texts, deviation: Number(deviation) });
      }}
    >
      <p>{words("paperAbout")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={words("paperBegan")}
          type="datetime-local"
          step={1}
          required
          data-first
          value={began}
          onChange={(event) => {
            setBegan(event.target.value);
          }}
        />
        <TextField
          label={words("paperEnded")}
          type="datetime-local"
          step={1}
          required
          value={ended}
          onChange={(event) => {
            setEnded(event.target.value);
          }}
        />
      </div>
      {inOrder ? null : (
        <p role="alert" className="text-halt">
          {words("paperTimes")}
        </p>
      )}
      <TextArea
        label={words("paperAccount")}
        required
        maxLength={1000}
        rows={4}
        value={account}
        onChange={(event) => {
          setAccount(event.target.value);
        }}
      />
      <TextField
        label={words("paperKept")}
        required
        maxLength={200}
        value={kept}
        onChange={(event) => {
          setKept(event.target.value);
        }}
      />
      <SelectField
        label={words("paperWhy")}
        value={deviation}
        onChange={(event) => {
          setDeviation(event.target.value);
        }}
      >
        {act.deviations.map((seq) => {
          const sheet = view.deviations.find((one) => one.seq === seq);
          return (
            <option key={seq} value={seq}>
              {sheet ? `${String(sheet.number)}. ${sheet.happened.slice(0, 80)}` : seq}
            </option>
          );
        })}
      </SelectField>
      <Button look="turn" size="large" type="submit">
        {words("show")}
      </Button>
    </form>
  );
}
