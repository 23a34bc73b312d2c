import path from "node:path";
import { parseArgs } from "node:util";
import { keepFolder } from "../setup/checkout.mjs";
import { SetupFault } from "../setup/fault.mjs";

export type DemoOptions = {
  readonly port: number;
  /** Where everything of this demo is kept: passkeys of its people hold for one origin, so each port has its own. */
  readonly folder: string;
  /** Play one ceremony without a browser, and put its record here; null to wait for people. */
  readonly out: string | null;
  readonly reset: boolean;
};

export const USAGE = `npm run demo                        set everything up and serve the demo at http://localhost:3000
npm run demo -- --port 3100         at another port (with people, database and token of its own)
npm run demo -- --auto --out DIR    play one ceremony without a browser, leave record.pdf and
                                    trust-anchor.pem in DIR, and print the verifier's verdict
npm run demo -- --reset             remove everything this demo keeps; asks first`;

const ORDINARY_PORT = 3000;

/** The demo's arguments, read. Throws SetupFault with the usage when they cannot be. */
export function readOptions(argv: readonly string[]): DemoOptions {
  const wrong = (sentence: string) => new SetupFault(sentence, { remedy: `use it like this:\n\n${USAGE}\n` });
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        auto: { type: "boolean", default: false },
        out: { type: "string" },
        reset: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const port = values.port === undefined ? ORDINARY_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    throw wrong(`--port wants a number from 1024 to 65535, not ${values.port ?? ""}.`);
  if (values.auto !== (values.out !== undefined)) throw wrong("--auto and --out DIR go together.");
  return {
    port,
    folder: path.join(keepFolder, port === ORDINARY_PORT ? "demo" : `demo-${String(port)}`),
    out: values.out === undefined ? null : path.resolve(values.out),
    reset: values.reset,
  };
}
