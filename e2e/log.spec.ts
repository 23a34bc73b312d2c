import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readTreeHead } from "#lib/log/checkpoint";
import { fromBase64 } from "#lib/log/digest";
import { readLeaf } from "#lib/log/leaf";
import { leafHash, rootFromInclusion } from "#lib/log/merkle";
import { TILE_WIDTH, bundlePath, readBundle } from "#lib/log/tile";
import { LOG_ORIGIN } from "./house";
import { expect, openCeremony, test } from "./test";

/** The first entry of a ceremony, found by reading the log as anybody would. */
async function leafOf(origin: string, ceremony: string): Promise<Uint8Array> {
  const checkpoint = await (await fetch(`${origin}/log/checkpoint`)).text();
  const size = readTreeHead(checkpoint.slice(0, checkpoint.indexOf("\n\n") + 1))?.size ?? 0;
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - from);
    const bundle = await fetch(`${origin}/log/${bundlePath(from / TILE_WIDTH, width)}`);
    const found = readBundle(new Uint8Array(await bundle.arrayBuffer()), width)?.find((bytes) => {
      const leaf = readLeaf(bytes);
      return leaf?.kind === "entry" && leaf.ceremony === ceremony;
    });
    if (found) return found;
  }
  throw new Error("the ceremony is not in the log");
}

const inFours = (hash: string): string => hash.match(/.{4}/g)?.join(" ") ?? "";

test("anybody can watch the log from outside: it grows with every act, and a past that is written anew is shouted about", async ({
  house,
  people,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-monitor-"));
  const anchor = path.join(house.folder, "worker", "trust-anchor.pem");
  const claviger = (...args: string[]) => house.claviger(["log", ...args], process.env);
  const key = (await claviger("key", "--trust", anchor, "--origin", LOG_ORIGIN)).output.trim();
  const monitor = (state = "a") => claviger("monitor", `${house.origin}/log`, "--key", key, "--state", path.join(folder, state));
  const leaves = (said: string) => Number(/: ([0-9]+) leaves/.exec(said)?.[1]);

  const id = await openCeremony(people, "one-key", 41, "Watched");
  await expect.poll(async () => leaves((await monitor()).output), { timeout: 60_000 }).toBeGreaterThan(0);
  const before = leaves((await monitor()).output);
  const operator = await people.enter("operator");
  const opened = await operator.http("POST", `/api/ceremonies/${id}/acts`, { act: "open-step", step: "signing-key" });
  expect(opened.status).toBe(200);
  await expect.poll(async () => leaves((await monitor()).output), { timeout: 60_000 }).toBeGreaterThan(before);

  // As files that other programs read: plain, lasting, without a cookie, and saying nothing about people.
  const checkpoint = await fetch(`${house.origin}/log/checkpoint`);
  expect(checkpoint.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await checkpoint.text()).toMatch(new RegExp(`^${LOG_ORIGIN}\n[1-9][0-9]*\n[A-Za-z0-9+/]{43}=\n\n— ${LOG_ORIGIN} `));
  const bundle = await fetch(`${house.origin}/log/tile/entries/000.p/3`);
  expect(bundle.headers.get("cache-control")).toContain("immutable");
  expect((await (await fetch(`${house.origin}/log/tile/0/000.p/3`)).arrayBuffer()).byteLength).toBe(96);
  expect((await fetch(`${house.origin}/log/tile/0/999`)).status).toBe(404);
  expect((await fetch(`${house.origin}/log/../api/people`)).status).toBe(401);

  // Whoever is not signed in looks up an entry of the record by its hash, and takes its proof along.
  const leaf = await leafOf(house.origin, id);
  const { page } = await people.stranger("auditor", "Some Auditor");
  await page.goto("/log");
  await page.getByLabel("Hash", { exact: true }).fill("ab".repeat(32));
  await page.getByRole("button", { name: "Look it up" }).click();
  await expect(page.getByText("No log here has it.")).toBeVisible();
  await page.getByLabel("Hash", { exact: true }).fill(inFours(readLeaf(leaf)?.hash ?? ""));
  await page.getByRole("button", { name: "Look it up" }).click();
  const href = await page.getByRole("link", { name: "Download the proof" }).getAttribute("href");
  const proof = await (await fetch(`${house.origin}${href ?? ""}`)).text();
  const [above = "", ...below] = proof.split("\n\n");
  const [header, index = "", ...hashes] = above.split("\n");
  const head = readTreeHead(`${below[0] ?? ""}\n`);
  expect(header).toBe("c2sp.org/tlog-proof@v1");
  expect(rootFromInclusion(leafHash(leaf), Number(index.replace("index ", "")), head?.size ?? 0, hashes.map(fromBase64))).toEqual(head?.root);

  // A key that is not the log's, and a monitor whose memory is of another past.
  const other = key.replace(LOG_ORIGIN, "claviger.invalid/other");
  const refused = await claviger("monitor", `${house.origin}/log`, "--key", other, "--state", path.join(folder, "b"));
  expect([refused.code, refused.output.trim()]).toEqual([1, "The checkpoint is of another log than the key."]);
  const state = path.join(folder, "a", "log.json");
  expect(readFileSync(state, "utf8")).toContain(`"origin":"${LOG_ORIGIN}"`);
  rmSync(folder, { recursive: true, force: true });
});
