import { expect, test } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import type { Role } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import type { Answer, KnownInvitation } from "./plan";
import { attendanceOf, planNeeds } from "./plan-needs";

const invited = (person: string, role: Role, answer: Answer | null = null): KnownInvitation => ({
  ...{ person, role, answer },
  answeredAt: null,
  proposedAt: null,
  remark: null,
});
const cast = (answers: Readonly<Record<string, Answer>>): KnownInvitation[] =>
  (
    [
      ["olga", "operator"],
      ["carl", "custodian"],
      ["cleo", "custodian"],
      ["cora", "custodian"],
      ["will", "witness"],
      ["wang", "witness"],
    ] as const
  ).map(([person, role]) => invited(person, role, answers[person] ?? null));
const nobody = () => [];
const standing = (answers: Readonly<Record<string, Answer>>, script: Script = smallScript, groupsOf: (person: string) => string[] = nobody) =>
  attendanceOf(planNeeds(script, cast(answers), groupsOf));

test("with one custodian away a quorum of 2 of 3 is left, with two it is not", () => {
  expect(standing({})).toBe("open");
  expect(standing({ carl: "declined" })).toBe("open");
  expect(standing({ carl: "declined", cleo: "proposed" })).toBe("impossible");
});

test("it is sure once everybody needed has accepted, not everybody invited", () => {
  const yes = { olga: "accepted", carl: "accepted", cleo: "accepted", will: "accepted", wang: "accepted" } as const;
  expect(standing(yes)).toBe("sure");
  expect(standing({ ...yes, cora: "declined" })).toBe("sure");
  expect(standing({ ...yes, wang: "declined" })).toBe("impossible");
});

test("the strictest step counts, and so does each group that a rule names", () => {
  const strict: Script = {
    ...smallScript,
    acts: smallScript.acts.map((act) => ({
      ...act,
      steps: act.steps.map((step) =>
        step.kind === "operation" && step.step === "make"
          ? { ...step, quorum: { approve: 3, of: 3, and: [{ group: "security", approve: 1 }] } }
          : step,
      ),
    })),
  };
  const groupsOf = (person: string) => (person === "carl" ? ["security"] : []);
  const needs = planNeeds(strict, cast({}), groupsOf);
  expect(needs.find(({ role, group }) => role === "custodian" && group === null)).toMatchObject({ needed: 3, cast: 3 });
  expect(needs.find(({ group }) => group === "security")).toMatchObject({ needed: 1, invited: 1 });
  expect(standing({ cleo: "declined" }, strict, groupsOf)).toBe("impossible");
  expect(standing({}, strict, nobody)).toBe("impossible");
});
