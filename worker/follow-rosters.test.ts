import { expect, test } from "vitest";
import { rosterHash } from "#lib/ceremony/roster";
import { canonical } from "#lib/log/canonical";
import type { Json } from "#lib/log/canonical";
import { followRosters, type Unfit } from "./follow-rosters";
import { players, rosterOf } from "./played-cast.under-test";

type Following = Parameters<typeof followRosters>[0];

test("a planted roster that no quorum endorsed is looked at once a minute, however often the worker looks, and anew when it gets a signature", async () => {
  const first = rosterOf(players(3, 1), "rehearsal");
  const planted = { ...first, version: 2, prev: rosterHash(first) };
  let now = 0;
  let verified = 0;
  let signatures: Uint8Array[] = [];
  const following = {
    mode: "rehearsal",
    now: () => new Date(now),
    recorder: { spki: new Uint8Array() },
    memory: { newestPinned: () => Promise.resolve({ hash: rosterHash(first), roster: first, trustedAt: "" }) },
    verifier: { verify: () => Promise.resolve(false) },
    store: {
      rostersAfter: () => Promise.resolve([{ hash: rosterHash(planted), bytes: canonical(planted as unknown as Json) }]),
      endorsements: () => {
        verified += 1;
        return Promise.resolve(signatures);
      },
    },
  } as unknown as Following;
  const unfit: Unfit = new Map();
  const look = () => followRosters(following, unfit);
  expect(await look()).toEqual([]);
  expect([...unfit.values()]).toEqual([0]);
  now = 30_000;
  await look();
  expect([...unfit.values()]).toEqual([0]);
  signatures = [new Uint8Array([1])];
  await look();
  expect([...unfit.values()]).toEqual([0, 30_000]);
  now = 100_000;
  await look();
  expect([...unfit.values()]).toEqual([0, 100_000]);
  expect(verified).toBe(4);
});
