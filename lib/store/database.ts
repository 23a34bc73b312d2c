import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client";

/** The store behind everything in this folder. Functions take it as their first argument; nothing here reads the environment. */
export type Database = PrismaClient;

/**
 * Opens PostgreSQL at `url` by a pool. Connects with the first query, and again after it was gone; a query while it is
 * gone throws (see `isUnreachable`). Close with `$disconnect()`.
 */
export function openDatabase(url: string, options: { readonly connections?: number; readonly name?: string } = {}): Database {
  const pool = {
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 5_000,
    application_name: options.name ?? "claviger",
    keepAlive: true,
  };
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}
