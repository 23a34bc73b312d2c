import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { clientAddress, noteSockets } from "./client-address";

/** What a server that notes sockets takes for the address of a request that says this of itself. */
async function seenAs(forwardedFor: string | undefined, trustedProxies: number): Promise<string> {
  const server = createServer((asked, answer) => {
    const said = asked.headers["x-forwarded-for"];
    answer.end(clientAddress(typeof said === "string" ? said : null, trustedProxies));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
  const seen = await new Promise<string>((resolve, reject) => {
    request({ host: "127.0.0.1", port, headers }, (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => (text += part.toString()));
      answer.on("end", () => resolve(text));
    }).on("error", reject).end();
  });
  await new Promise((closed) => server.close(closed));
  return seen;
}

it("believes the socket and the proxies that are trusted, and no address made up in a header", async () => {
  const stop = noteSockets();
  expect(await seenAs(undefined, 0)).toBe("127.0.0.1");
  expect(await seenAs("203.0.113.66", 0)).toBe("127.0.0.1");
  expect(await seenAs("9.9.9.9, 203.0.113.66", 0)).toBe("127.0.0.1");
  // The socket is the one proxy's; the last it wrote is whom it heard from.
  expect(await seenAs("203.0.113.1", 1)).toBe("203.0.113.1");
  expect(await seenAs("9.9.9.9, 203.0.113.1", 1)).toBe("203.0.113.1");
  expect(await seenAs("9.9.9.9, 203.0.113.1, 10.0.0.1", 2)).toBe("203.0.113.1");
  stop();
});
