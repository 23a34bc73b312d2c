import { ok } from "#lib/result";
import { forAnyone, say } from "../interface";

/** What time it is here: a browser compares its own clock with it, and takes half of the way there and back off. */
export const GET = forAnyone(() => Promise.resolve(say(ok({ now: new Date().toISOString() }))));
