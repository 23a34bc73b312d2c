import { describe, expect, it } from "vitest";
import { treeHeadText } from "#lib/log/checkpoint";
import { base64, sha256, utf8 } from "#lib/log/digest";
import { seedOf } from "#lib/log/sample";
import type { Answer } from "../../../../ask";
import { drawHere, type DrawPorts } from "./draw-here";

const noteOf = (size: number) => {
  const head = treeHeadText({ origin: "example.org/log", size, root: sha256(utf8(String(size))) });
  return `${head}\n\u2014 example.org/log ${base64(new Uint8Array(68))}\n`;
};
const headOf = (size: number) => ({ origin: "example.org/log", size, root: Buffer.from(sha256(utf8(String(size)))).toString("hex") });
const own = { matter: "sample/ab", words: "seven herons 00", population: "cd".repeat(32), size: 2 };
const refused = (code: string): Answer<never> => ({ ok: false, problem: { code, sentence: "No." } });
const given = (note: string): Answer<unknown> => ({ ok: true, value: { note } });
const drawn = (size: number): Answer<unknown> => ({ ok: true, value: { seed: seedOf({ ...own, checkpoint: headOf(size) }) } });

/** A server that answers in that order, and a browser: what was asked, what was sent, and what is kept. */
function browser(answers: Answer<unknown>[], kept: string | null = null) {
  const asked: { path: string; body: unknown; kept: string | null }[] = [];
  const ports: DrawPorts = {
    ask: async <T>(path: string, body?: unknown) => {
      asked.push({ path, body, kept });
      return (answers.shift() ?? refused("NONE")) as Answer<T>;
    },
    kept: () => kept,
    keep: (note) => {
      kept = note;
    },
    again: async () => answers.length > 0,
  };
  return { asked, ports };
}

describe("an auditor's words", () => {
  it("stay in the browser until it was given a checkpoint and has kept it, and then go for that one", async () => {
    const { asked, ports } = browser([refused("CHECKPOINT-AWAITED"), refused("CHECKPOINT-AWAITED"), given(noteOf(9)), drawn(9)]);
    expect(await drawHere(ports, own)).toBeNull();
    const waits = { path: "/api/audit/samples/ab/checkpoint", body: undefined, kept: null };
    const sent = { path: "/api/audit/samples/ab/words", body: { words: own.words, checkpoint: headOf(9) }, kept: noteOf(9) };
    expect(asked).toEqual([waits, waits, waits, sent]);
  });
  it("are not sent when nobody looks any more, without a log, and for what is no checkpoint", async () => {
    for (const [answer, trouble] of [
      [refused("CHECKPOINT-AWAITED"), null],
      [refused("LOG-NONE"), { problem: { code: "LOG-NONE", sentence: "No." } }],
      [given("nothing\n"), "no-checkpoint"],
    ] as const) {
      const { asked, ports } = browser([answer]);
      expect(await drawHere(ports, own)).toEqual(trouble);
      expect(asked.map(({ body }) => body)).toEqual([undefined]);
    }
  });
  it("go for the checkpoint that was given first, however often they are sent: no other is asked for", async () => {
    const { asked, ports } = browser([refused("CHECKPOINT-OTHER"), drawn(9)], noteOf(9));
    expect(await drawHere(ports, own)).toEqual({ problem: { code: "CHECKPOINT-OTHER", sentence: "No." } });
    expect(await drawHere(ports, own)).toBeNull();
    expect(asked.map(({ body }) => body)).toEqual([1, 2].map(() => ({ words: own.words, checkpoint: headOf(9) })));
  });
  it("and that checkpoint make the seed, or the browser says that they do not", async () => {
    expect(await drawHere(browser([given(noteOf(9)), drawn(10)]).ports, own)).toBe("other-seed");
  });
});
