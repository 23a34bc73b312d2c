import { expect, test } from "vitest";
import { KnownRecorders } from "./known-recorders";

function storage(kept: string | null = null) {
  let value = kept;
  return {
    getItem: () => value,
    setItem: (_: string, next: string) => {
      value = next;
    },
  };
}

const HERE = { organisation: "Halcyon", token: "s-1" } as const;
const [ONE, TWO] = ["ab".repeat(32), "cd".repeat(32)] as const;
const AT = "2026-11-22T10:00:00.000Z";

test("a recorder that nobody compared here is new, however often it is looked at", () => {
  const known = new KnownRecorders(storage());
  expect(known.standing(HERE, ONE)).toEqual({ is: "new", elsewhere: [] });
  expect(known.standing(HERE, ONE)).toEqual({ is: "new", elsewhere: [] });
});

test("once a person compared it, it is known, and any other of the same token is not", () => {
  const known = new KnownRecorders(storage());
  const compared = { ...HERE, fingerprint: ONE, at: AT };
  known.remember(compared);
  expect(known.standing(HERE, ONE)).toEqual({ is: "known", compared });
  expect(known.standing(HERE, TWO)).toEqual({ is: "other", compared });
  expect(known.standing({ ...HERE, token: "s-2" }, ONE)).toEqual({ is: "new", elsewhere: [compared] });
  expect(known.standing({ ...HERE, organisation: "Another" }, ONE)).toEqual({ is: "new", elsewhere: [] });
});

test("a new recorder that a person compared takes the place of the one before, and of no other token's", () => {
  const known = new KnownRecorders(storage());
  known.remember({ ...HERE, fingerprint: ONE, at: AT });
  known.remember({ ...HERE, token: "s-2", fingerprint: ONE, at: AT });
  known.remember({ ...HERE, fingerprint: TWO, at: AT });
  expect(known.standing(HERE, TWO).is).toBe("known");
  expect(known.standing(HERE, ONE).is).toBe("other");
  expect(known.standing({ ...HERE, token: "s-2" }, ONE).is).toBe("known");
});

test.each(["no JSON", "{}", "[1, null]", `[{"organisation":"Halcyon","token":"s-1"}]`])(
  "what was spoilt counts as not compared: %s",
  (kept) => {
    expect(new KnownRecorders(storage(kept)).standing(HERE, ONE)).toEqual({ is: "new", elsewhere: [] });
  },
);
