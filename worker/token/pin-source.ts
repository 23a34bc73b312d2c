import { readFileSync } from "node:fs";
import { TokenFault } from "#lib/token/fault";
import { Secret } from "#lib/token/secret";

/**
 * Where the child finds a PIN: a file, a variable of the environment, or, for one that custodians entered in two parts, the channel
 * between worker and child, a pair of sockets that nobody else has an end of. Never argv.
 */
export type PinSource = { readonly file: string } | { readonly variable: string } | { readonly bytes: Uint8Array };

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
  if ("bytes" in source) return present(takePin(source.bytes));
  const value = environment[source.variable];
  Reflect.deleteProperty(environment, source.variable);
  return present(value ?? "");
}

/** The PIN as the module wants it. The bytes are overwritten; the text cannot be, and goes with this process. */
export function takePin(bytes: Uint8Array): string {
  const pin = Buffer.from(bytes).toString("latin1");
  bytes.fill(0);
  return pin;
}

function present(pin: string): Secret<string> {
  if (pin.length === 0) throw new TokenFault("readPin", null, "PIN-IS-EMPTY");
  return new Secret(pin);
}
