import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { ClientProblem, type FromEnvironment } from "claviger/client";
import { FieldCipher, type SealedField } from "./field-cipher";

/** What would be a table. */
interface Person {
  readonly salt: Buffer;
  readonly password: Buffer;
  readonly iban: SealedField;
}

type Reply = readonly [status: number, body: object];
const digest = (password: string, salt: Buffer): Buffer => scryptSync(password, salt, 32);
const nobody = { salt: randomBytes(16), password: randomBytes(32) };

/**
 * An application with three doors. `POST /people` takes a name, a password and an IBAN, which is encrypted before it is kept. `POST /sign-in`
 * answers a token that the HSM signed. `GET /iban` opens the field for whoever shows one: it is verified without asking the HSM.
 */
export function application({ client, tokens, keys }: FromEnvironment): Server {
  if (!tokens || keys.dbEncryption === null) throw new Error("HSM_JWT_KEY_ID and HSM_DB_ENCRYPTION_KEY_ID name the keys of this application.");
  const fields = new FieldCipher(client, keys.dbEncryption);
  const people = new Map<string, Person>();

  const doors: Readonly<Record<string, (request: IncomingMessage) => Promise<Reply>>> = {
    async "POST /people"(request) {
      const { name, password, iban } = await formOf(request);
      if (!name || !password || !iban || people.has(name)) return [400, { problem: "a new name, a password and an iban" }];
      const salt = randomBytes(16);
      people.set(name, { salt, password: digest(password, salt), iban: await fields.seal(`people/${name}/iban`, iban) });
      return [201, { name }];
    },

    async "POST /sign-in"(request) {
      const { name = "", password = "" } = await formOf(request);
      const { salt, password: known } = people.get(name) ?? nobody;
      if (!timingSafeEqual(digest(password, salt), known)) return [401, { problem: "no such name and password" }];
      const { token, expires } = await tokens.issue({ sub: name });
      return [200, { token, expires }];
    },

    async "GET /iban"(request) {
      const [, shown = ""] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "") ?? [];
      const said = await tokens.verify(shown);
      if (!said.valid) return [401, { problem: `the token is none: ${said.flaw}` }];
      const name = String(said.claims["sub"]);
      const person = people.get(name);
      return person ? [200, { iban: await fields.open(`people/${name}/iban`, person.iban) }] : [404, { problem: "nobody of that name" }];
    },
  };

  return createServer((request, response) => {
    const door = doors[`${request.method ?? ""} ${request.url ?? ""}`];
    const answered = door ? door(request).catch(said) : Promise.resolve<Reply>([404, { problem: "no such door" }]);
    void answered.then(([status, body]) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)));
  });
}

/** What the key process said stays here; who asked is told to come again, or that something is broken. */
function said(fault: unknown): Reply {
  const isPassing = fault instanceof ClientProblem && (fault.status === null || fault.status === 429 || fault.status === 503);
  process.stderr.write(`${fault instanceof ClientProblem ? `${fault.code}: ${fault.detail} (use ${fault.use ?? "none"})` : String(fault)}\n`);
  return isPassing ? [503, { problem: "come again in a moment" }] : [500, { problem: "something is broken here" }];
}

async function formOf(request: IncomingMessage): Promise<Record<string, string | undefined>> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8") as AsyncIterable<string>) {
    body += chunk;
    if (body.length > 10_000) return {};
  }
  return Object.fromEntries(new URLSearchParams(body));
}
