import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { drain } from "./drain";

/** What comes about is waited for, however busy the machine. */
const PATIENCE = { timeout: 60_000 };
let server: Server;
/** A server that answers when it is told to. */
async function listening() {
  const heard: ServerResponse[] = [];
  server = createServer((_, response) => void heard.push(response));
  await new Promise<void>((done) => server.listen({ host: "127.0.0.1", port: 0 }, done));
  return { heard, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}
afterEach(() => server.closeAllConnections());

test("whoever was heard is answered, and nobody else is heard", async () => {
  const { heard, url } = await listening();
  const asked = fetch(url).then((response) => response.text());
  await expect.poll(() => heard.length, PATIENCE).toBe(1);
  let over = false;
  const drained = drain(server, 60_000).then(() => (over = true));
  await expect(fetch(url)).rejects.toThrow();
  expect(over).toBe(false);
  heard[0]?.end("done");
  expect(await asked).toBe("done");
  await drained;
});

test("a connection that is kept for later does not hold it up, and one on which nothing comes is cut off at the end", async () => {
  const { heard, url } = await listening();
  const first = fetch(url);
  await expect.poll(() => heard.length, PATIENCE).toBe(1);
  heard[0]?.end("done");
  await (await first).text();
  await drain(server, 60_000);

  const again = await listening();
  const never = fetch(again.url);
  await expect.poll(() => again.heard.length, PATIENCE).toBe(1);
  const cut = expect(never).rejects.toThrow();
  await drain(server, 50);
  await cut;
});
