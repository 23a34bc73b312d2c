import { expect, test } from "vitest";
import { expectAccepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { EXAMPLE_AES, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, dayAt, endorsed, RecordedCeremonies } from "./evidence.under-test";
import type { EndorsedChange, KeyChange } from "./key-change";
import { mayUse } from "./may-use";
import type { KeyUse, RegisteredKey } from "./registered-key";

const SIGNS = { ...EXAMPLE_PAIR, usage: ["sign"] };
const { label } = SIGNS;

/** A key that signs, after these changes, one a day; active from day 1, for 90 days and 30 more. */
async function after(...path: KeyChange["to"][]): Promise<RegisteredKey> {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, SIGNS);
  const changes: EndorsedChange[] = [];
  for (const [i, to] of path.entries()) {
    const facts = i === 0 ? { cryptoperiodDays: 90, processingDays: 30 } : null;
    changes.push(await endorsed(changeOf(recorded.key(label, changes), to, i + 1, { facts })));
  }
  return recorded.key(label, changes);
}

test.each<[KeyChange["to"][], KeyUse]>([
  [["active"], "sign"],
  [["active"], "verify"],
  [["active", "suspended", "active"], "sign"],
  [["active", "deactivated"], "verify"],
])("[KEY-STATE] accepts, after %s, to %s", async (path, use) => {
  await expectAccepted(mayUse(await after(...path), use, dayAt(10)));
});
test.each<[KeyChange["to"][], KeyUse, string]>([
  [[], "sign", "7.1"],
  [[], "verify", "7.1"],
  [["active", "suspended"], "sign", "7.3"],
  [["active", "suspended"], "verify", "7.3"],
  [["active", "deactivated"], "sign", "7.4"],
  [["active", "compromised"], "sign", "7.5"],
  [["active", "compromised"], "verify", "7.5"],
  [["compromised"], "verify", "7.5"],
])("[KEY-STATE] refuses, after %s, to %s, by section %s", async (path, use, clause) => {
  const answer = mayUse(await after(...path), use, dayAt(10));
  await expectRefused(answer, "KEY-STATE");
  expect(answer).toMatchObject({ refusal: { facts: { clause } } });
});

test("a destroyed private key leaves a public one that verifies on, unless it had been compromised", async () => {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, SIGNS);
  const active = await endorsed(changeOf(recorded.key(label), "active", 1, { facts: { cryptoperiodDays: 90, processingDays: 30 } }));
  const burnt = await endorsed(changeOf(recorded.key(label, [active]), "compromised", 2));
  await recorded.hold("c-2", 5, { operation: "condemn-key", label }, { operation: "destroy-key", label });
  await expectAccepted(mayUse(recorded.key(label, [active]), "verify", dayAt(34)));
  await expectRefused(mayUse(recorded.key(label, [active]), "verify", dayAt(36)), "KEY-CRYPTOPERIOD");
  await expectRefused(mayUse(recorded.key(label, [active]), "sign", dayAt(6)), "KEY-STATE");
  await expectRefused(mayUse(recorded.key(label, [active, burnt]), "verify", dayAt(6)), "KEY-STATE");
});

test("[KEY-PURPOSE] accepts what the key was made for, and its counterpart with the public half", async () => {
  const key = await after("active");
  await expectAccepted(mayUse(key, "sign", dayAt(10)));
  await expectAccepted(mayUse(key, "verify", dayAt(10)));
});
test("[KEY-PURPOSE] refuses everything else, and of a secret key too", async () => {
  const key = await after("active");
  for (const use of ["encrypt", "decrypt", "wrap", "unwrap", "derive"] as const) await expectRefused(mayUse(key, use, dayAt(10)), "KEY-PURPOSE");
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_AES);
  await expectRefused(mayUse(recorded.key(EXAMPLE_AES.label), "verify", dayAt(10)), "KEY-PURPOSE");
});

test("[KEY-CRYPTOPERIOD] accepts signing to the last moment of it, and verifying after it to its own end", async () => {
  const key = await after("active");
  await expectAccepted(mayUse(key, "sign", dayAt(91, -1)));
  await expectAccepted(mayUse(key, "verify", dayAt(121, -1)));
});
test("[KEY-CRYPTOPERIOD] refuses signing once it is over, or before it began, and verifying when that is over too", async () => {
  const key = await after("active");
  await expectRefused(mayUse(key, "sign", dayAt(91)), "KEY-CRYPTOPERIOD");
  await expectRefused(mayUse(key, "sign", dayAt(0.5)), "KEY-CRYPTOPERIOD");
  await expectRefused(mayUse(key, "verify", dayAt(121)), "KEY-CRYPTOPERIOD");
});
