import { createHash, randomFillSync } from "node:crypto";
import { StreamedHash } from "#lib/log/streamed-hash";
import { figure, median, millisecondsOf } from "./figure";

/** As a browser reads a film: parts of this size, one after the other. */
const PART = 4 * 1024 * 1024;
const PARTS = 256;
const ROUNDS = 3;

/**
 * The hash of a film as the browser works it out, part by part in JavaScript, against the one built into the machine; and how
 * much memory it takes while a gigabyte goes through it.
 */
export async function benchHashing(): Promise<void> {
  const part = randomFillSync(new Uint8Array(PART));
  const streamed = () => {
    const hash = new StreamedHash();
    let most = 0;
    for (let i = 0; i < PARTS; i++) {
      // A fresh one each time, as every read of a file makes.
      hash.update(part.slice());
      most = Math.max(most, process.memoryUsage().rss);
    }
    return { sha256: hash.end(), most };
  };
  const native = () => {
    const hash = createHash("sha256");
    for (let i = 0; i < PARTS; i++) hash.update(part);
    return hash.digest("hex");
  };
  const before = process.memoryUsage().rss;
  const first = streamed();
  if (first.sha256 !== native()) throw new Error("the two hashes differ");
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await millisecondsOf(() => Promise.resolve(void streamed()));
    rates.push({ ours, bare: await millisecondsOf(() => Promise.resolve(void native())) });
  }
  const megabytes = (PART * PARTS) / 1e6;
  figure("hashing.bytes", PART * PARTS, "bytes");
  figure("hashing.rate", (megabytes / median(rates.map(({ ours }) => ours))) * 1000, "MB/s");
  figure("hashing.native_rate", (megabytes / median(rates.map(({ bare }) => bare))) * 1000, "MB/s");
  figure("hashing.memory", (first.most - before) / 1e6, "MB");
}
