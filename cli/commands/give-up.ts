import { Identifier } from "#lib/ceremony/roster.schema";
import { WorkerMemory } from "#worker/memory";
import { NotDone, readArguments, Unusable, type ExitCode } from "./command";
import { workerEnv } from "./worker-console";

const USAGE = `claviger give-up CEREMONY

  For an aborted ceremony that cannot be closed, because another token does not come back on which an operation was begun. The
  worker then notes a class D deviation, writes that the outcome is not known, and closes the ceremony. A ceremony that was not
  aborted goes on waiting for its token.`;

/** `claviger give-up`: a person who knows that a device is lost says so at the worker's own console. */
export function giveUpCommand(args: readonly string[]): Promise<ExitCode> {
  const { rest } = readArguments(args, { valued: [], flags: [], usage: USAGE });
  const [id, ...more] = rest;
  if (id === undefined || more.length > 0 || !Identifier.safeParse(id).success) throw new Unusable(USAGE);
  const memory = new WorkerMemory(workerEnv().stateFolder);
  if (!memory.head(id)) throw new NotDone(`This worker has never seen a ceremony ${id}.`);
  memory.giveUp(id, new Date().toISOString());
  console.log(`The worker closes ${id} once it is aborted, and says of what was begun that its outcome is not known.`);
  return Promise.resolve(0);
}
