import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client";

/** The store behind everything in this folder. Functions take it as their first argument; nothing here reads the environment. */
export type Database = PrismaClient;

export type DatabaseOptions = {
  readonly connections?: number;
  readonly name?: string;
  /** How long one statement may take, also over a connection that says nothing any more. */
  readonly limitMs?: number;
};

/**
 * Opens PostgreSQL at `url` by a pool. Connects with the first query, and again after it was gone; a query while it is
 * gone throws (see `isUnreachable`). Close with `$disconnect()`.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = {
    connectionString: durably(url),
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    application_name: options.name ?? "claviger",
    keepAlive: true,
    ...(options.limitMs !== undefined && { statement_timeout: options.limitMs, query_timeout: options.limitMs }),
  };
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}

/**
 * The same address, where what is committed is on the disk before it is answered: a role or a database may be set up so that a
 * crash takes back what somebody was told. Whatever else the address asks of the server stays.
 */
function durably(url: string): string {
  const address = new URL(url);
  const asked = address.searchParams.get("options") ?? "";
  address.searchParams.set("options", `${asked} -c synchronous_commit=on`.trim());
  return address.href;
}
