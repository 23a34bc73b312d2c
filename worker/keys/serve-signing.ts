import { BadTokenArgument } from "#lib/token/fault";
import { openToken, parentGuard, StartAgain, type AddOn, type Host } from "../token/module-start";
import { CallMessage, type ChildMessage, StartMessage, toMessage } from "../token/protocol";
import { pack, unpack } from "./packed";
import { WorkMessage, Works, type Answer } from "./signing-protocol";
import { SigningSession } from "./signing-session";

/** How often a token that nobody uses is asked whether it is still there. */
const LOOK_MS = 2_000;

/**
 * What a child of the key process does: one session, one call after the other. It holds no lock on the token, because ceremonies hold
 * that one for the life of their child; starts of several children at once are kept apart by who starts them. It decides nothing but
 * whether what it is told is well formed, and dies with its parent, and with the session, the login or the token it had.
 */
export function serveSigning(addOn: AddOn, environment: Record<string, string | undefined>): void {
  const host = {
    environment,
    lock: () => Promise.resolve(),
    mayPersist: parentGuard(
      () => process.ppid,
      () => process.connected,
    ),
  };
  let session: SigningSession | null = null;
  let begun = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.on("disconnect", die);
  process.on("message", (message: unknown) => {
    if (!begun) {
      begun = true;
      begin(message, addOn, host).then((opened) => (session = opened), failed);
      return;
    }
    try {
      serve(message, session);
    } catch (fault) {
      failed(fault);
    }
  });
}

async function begin(message: unknown, addOn: AddOn, host: Host): Promise<SigningSession> {
  const parsed = StartMessage.safeParse(message);
  if (!parsed.success || parsed.data.start.mode !== "serve") throw new BadTokenArgument("start", "BAD-START-MESSAGE");
  const token = await openToken(parsed.data.start, addOn, host);
  send({ event: "ready", identity: token.identity() });
  setInterval(() => {
    try {
      token.assertPresent("look");
    } catch {
      die();
    }
  }, LOOK_MS);
  return new SigningSession(token);
}

function serve(message: unknown, session: SigningSession | null): void {
  const parsed = CallMessage.safeParse(message);
  if (!parsed.success) throw new BadTokenArgument("serve", "BAD-CALL-MESSAGE");
  const { id, args } = parsed.data;
  const works = asked(args);
  if (works === null || session === null) {
    send({ id, fault: toMessage(new BadTokenArgument("perform", "BAD-ARGUMENTS"), "perform") });
    return;
  }
  const answers = works.map((work) => performed(session, work));
  // A session, login or token that is lost is found again by a new process only.
  send({ id, value: pack(answers) }, answers.some(isLost) ? die : undefined);
}

function asked(args: readonly unknown[]): readonly unknown[] | null {
  try {
    const works = Works.safeParse(args.map(unpack));
    return works.success ? works.data[0] : null;
  } catch {
    return null;
  }
}

function performed(session: SigningSession, asked: unknown): Answer {
  try {
    const work = WorkMessage.safeParse(asked);
    if (!work.success) throw new BadTokenArgument("perform", "BAD-WORK");
    return { bytes: session.perform(work.data) };
  } catch (error) {
    return { fault: toMessage(error, "perform") };
  }
}

const isLost = (answer: Answer): boolean => "fault" in answer && answer.fault.kind === "gone";

const die = (): void => void process.kill(process.pid, "SIGKILL");

function failed(error: unknown): void {
  send({ event: "failed", fault: toMessage(error, "start"), retryable: error instanceof StartAgain });
}

function send(message: ChildMessage, sent?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
}
