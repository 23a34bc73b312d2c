import { BadTokenArgument, TokenFault } from "#lib/token/fault";
import { addOn as loadAddOn } from "./add-on";
import { identifyToken, initialiseToken, openToken, parentGuard, StartAgain } from "./module-start";
import { workOnPins } from "./pin-work";
import { Pkcs11Token } from "./pkcs11-token";
import { ARGUMENTS, CallMessage, type ChildMessage, type StartConfig, StartMessage, type TokenCall, toMessage } from "./protocol";
import { holdTokenLock } from "./token-lock";

/**
 * The child that holds the PKCS#11 module for ceremonies. It decides nothing: it opens the one token it was told to, serves checked
 * calls, and dies with its parent.
 */

const mayPersist = parentGuard(
  () => process.ppid,
  () => process.connected,
);
const addOn = loadAddOn();
const host = {
  // eslint-disable-next-line no-restricted-properties -- this process has an environment of its own, made for it by the worker
  environment: process.env,
  lock: (name: string) => holdTokenLock(name, () => send({ event: "waiting" })),
  mayPersist,
};

let token: Pkcs11Token | null = null;
let begun = false;

// A terminal's Ctrl-C and a supervisor's SIGTERM reach the whole group; the worker decides when its child ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
// No exit handlers, no waiting for threads in the module: an orphan must not finish what it is doing.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", (message: unknown) => {
  if (!begun) {
    begun = true;
    begin(message).catch(failed);
    return;
  }
  serve(message).catch(failed);
});

async function begin(message: unknown): Promise<void> {
  const parsed = StartMessage.safeParse(message);
  if (!parsed.success) throw new BadTokenArgument("start", "BAD-START-MESSAGE");
  const identity = await start(parsed.data.start);
  send({ event: "ready", identity });
}

async function start(config: StartConfig): Promise<Awaited<ReturnType<typeof initialiseToken>>> {
  if (config.mode === "initialise") return initialiseToken(config, addOn, host);
  if (config.mode === "identify") return identifyToken(config, addOn, host);
  if (config.mode === "keep") return workOnPins(config, addOn, host);
  token = new Pkcs11Token(await openToken(config, addOn, host));
  return token.info();
}

async function serve(message: unknown): Promise<void> {
  const parsed = CallMessage.safeParse(message);
  if (!parsed.success) throw new BadTokenArgument("serve", "BAD-CALL-MESSAGE");
  const { id, call, args } = parsed.data;
  try {
    send({ id, value: await answer(call, args) });
  } catch (error) {
    send({ id, fault: toMessage(error, call) });
  }
}

function answer(call: string, args: unknown[]): Promise<unknown> {
  if (token === null) throw new TokenFault(call, null, "TOKEN-NOT-OPEN");
  if (!Object.hasOwn(ARGUMENTS, call)) throw new BadTokenArgument("serve", "NO-SUCH-CALL");
  const name = call as TokenCall;
  const checked = ARGUMENTS[name].safeParse(args);
  if (!checked.success) throw new BadTokenArgument(name, "BAD-ARGUMENTS");
  // The schema of a call gives exactly its parameters, a correspondence that TypeScript cannot follow through the table.
  const methods = token as unknown as Record<TokenCall, (...args: readonly unknown[]) => Promise<unknown>>;
  return methods[name](...checked.data);
}

function failed(error: unknown): void {
  send({ event: "failed", fault: toMessage(error, "start"), retryable: error instanceof StartAgain });
}

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}
