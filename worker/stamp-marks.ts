import { stampTimeFault } from "#lib/ceremony/admit-stamps";
import type { Ceremony, Mark, StampAuthority } from "#lib/ceremony/ceremony";
import { AUTHORITIES } from "#lib/ceremony/entry.schema";
import { base64url } from "#lib/log/digest";
import type { TimeStamper } from "#lib/pdf/pades-cms";
import { TimeStampFault } from "#lib/pdf/time-stamp-client";
import { stampInfoIn } from "#lib/x509/stamp-info";
import { append, type Acting } from "./acting";
import type { FollowedCeremony } from "./followed-ceremony";

/** How long the close of a ceremony waits for an authority that has not answered at all. */
const FIRST_ANSWER_MS = 20_000;

/** What a look at the stamps came to. "awaited": a first answer may still come, and only the close waits for it. */
type Stamped = "written" | "awaited" | "nothing";

/**
 * Sees to it that every authority is asked to stamp every entry of weight, beside the rounds, and writes what came of it: the
 * stamp, or once that there was none, which people read in the room while the worker asks again. What is asked for is not
 * remembered over a crash: what stands in the transcript is not asked for again, and everything else is.
 */
export async function stampMarks(acting: Acting, followed: FollowedCeremony, ceremony: Ceremony): Promise<Stamped> {
  let awaited = false;
  for (const mark of ceremony.marks) {
    for (const [i, stamp] of acting.timeStamps.entries()) {
      const authority = AUTHORITIES[i];
      if (!authority || mark.stamps.some((one) => one.authority === authority)) continue;
      const came = await stampMark(acting, followed, { mark, authority, stamp });
      if (came === "written") return came;
      awaited ||= came === "awaited";
    }
  }
  return awaited ? "awaited" : "nothing";
}

interface Asked {
  readonly mark: Mark;
  readonly authority: StampAuthority;
  readonly stamp: TimeStamper;
}

async function stampMark(acting: Acting, followed: FollowedCeremony, asked: Asked): Promise<Stamped> {
  const { stampings, now } = acting;
  const { mark, authority } = asked;
  const piece = `${followed.id} ${String(mark.seq)} ${authority}`;
  const noted = mark.missed.some((one) => one.authority === authority);
  const attempt = stampings.look(piece);
  switch (attempt.kind) {
    case "none": {
      const bytes = followed.bytesOf(mark.seq);
      stampings.begin(piece, () => believed(acting, asked, bytes));
      return noted ? "nothing" : "awaited";
    }
    case "under-way":
      return noted || now().getTime() - attempt.since.getTime() > FIRST_ANSWER_MS ? "nothing" : "awaited";
    case "made": {
      const written = await append(acting, followed, "time-stamped", { entry: mark.seq, authority, token: base64url(attempt.bytes) });
      if (!written.ok) return "nothing";
      if (written.value === "appended") stampings.forget(piece);
      return "written";
    }
    case "no-stamp":
    case "failed": {
      if (noted) return "nothing";
      const why = attempt.kind === "no-stamp" && attempt.away ? "away" : "not-good";
      const written = await append(acting, followed, "time-stamp-missed", { entry: mark.seq, authority, why });
      return written.ok ? "written" : "nothing";
    }
  }
}

/** A stamp that the rule book will admit; else the fault that it is tried again for. */
async function believed({ now }: Acting, { mark, stamp }: Asked, bytes: Uint8Array): Promise<Uint8Array> {
  const token = await stamp(bytes);
  if (stampTimeFault(stampInfoIn(token), mark, now().getTime())) throw new TimeStampFault("the time stamp is of another time than the entry");
  return token;
}
