import path from "node:path";
import { freePort } from "../setup/port.mjs";
import { secretFile } from "../setup/postgres.mjs";

/** Where things of this demo are, and the addresses its processes are told. */
export type Surroundings = {
  readonly folder: string;
  readonly origin: string;
  readonly appPort: number;
  readonly module: string;
  readonly softHsmConf: string;
  readonly appUrl: string;
  readonly workerUrl: string;
};

export const TOKEN_LABEL = "claviger-demo";

/** What any program may know of this machine and its user. Everything else is told to the one process that needs it. */
function ordinary(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SHELL"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ) as NodeJS.ProcessEnv;
}

/** No address: the demo is nobody's. */
const LOG_ORIGIN = "claviger.invalid/demo";

/** The app's whole environment: no PIN, no PKCS#11 module, no word of a demo. */
export function appEnv({ folder, origin, appUrl }: Surroundings): NodeJS.ProcessEnv {
  return {
    ...ordinary(),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: appUrl,
    APP_ORIGIN: origin,
    AUTH_SECRET: secretFile(path.join(folder, "auth-secret")),
    RP_ID: "localhost",
    CLAVIGER_MODE: "rehearsal",
    CLAVIGER_LOG_ORIGIN: LOG_ORIGIN,
  };
}

/** What is needed to make a token: the two PINs, as files. */
export function tokenEnv({
  folder,
  module,
  softHsmConf,
}: Pick<Surroundings, "folder" | "module" | "softHsmConf">): NodeJS.ProcessEnv {
  const pin = path.join(folder, "pin");
  const officer = path.join(folder, "so-pin");
  for (const file of [pin, officer]) secretFile(file);
  return {
    ...ordinary(),
    SOFTHSM2_CONF: softHsmConf,
    CLAVIGER_PKCS11_MODULE: module,
    CLAVIGER_PKCS11_PROFILE: "softhsm2",
    CLAVIGER_TOKEN_LABEL: TOKEN_LABEL,
    CLAVIGER_PIN_FILE: pin,
    CLAVIGER_SO_PIN_FILE: officer,
  };
}

/** The worker's whole environment. It takes part in rehearsals only. */
export function workerEnv(surroundings: Surroundings, serial: string): NodeJS.ProcessEnv {
  const { CLAVIGER_SO_PIN_FILE: _, ...token } = tokenEnv(surroundings);
  return {
    ...token,
    NODE_ENV: "production",
    DATABASE_URL: surroundings.workerUrl,
    CLAVIGER_TOKEN_SERIAL: serial,
    CLAVIGER_WORKER_STATE: path.join(surroundings.folder, "worker"),
    CLAVIGER_WORKER_MODE: "rehearsal",
    CLAVIGER_WORKER_NAME: "demo",
    CLAVIGER_LOG_ORIGIN: LOG_ORIGIN,
  };
}

/** A port for the app behind the companion: the one it had, if that is free. */
export const appPortNear = (port: number): Promise<number> => freePort(port + 1);
