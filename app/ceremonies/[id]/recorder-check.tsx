"use client";

import { useId, useState, useSyncExternalStore } from "react";
import { Button } from "#components/button";
import { TextField } from "#components/field";
import { HashBlock } from "#components/hash-block";
import { Notice } from "#components/notice";
import { useLanguage, useWords } from "#components/words";
import { KnownRecorders, RECORDERS_PLACE, type RecorderStanding } from "#lib/carried/known-recorders";
import type { RoomView } from "#lib/conduct/room";
import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { REGION } from "#lib/words/language";
import { CodeFold } from "#components/code-fold";

/** Eight words are 64 bits: nobody finds a second certificate that begins with them. */
const WORDS_TYPED = 8;

const never = () => () => undefined;
const kept = () => localStorage.getItem(RECORDERS_PLACE) ?? "";

/** How this browser stands to the recorder of the room; null while the server renders, and where there is no recorder. */
export function useRecorderStanding({ organisation, recorder }: RoomView): RecorderStanding | null {
  // Read anew at every drawing: the second screen on this device keeps the same list.
  const read = useSyncExternalStore(never, kept, () => null);
  if (read === null || !recorder) return null;
  return new KnownRecorders(localStorage).standing({ organisation, token: recorder.token.serial }, recorder.fingerprint);
}

type CheckProps = { view: RoomView; standing: RecorderStanding; onCompared: () => void };

/**
 * Whose key a half would be encrypted to, and whether a person compared it in this browser. Nothing is trusted at first sight:
 * until somebody says that they compared it, and while it is another than they compared, there is no field to type into.
 */
export function RecorderCheck({ view, standing, onCompared }: CheckProps) {
  const words = useWords("recorder");
  const language = useLanguage();
  const { recorder, organisation } = view;
  if (!recorder) return null;
  const day = (at: string) => new Intl.DateTimeFormat(REGION[language], { dateStyle: "long" }).format(new Date(at));
  const token = recorder.token.serial;
  const remember = () => {
    const { fingerprint } = recorder;
    new KnownRecorders(localStorage).remember({ organisation, token, fingerprint, at: new Date().toISOString() });
    onCompared();
  };
  return (
    <section className="space-y-4" aria-label={words("heading")}>
      {standing.is === "known" ? (
        <p>{words("known", { day: day(standing.compared.at) })}</p>
      ) : null}
      {standing.is === "new" ? (
        <Notice look="wait" title={words("newTitle")}>
          <p>{words("newAbout")}</p>
          {standing.elsewhere.map((one) => (
            <p key={one.token}>{words("elsewhere", { organisation: one.organisation, token: one.token })}</p>
          ))}
        </Notice>
      ) : null}
      {standing.is === "other" ? (
        <Notice look="halt" title={words("otherTitle")} alert>
          <p>{words("otherAbout", { token, day: day(standing.compared.at) })}</p>
        </Notice>
      ) : null}
      <HashBlock of={words("hash")} hex={recorder.fingerprint} />
      {standing.is === "other" ? <HashBlock of={words("before")} hex={standing.compared.fingerprint} /> : null}
      {standing.is === "known" ? null : (
        <CodeFold
          carried={{ v: "claviger/carried/v1", kind: "recorder", organisation, token, fingerprint: recorder.fingerprint }}
          label={words("code")}
        />
      )}
      {standing.is === "new" ? <Comparing onRemember={remember} /> : null}
      {standing.is === "other" ? <Renewing fingerprint={recorder.fingerprint} onRemember={remember} /> : null}
    </section>
  );
}

function Comparing({ onRemember }: { onRemember: () => void }) {
  const words = useWords("recorder");
  const [compared, setCompared] = useState(false);
  return (
    <div className="space-y-3">
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-6 shrink-0"
          checked={compared}
          onChange={(event) => {
            setCompared(event.target.checked);
          }}
        />
        <span>{words("compared")}</span>
      </label>
      <Button type="button" size="large" disabled={!compared} onClick={onRemember}>
        {words("remember")}
      </Button>
    </div>
  );
}

/** Another recorder takes the place of the one before only by its words typed out of the minutes, never by a click. */
function Renewing({ fingerprint, onRemember }: { fingerprint: string; onRemember: () => void }) {
  const words = useWords("recorder");
  const [differ, setDiffer] = useState(false);
  const about = useId();
  const replace = (typed: string) => {
    const wanted = hashWords(fromHex(fingerprint)).slice(0, WORDS_TYPED).join(" ").toLowerCase();
    const same = typed.trim().toLowerCase().split(/\s+/).join(" ") === wanted;
    setDiffer(!same);
    if (same) onRemember();
  };
  return (
    <form
      className="space-y-3"
      aria-describedby={about}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get("words");
        replace(typeof typed === "string" ? typed : "");
      }}
    >
      <p id={about}>{words("renewed")}</p>
      <TextField name="words" label={words("words")} autoComplete="off" spellCheck={false} autoCapitalize="off" required />
      {differ ? <Notice look="halt" title={words("wordsDiffer")} alert /> : null}
      <Button type="submit" look="halt">
        {words("replace")}
      </Button>
    </form>
  );
}
