import { beforeAll, describe, expect, test } from "vitest";
import { testModule } from "#cli/testing/test-database";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryBytes, entryHash, type Body, type Entry } from "#lib/ceremony/entry";
import { replay, take } from "#lib/ceremony/replay";
import { rosterHash } from "#lib/ceremony/roster";
import { book } from "#lib/operations/book";
import { transcriptBytes } from "#lib/record/transcript";
import { verifyRecord } from "#lib/record/verify-record";
import { unifiedDiff } from "#lib/script-source/line-diff";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { smallScript } from "#worker/played-scripts.under-test";
import { NotRehearsed } from "./perform-act";
import { playScript, type Rehearsed } from "./play-script";
import { rehearsalTranscript } from "./rehearsal-transcript";

const script = smallScript();
const play = () => playScript(script, testModule("softhsm"));
const ports = { verifier: webCryptoVerifier, inflate };

let rehearsed: Rehearsed;
let again: Rehearsed;
beforeAll(async () => {
  rehearsed = await play();
  again = await play();
});

describe("a rehearsal", () => {
  test("comes to a record that its own verifier calls good, and that says what it is", async () => {
    const { record } = rehearsed;
    const { verdict, about } = await verifyRecord(record.pdf, record.trustAnchor, { ...ports, mode: "rehearsal" });
    expect(verdict).toBe("good");
    expect(about).toMatchObject({ mode: "rehearsal", result: "completed" });
  });

  test("of the same script reads the same twice, though keys, salts and signatures differ", () => {
    expect(unifiedDiff(rehearsalTranscript(rehearsed), rehearsalTranscript(again))).toBe("");
    expect(transcriptBytes(rehearsed.transcript)).not.toEqual(transcriptBytes(again.transcript));
  });

  test("of another script reads otherwise, at the lines that differ", async () => {
    const other = await playScript(smallScript({ label: "other-key" }), testModule("softhsm"));
    const difference = unifiedDiff(rehearsalTranscript(rehearsed), rehearsalTranscript(other));
    expect(difference).toContain("-  - Key label: test-key");
    expect(difference).toContain("+  - Key label: other-key");
  });

  test("that cannot come to its end says where and why", async () => {
    const withoutKey = {
      ...script,
      acts: script.acts.map((act) => ({ ...act, steps: act.steps.filter(({ step }) => step !== "key") })),
    };
    await expect(playScript(withoutKey, testModule("softhsm"))).rejects.toThrow(NotRehearsed);
  });
});

describe("nothing of a rehearsal passes for production", () => {
  const entriesOf = ({ transcript }: Rehearsed): readonly Entry[] => transcript.entries;

  /** The transcript with its first entry's body changed and the chain made anew over it, as a forger can. */
  function rechained(change: (body: Body<"ceremony-opened">) => object): Uint8Array[] {
    const bytes: Uint8Array[] = [];
    let prev: string | null = null;
    for (const [i, entry] of entriesOf(rehearsed).entries()) {
      const body = i === 0 ? { ...entry.body, ...change(entry.body as Body<"ceremony-opened">) } : entry.body;
      const forged = { ...entry, body, prev } as Entry;
      prev = entryHash(forged);
      bytes.push(entryBytes(forged));
    }
    return bytes;
  }

  test("every statement that anybody signed says so inside the signed bytes", () => {
    const statements = entriesOf(rehearsed).flatMap(({ body }) => ("statement" in body ? [body.statement] : []));
    expect(statements.length).toBeGreaterThan(5);
    expect(statements.map(({ mode }) => mode)).toEqual(statements.map(() => "rehearsal"));
  });

  test("the mode cannot be rewritten: first the roster stands against it, then the endorsements that nobody gave", async () => {
    const modeAlone = await replay(
      webCryptoVerifier,
      book,
      rechained(() => ({ mode: "production" })),
    );
    expect(modeAlone).toMatchObject({ ok: false, refusal: { at: 0, refusal: { invariant: "ROSTER-MODE" } } });
    const withRoster = rechained(({ roster }) => {
      const production = { ...roster, mode: "production" as const };
      return { mode: "production", roster: production, rosterHash: rosterHash(production) };
    });
    const refused = { ok: false, refusal: { at: 0, refusal: { invariant: "SCRIPT-ENDORSED" } } };
    expect(await replay(webCryptoVerifier, book, withRoster)).toMatchObject(refused);
  });

  test("what was signed in it says so for good: in the very same ceremony of production, STATEMENT-MODE refuses it", async () => {
    const entries = entriesOf(rehearsed);
    const signed = entries.findIndex(({ kind }) => kind === "step-approved");
    const before = await replay(webCryptoVerifier, book, entries.slice(0, signed).map(entryBytes));
    const approval = entries[signed];
    if (!before.ok || !approval) throw new Error("nobody approved");
    expect(await take(webCryptoVerifier, book, before.value, entryBytes(approval))).toMatchObject({ ok: true });
    const inProduction = { ...before.value, mode: "production" } as Ceremony;
    const refused = { ok: false, refusal: { invariant: "STATEMENT-MODE" } };
    expect(await take(webCryptoVerifier, book, inProduction, entryBytes(approval))).toMatchObject(refused);
  });

  test("a verifier that trusts another recorder, as production's auditors do, calls its record bad", async () => {
    const { verdict } = await verifyRecord(rehearsed.record.pdf, again.record.trustAnchor, { ...ports, mode: "rehearsal" });
    expect(verdict).toBe("bad");
  });

  test("a verifier that trusts its very recorder calls its record bad, for being a rehearsal and nothing else", async () => {
    const { verdict, checks } = await verifyRecord(rehearsed.record.pdf, rehearsed.record.trustAnchor, ports);
    expect(verdict).toBe("bad");
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["mode"]);
  });

  test("two rehearsals share no key: each has a recorder of its own", () => {
    expect(rehearsed.record.trustAnchor).not.toEqual(again.record.trustAnchor);
  });
});
