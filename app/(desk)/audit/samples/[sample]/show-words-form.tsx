"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "#components/button";
import { ExactLines } from "#components/exact-lines";
import { TextArea, TextField } from "#components/field";
import { useWords } from "#components/words";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { ask, type Problem } from "../../../../ask";
import { ProblemNotice } from "../../../../problem-notice";
import { keepCheckpoint, keptCheckpoint, keptWords, plainWords } from "../kept-words";
import { drawHere } from "./draw-here";

/** How often a browser asks whether the log has signed its next checkpoint. */
const AGAIN_MS = 3_000;
const never = () => () => undefined;

/**
 * The log's checkpoint after the announcement is waited for, proved by this browser and kept; then the words are shown, and the sample
 * is drawn.
 */
export function ShowWordsForm({ matter, population, size }: { matter: string; population: string; size: number }) {
  const words = useWords("audit");
  const router = useRouter();
  const kept = useSyncExternalStore(never, () => keptWords(matter), () => "");
  const [typed, setTyped] = useState<string | null>(null);
  const [recorder, setRecorder] = useState("");
  const [given, setGiven] = useState<string | null>(null);
  const [waits, setWaits] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  const said = typed ?? kept;

  const draw = async () => {
    if (waits) return;
    setProblem(null);
    setWaits(true);
    const ports = {
      ask,
      kept: () => keptCheckpoint(matter),
      keep: (note: string) => {
        keepCheckpoint(matter, note);
      },
      again: async () => {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        return !left.current;
      },
      verifier: webCryptoVerifier,
    };
    const trouble = await drawHere(ports, { matter, words: plainWords(said), population, size, recorder });
    if (left.current) return;
    setWaits(false);
    setGiven(keptCheckpoint(matter));
    if (trouble === null) router.refresh();
    else if (trouble === "other-seed") {
      setProblem({ code: "SAMPLE-SEED", sentence: words("sampleSeedOther.sentence"), remedy: words("sampleSeedOther.remedy") });
    } else if ("unproven" in trouble) {
      const { unproven: why } = trouble;
      const remedy = words(why === "recorder" ? "checkHint" : "sampleUnprovenRemedy");
      setProblem({ code: "CHECKPOINT-UNPROVEN", sentence: words(`sampleUnproven.${why}`), remedy });
    } else setProblem(trouble.problem);
  };

  return (
    <form
      className="no-print max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void draw();
      }}
    >
      <TextField
        label={words("sampleShowWords")}
        hint={words("sampleShowAbout")}
        value={said}
        required
        maxLength={200}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <TextArea
        label={words("checkField")}
        hint={words("sampleRecorderHint")}
        value={recorder}
        required
        rows={3}
        spellCheck={false}
        onChange={(event) => {
          setRecorder(event.target.value);
        }}
      />
      <Button look="turn" type="submit" aria-disabled={waits}>
        {words("sampleShowNow")}
      </Button>
      <p role="status">{waits ? words("sampleAwaits") : ""}</p>
      <ProblemNotice problem={problem} />
      {problem && given !== null ? <ExactLines text={given} label={words("sampleGiven")} className="mt-2" /> : null}
    </form>
  );
}
