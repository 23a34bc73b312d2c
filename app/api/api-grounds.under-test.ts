import { generateKeyPairSync, sign as signBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { createSoftwarePasskey, registrationOf, assertWith, type SoftwarePasskey } from "#cli/demo/software-passkey";
import { entryBytes, entryHash, RECORDER, recorderBytes, type Body, type Entry } from "#lib/ceremony/entry";
import { replay, take } from "#lib/ceremony/replay";
import type { Mode, Role } from "#lib/ceremony/roles";
import { atConsole } from "#lib/conduct/administrator";
import { invitePerson } from "#lib/conduct/invite-person";
import { signIn } from "#lib/conduct/sign-in";
import { base64url, fromBase64url, sha256, utf8 } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { summaryOf } from "#lib/store/ceremonies";
import { openDatabase, type Database } from "#lib/store/database";
import { appendEntry, readEntries } from "#lib/store/entries";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { database as appDatabase } from "#lib/wiring/database";
import { peoplePorts, shutDown } from "#lib/wiring/parts";

export const ORIGIN = "http://localhost:3000";
const SECRET = "a secret for tests, of more than thirty-two bytes";
export const USE = { rpId: "localhost", origin: ORIGIN };

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
export type Answer<T = unknown> = {
  readonly status: number;
  readonly body: T & { readonly error?: { readonly code: string; readonly sentence: string; readonly remedy: string } };
  readonly headers: Headers;
};

/** The app's environment and a database of its own, for tests that call the interface's functions as Next does. */
export class ApiGrounds {
  #address = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly worker: Database,
  ) {}

  static async open(mode: Mode = "rehearsal"): Promise<ApiGrounds> {
    const database = await freshDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.appUrl,
      APP_ORIGIN: ORIGIN,
      RP_ID: USE.rpId,
      AUTH_SECRET: SECRET,
      CLAVIGER_MODE: mode,
    });
    for (const name of Object.keys(process.env)) if (/PKCS11/.test(name)) Reflect.deleteProperty(process.env, name);
    return new ApiGrounds(database, openDatabase(database.workerUrl));
  }

  async close(): Promise<void> {
    await shutDown();
    await this.worker.$disconnect();
    await this.database.drop();
  }

  get db(): Database {
    return appDatabase();
  }

  /** Calls a route's function by a request of a browser on our origin; as Next does, without parameters where it has none. */
  async ask<T = unknown>(
    handler: Handler,
    {
      method = "GET",
      path = "/",
      params,
      body,
      cookie,
      headers = {},
    }: {
      method?: string;
      path?: string;
      params?: Record<string, string>;
      body?: unknown;
      cookie?: string;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer<T>> {
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      // An address of its own each time: only the tests of the limits share one.
      headers: {
        "x-forwarded-for": `198.51.100.${String(++this.#address)}`,
        ...(method === "GET" ? {} : { origin: ORIGIN }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await handler(request, { params: Promise.resolve(params as Record<string, string>) });
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, body: (await (json ? response.json() : response.text())) as Answer<T>["body"], headers: response.headers };
  }

  /** A one-use link's token, made at the console. */
  async invite(person: string, roles: readonly Role[]): Promise<string> {
    const invited = await invitePerson(peoplePorts(), atConsole(), { person, name: `Name of ${person}`, title: "Title", roles });
    if (!invited.ok) throw new Error(invited.refusal.code);
    return invited.value.enrolmentUrl.split("/").at(-1) ?? "";
  }

  /** Somebody with a passkey. */
  async enrol(person: string, roles: readonly Role[]): Promise<SoftwarePasskey> {
    const { GET, POST } = await import("./enrolment/[token]/route");
    const passkey = createSoftwarePasskey();
    const params = { token: await this.invite(person, roles) };
    const offered = await this.ask<{ options: { challenge: string } }>(GET, { params });
    const registration = registrationOf(passkey, fromBase64url(offered.body.options.challenge), USE);
    const enrolled = await this.ask(POST, { method: "POST", params, body: { registration } });
    if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled.body));
    return passkey;
  }

  async challenge(): Promise<{ challengeId: string; challenge: Uint8Array }> {
    const { POST } = await import("./passkey/challenge/route");
    const { body } = await this.ask<{ challengeId: string; options: { challenge: string } }>(POST, { method: "POST", body: {} });
    return { challengeId: body.challengeId, challenge: fromBase64url(body.options.challenge) };
  }

  /** The cookie next-auth would set for the session. */
  async cookie(session: string, secret = SECRET): Promise<string> {
    return `claviger.session-token=${await encode({ token: { sid: session }, secret })}`;
  }

  /** Signs somebody in with their passkey; the Cookie header of their session. */
  async signIn(passkey: SoftwarePasskey): Promise<{ cookie: string; session: string; person: string }> {
    const { challengeId, challenge } = await this.challenge();
    const signed = await signIn(peoplePorts(), {
      challengeId,
      assertion: assertWith(passkey, challenge, USE),
      address: "127.0.0.1",
      client: "test",
    });
    if (!signed.ok) throw new Error(signed.refusal.code);
    return { cookie: await this.cookie(signed.value.session), ...signed.value };
  }

  /** The worker joins: what it writes, by its own role, with a recorder key that is only here. */
  async attach(ceremony: string): Promise<void> {
    const entries = await readEntries(this.worker, ceremony);
    const replayed = await replay(
      webCryptoVerifier,
      book,
      entries.map(({ bytes }) => bytes),
    );
    if (!replayed.ok || !replayed.value) throw new Error("no ceremony");
    const { scriptHash, rosterHash, head } = replayed.value;
    const recorder = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = base64url(recorder.publicKey.export({ type: "spki", format: "der" }));
    const token = { label: "test", manufacturer: "test", model: "test", serial: "s-1", hardware: "1", firmware: "1" };
    const body: Body<"recorder-attached"> = {
      scriptHash,
      rosterHash,
      token,
      recorder: { spki, certificate: base64url(sha256(utf8("none"))) },
      software: "test",
    };
    const unsigned = {
      v: "claviger/entry/v1",
      ceremony,
      seq: head.seq + 1,
      at: new Date(Math.max(Date.now(), Date.parse(head.at))).toISOString(),
      by: RECORDER,
      kind: "recorder-attached",
      body,
      prev: head.hash,
      signature: null,
    } as unknown as Entry;
    const signature = base64url(signBytes("sha256", recorderBytes(unsigned), recorder.privateKey));
    const entry = { ...unsigned, signature } as Entry;
    const bytes = entryBytes(entry);
    const after = await take(webCryptoVerifier, book, replayed.value, bytes);
    if (!after.ok) throw new Error(after.refusal.invariant);
    const { seq, at, by, kind, prev } = entry;
    await appendEntry(
      this.worker,
      { ceremony, seq, at, by, kind, prev, hash: entryHash(entry), bytes, openings: [] },
      summaryOf(after.value),
    );
  }
}
