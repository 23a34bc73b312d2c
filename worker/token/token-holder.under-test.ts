import { inspect } from "node:util";
import { ChildToken, type ChildTokenOptions } from "./child-token";
import { freshTemplate } from "#lib/token/token-contract.under-test";

/**
 * A worker for crash tests, in a process of its own: opens the token of the options it is given on stdin and says so, then orders a
 * key and its keeping in one breath, as no real worker would, so that the keeping waits in the child when this process is killed.
 */
async function hold(options: ChildTokenOptions & { readonly then: "order" | "nothing" }): Promise<void> {
  try {
    const token = await ChildToken.open(options);
    console.log(`open ${String(token.pid)}`);
    if (options.then === "nothing") return;
    const ordered = [token.prepareKey(freshTemplate("RSA-4096")), token.keepKey("prepared-1")];
    console.log("ordered");
    await Promise.all(ordered);
    console.log("done");
    await token.close();
  } catch (error) {
    console.log(inspect(error, { depth: 9, showHidden: true }));
    process.exitCode = 1;
  }
}

let input = "";
for await (const chunk of process.stdin) input += String(chunk);
await hold(JSON.parse(input) as ChildTokenOptions & { then: "order" | "nothing" });
