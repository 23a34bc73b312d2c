import { readFileSync } from "node:fs";
import { TokenFault } from "#lib/token/fault";
import { Secret } from "#lib/token/secret";

/** Where the child finds a PIN: a file, or a variable of the environment. The PIN itself crosses no channel and no argv. */
export type PinSource = { readonly file: string } | { readonly variable: string };

/** Reads the PIN, without one line end at its end, and takes the variable out of the environment given: a module it loads cannot see it. */
export function readPin(source: PinSource, environment: Record<string, string | undefined>): Secret<string> {
  if ("file" in source) {
    let text: string;
    try {
      text = readFileSync(source.file, "utf8");
    } catch {
      throw new TokenFault("readPin", null, "PIN-FILE-NOT-READABLE");
    }
    return present(text.replace(/\r?\n$/, ""));
  }
  const value = environment[source.variable];
  Reflect.deleteProperty(environment, source.variable);
  return present(value ?? "");
}

function present(pin: string): Secret<string> {
  if (pin.length === 0) throw new TokenFault("readPin", null, "PIN-IS-EMPTY");
  return new Secret(pin);
}
