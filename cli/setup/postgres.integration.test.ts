import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepFolder } from "./checkout.mjs";
import { startPostgres } from "./postgres.mjs";

const dir = path.join(keepFolder, "test", `setup-${process.pid}`);
let server: Awaited<ReturnType<typeof startPostgres>>;

beforeAll(async () => {
  server = await startPostgres({ dir });
});
afterAll(() => server.remove());

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, T>>({ text: sql })).rows.map((row) => Object.values(row)[0]!);
  } finally {
    await client.end();
  }
}

test("listens on 127.0.0.1 alone and asks for its password", async () => {
  expect(await ask(server.url, "SHOW listen_addresses")).toEqual(["127.0.0.1"]);
  expect(await ask(server.url, "SHOW unix_socket_directories")).toEqual([""]);
  const guessed = new URL(server.url);
  guessed.password = "postgres";
  await expect(ask(guessed.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
});

test("keeps its password in a file that only its owner can read", () => {
  expect(statSync(path.join(dir, "superuser-password")).mode & 0o777).toBe(0o600);
});

test("is found again by a second start, on the same port, not started twice", async () => {
  const again = await startPostgres({ dir });
  expect(again.url).toBe(server.url);
  expect(again.pid()).toBe(server.pid());
});

test("survives kill -9: same address, what was committed is there", async () => {
  await ask(server.url, "CREATE TABLE kept AS SELECT 7 AS seven");
  const killed = server.pid();
  process.kill(killed, "SIGKILL");
  await server.start();
  expect(server.pid()).not.toBe(killed);
  expect(await ask(server.url, "SELECT seven FROM kept")).toEqual([7]);
});

test("keeps data and port over a stop", async () => {
  await server.stop();
  const again = await startPostgres({ dir });
  expect(again.url).toBe(server.url);
  expect(await ask(again.url, "SELECT seven FROM kept")).toEqual([7]);
});

test("takes another port at the next start when a stranger has its own, and names the remedy when the port was asked for", async () => {
  await server.stop();
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(server.port, "127.0.0.1", resolve));
  try {
    await expect(startPostgres({ dir, port: (stranger.address() as AddressInfo).port })).rejects.toMatchObject({
      message: expect.stringContaining(`needs port ${server.port}`),
      remedy: expect.stringContaining("another port"),
    });
    const moved = await startPostgres({ dir });
    expect(moved.port).not.toBe(server.port);
    expect(await ask(moved.url, "SELECT seven FROM kept")).toEqual([7]);
    server = moved;
  } finally {
    stranger.close();
  }
});

test("a number left in postmaster.pid that now belongs to another program does not keep it from starting", async () => {
  await server.stop();
  writeFileSync(path.join(server.data, "postmaster.pid"), `${process.pid}\n${server.data}\n1\n${server.port}\n`);
  await server.start();
  expect(await ask(server.url, "SELECT seven FROM kept")).toEqual([7]);
});

test("data of another version, and data whose password is gone, are refused and left alone", async () => {
  const other = path.join(keepFolder, "test", `setup-other-${process.pid}`);
  try {
    mkdirSync(path.join(other, "data"), { recursive: true });
    writeFileSync(path.join(other, "data", "PG_VERSION"), "15\n");
    await expect(startPostgres({ dir: other })).rejects.toThrow(/password of the database .* is gone/);
    writeFileSync(path.join(other, "superuser-password"), "known");
    await expect(startPostgres({ dir: other })).rejects.toThrow(/made by PostgreSQL 15/);
    expect(readFileSync(path.join(other, "data", "PG_VERSION"), "utf8")).toBe("15\n");
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test("leaves nothing behind when it is removed", async () => {
  const gone = await startPostgres({ dir: `${dir}-gone` });
  await gone.remove();
  expect([existsSync(gone.folder), existsSync(gone.data)]).toEqual([false, false]);
});
