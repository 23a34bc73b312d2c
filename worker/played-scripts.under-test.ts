import { readFileSync } from "node:fs";
import type { Script, Step } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { readScript } from "#lib/script-source/read-script";

/** The script this project ships. */
export function productionScript(): Script {
  const file = new URL("../lib/ceremony/scripts/production-key-generation.yaml", import.meta.url);
  const read = readScript(readFileSync(file, "utf8"), "production-key-generation.yaml", book);
  if (!read.ok) throw new Error(read.refusal[0]?.sentence);
  return read.value.script;
}

const operation = (step: string, ...operations: Extract<Step, { kind: "operation" }>["operations"]): Step => ({ step, kind: "operation", title: step, say: step, operations });
const KEY = { operation: "generate-key-pair", label: "test-key", algorithm: "EC-P256", usage: ["sign"], extractable: false };

/** A script of a minute: look, make one EC key by 2 of 3, test it, list, sign. */
export function smallScript(key: { readonly label?: string; readonly algorithm?: string; readonly extractable?: boolean } = {}): Script {
  const signature = key.algorithm?.startsWith("RSA") ? "RS256" : "ES256";
  const label = key.label ?? KEY.label;
  return {
    script: "small",
    edition: 1,
    title: "Small",
    purpose: "Test the worker",
    environment: "test",
    minutes: 1,
    expires: { minutes: 30 },
    quorum: { approve: 2, of: 3 },
    witnesses: { least: 1 },
    prerequisites: [],
    equipment: [],
    acts: [
      {
        act: "all",
        title: "All",
        steps: [
          operation("health", { operation: "token-health" }),
          operation("key", { ...KEY, ...key }),
          operation("test", { operation: "test-signature", label, signature }),
          operation("inventory", { operation: "list-keys" }),
          { step: "signatures", kind: "sign-off", title: "Sign", say: "True.", by: ["operator", "custodian", "witness"] },
        ],
      },
    ],
  };
}
