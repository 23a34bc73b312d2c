import { readFileSync } from "node:fs";
import { replay } from "#lib/ceremony/replay";
import { book } from "#lib/operations/book";
import { drawnRecord } from "#lib/pdf/drawn-record";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { sealer } from "#lib/pdf/sealing.under-test";
import { readTranscript } from "#lib/record/transcript";
import { verifyRecord } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { BenchLog } from "./log";
import { benchBook } from "./long-transcript";

// One piece of work, alone in a process: `memory.ts` starts it and reads by how much the peak of its memory rose.

const [work = "", ...given] = process.argv.slice(2);
const read = (i: number) => new Uint8Array(readFileSync(given[i] ?? ""));

/** What is measured, with all that it needs made before. */
async function prepared(): Promise<() => unknown> {
  switch (work) {
    case "draw":
      return drawing();
    case "seal": {
      const [{ signer }, drawn] = [await sealer(), await (await drawing())()];
      return () => sealPdf(drawn, { signer });
    }
    case "verify":
    case "verify_and_redraw": {
      const [pdf, anchor] = [read(0), read(1)];
      const redraw = work === "verify" ? {} : { redraw: redrawRecord() };
      return async () => {
        const { verdict } = await verifyRecord(pdf, anchor, { verifier: webCryptoVerifier, inflate, mode: "rehearsal", ...redraw });
        if (verdict !== "good") throw new Error("the record is not good");
      };
    }
    case "replay": {
      const entries = Buffer.from(read(0)).toString("latin1").split("\n").map((line) => new Uint8Array(Buffer.from(line, "base64")));
      return () => replay(webCryptoVerifier, benchBook, entries);
    }
    case "log_append": {
      const log = new BenchLog(Number(given[0]));
      return () => Array.from({ length: 20 }, () => log.append(1_000)).length;
    }
    case "log_proof": {
      const log = new BenchLog(Number(given[0]));
      // The proof of a record is over the last twenty thousand leaves.
      for (let batch = 0; batch < 30; batch++) log.append(1_000);
      return () => log.proofs("of");
    }
    default:
      throw new Error(`no such work: ${work}`);
  }
}

async function drawing(): Promise<() => Promise<Uint8Array>> {
  const transcript = readTranscript(read(2));
  if (!transcript.ok) throw new Error(transcript.refusal.sentence);
  const decided = await replay(webCryptoVerifier, book, transcript.value.bytes);
  if (!decided.ok || !decided.value) throw new Error("the transcript does not hold");
  const of = { transcript: transcript.value, ceremony: decided.value, log: "none" as const, verifierPage: null, attestations: null, signingTime: new Date() };
  return () => drawnRecord(of);
}

const run = await prepared();
const before = process.resourceUsage().maxRSS;
await run();
console.log(`peak: ${String(process.resourceUsage().maxRSS - before)}`);
