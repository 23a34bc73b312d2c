import { Prisma } from "../generated/prisma/client";

/** The store broke, or holds something that cannot be: thrown, never a value. */
export class StoreFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreFault";
  }
}

/** Whether a write failed because a row with that key is there already. */
export const isTaken = (fault: unknown): boolean =>
  fault instanceof Prisma.PrismaClientKnownRequestError && fault.code === "P2002";

/** Prisma's codes for a server that cannot be reached, refuses connections, timed out or closed the connection. */
const UNREACHABLE = ["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"];
const UNREACHABLE_TEXT =
  /ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded when trying to connect|57P0[123]|the database system is/i;

/** Whether a fault says that PostgreSQL is not there just now, so that the same request may succeed later. */
export function isUnreachable(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { code } = fault as { code?: unknown };
  return (
    (typeof code === "string" && UNREACHABLE.includes(code)) || UNREACHABLE_TEXT.test(fault.message) || isUnreachable(fault.cause)
  );
}
