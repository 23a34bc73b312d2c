import { benchAgainstC } from "./crypto/against-c";
import { benchCrowd } from "./crypto/crowd";
import { BenchServer, KeyHouse } from "./crypto/key-house";
import { LoadGenerator } from "./crypto/load-generator";
import { benchProcessCounts } from "./crypto/process-counts";
import { benchThroughHttp } from "./crypto/through-http";
import { benchTokensIssued } from "./crypto/tokens-issued";
import { benchTokenVerification } from "./crypto/token-verification";

const ACCOUNTS = 10;

/**
 * The use of keys by applications, from one signature of a child of the key process to a thousand callers at once. What is
 * compared is measured in turn, slice by slice, in this one run.
 */
export async function benchCrypto(): Promise<void> {
  await benchAgainstC();
  const server = await BenchServer.start();
  const house = await KeyHouse.open(server, "bench_one", ACCOUNTS);
  const load = new LoadGenerator();
  try {
    await benchThroughHttp(server, house, load);
    await benchTokensIssued(house, load);
    await benchTokenVerification(house);
    await benchCrowd(house, load);
    await benchProcessCounts(server, house, load);
  } finally {
    load.stop();
    await house.close();
  }
}
