import { nameInWords } from "#lib/x509/distinguished-name";
import { Malformed } from "#lib/x509/malformed";
import { AUTHORITIES } from "../ceremony/entry.schema";
import type { Ceremony } from "../ceremony/ceremony";
import { fromBase64url } from "../log/digest";
import type { RecordStamp } from "./record-document";
import { readTimeStamp } from "./time-stamp";
import type { Transcript } from "./transcript";

const WHY = { away: "it did not answer", "not-good": "its answer could not be believed" } as const;

/** What each authority that was asked says of each entry that was to be stamped, or that it never stamped it. */
export function stampsOf({ entries }: Transcript, { marks }: Ceremony): RecordStamp[] {
  const asked = AUTHORITIES.filter((one) => marks.some(({ stamps, missed }) => [...stamps, ...missed].some(({ authority }) => authority === one)));
  return marks.flatMap((mark) => asked.map((authority) => {
    const stamp = mark.stamps.find((one) => one.authority === authority);
    const missed = mark.missed.find((one) => one.authority === authority);
    const entry = stamp && entries[stamp.seq];
    return {
      of: `${mark.of === "opening" ? "Opening" : "Key"}, entry ${String(mark.seq + 1)}`,
      at: mark.at,
      authority,
      stamped: stamp && entry?.kind === "time-stamped" ? { at: stamp.at, ...whoseIs(entry.body.token) } : null,
      missed: missed ? { at: entries[missed.seq]?.at ?? mark.at, why: WHY[missed.why] } : null,
    };
  }));
}

/** As the token says it: whether it may is the verifier's to find out. */
function whoseIs(token: string): { name: string; policy: string } {
  try {
    const { signed, policy } = readTimeStamp(fromBase64url(token));
    return { name: nameInWords(signed.signer.subject), policy };
  } catch (fault) {
    if (fault instanceof Malformed) return { name: "cannot be read", policy: "" };
    throw fault;
  }
}
