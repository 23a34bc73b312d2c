import type { Script } from "./script";

/** Two acts, every kind of step, a quorum of 2 of 3. */
export const smallScript: Script = {
  script: "small",
  edition: 1,
  title: "Small ceremony",
  purpose: "To try every rule.",
  environment: "test",
  minutes: 10,
  expires: { minutes: 30 },
  quorum: { approve: 2, of: 3 },
  witnesses: { least: 2 },
  prerequisites: [],
  equipment: [],
  acts: [
    {
      act: "first",
      title: "First act",
      steps: [
        { step: "hear", kind: "statement", title: "Hear", say: "We begin.", by: ["operator"] },
        { step: "come", kind: "attendance", title: "Come", say: "Who is here?", by: ["witness"] },
        { step: "film", kind: "evidence", title: "Film", say: "The camera runs.", what: "File", by: ["operator"] },
        { step: "serial", kind: "check", title: "Serial", say: "Read it.", value: "Serial", physical: true, by: ["operator", "witness"] },
      ],
    },
    {
      act: "second",
      title: "Second act",
      steps: [
        { step: "look", kind: "operation", title: "Look", say: "Look.", operations: [{ operation: "look", label: "all" }] },
        {
          step: "make",
          kind: "operation",
          title: "Make",
          say: "Make it.",
          operations: [
            { operation: "make", label: "one" },
            { operation: "make", label: "two" },
          ],
        },
        { step: "sign", kind: "sign-off", title: "Sign", say: "It is true.", by: ["operator", "custodian", "witness"] },
      ],
    },
  ],
};

/** The small script, in which so many minutes must pass between the named step and `make`. */
export const coolingScript = (after: string, minutes: number): Script => ({
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.kind === "operation" && step.step === "make" ? { ...step, cooling: { after, minutes } } : step)),
  })),
});

/** The same, and its look goes at another token, which it calls "vault". */
export const vaultScript: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.step === "look" ? { ...step, operations: [{ operation: "look", label: "all", token: "vault" }] } : step)),
  })),
};
export const VAULT = { name: "vault", label: "v", model: "x", serial: "s-2" };

/** The small script, whose `make` needs a secret in two parts. */
export const secretScript: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.step === "make" ? { ...step, operations: [{ operation: "keep", label: "one" }] } : step)),
  })),
};

/** The small script, whose `make` needs both PINs of a token, and then those of these tokens. */
export type PinsAsked = readonly { readonly label: string; readonly one?: string }[];
export const pinsScript = (...operations: PinsAsked): Script => ({
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) =>
      step.step === "make" ? { ...step, operations: operations.map((parameters) => ({ operation: "pins", ...parameters })) } : step,
    ),
  })),
});
