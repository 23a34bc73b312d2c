import { afterAll, expect, test } from "vitest";
import { performed, stateOf } from "#lib/ceremony/ceremony";
import type { Script, Step } from "#lib/ceremony/script";
import { players } from "./played-cast.under-test";
import { PlayedCeremony } from "./played-ceremony.under-test";
import { smallScript } from "./played-scripts.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

const work = (step: string, operation: string, ...labels: readonly string[]): Step => ({
  step,
  kind: "operation",
  title: step,
  say: step,
  operations: labels.map((label) => ({ operation, label, ...(operation === "generate-key-pair" && KIND) })),
});
const KIND = { algorithm: "EC-P256", usage: ["sign"], extractable: false };

/** Two keys are made and condemned; one is destroyed, the other only after an hour. A security officer agrees to all of it. */
function emergencyScript(): Script {
  const small = smallScript();
  const [health, signatures] = ["health", "signatures"].map((id) => small.acts[0]?.steps.find(({ step }) => step === id));
  if (!health || !signatures) throw new Error("the small script has changed");
  const steps = [
    health,
    work("make", "generate-key-pair", "first", "second"),
    work("condemn", "condemn-key", "first", "second"),
    work("destroy-first", "destroy-key", "first"),
    { ...work("destroy-second", "destroy-key", "second"), cooling: { after: "condemn", minutes: 60 } } as Step,
    signatures,
  ];
  return {
    ...small,
    quorum: { approve: 2, of: 3, and: [{ group: "security-officer", approve: 1 }] },
    emergency: { usual: { approve: 1, of: 3 }, review: { days: 5 } },
    acts: [{ act: "all", title: "All", steps }],
  };
}

test(
  "an emergency waits for its security officer, a cooled step for its hour; aborted, it ends with what was made and destroyed",
  async () => {
    const cast = players(3, 1).map((one) => (one.person === "custodian-3" ? { ...one, groups: ["security-officer"] } : one));
    const played = await new PlayedCeremony(grounds.app, { script: emergencyScript(), cast }).open();
    grounds.trust(played.roster);
    grounds.start();
    await played.playTo("make");
    for (const step of ["make", "condemn", "destroy-first"]) {
      await played.openStep(step);
      for (const person of ["custodian-1", "custodian-2", "custodian-3"]) await played.approve(person, step);
      const done = await played.stepDone(step);
      const officer = stateOf(done, step)?.approvals.find(({ person }) => person === "custodian-3")?.seq;
      // Two custodians were enough in number, and the worker began under none but what the officer signed too.
      for (const one of stateOf(done, step)?.outcomes ?? []) expect(one.approvals, step).toContain(officer);
    }
    await expect(played.openStep("destroy-second")).rejects.toThrow("COOLING-OVER");

    await played.abort();
    const closed = await played.until("closed", ({ phase }) => phase === "closed");
    expect(closed.closed?.result).toBe("aborted");
    const worked = performed(closed).map(({ request }) => `${request.operation} ${String(request["label"])}`);
    expect(worked).toContain("destroy-key first");
    expect((await grounds.tokenObjects()).map(({ label }) => label)).toEqual(["second", "second"]);
  },
);
