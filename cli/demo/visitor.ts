import { ask, type Answer, type AppAddress } from "./app-address";
import { fromBase64url } from "#lib/log/digest";
import { authenticationOf, registrationOf, type SoftwarePasskey } from "./software-passkey";

/** What the app refused or could not do: its own code and sentence, as its HTTP interface words errors. */
export class AppSaidNo extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = "AppSaidNo";
  }
}

type Drawn = { readonly challenge: string };

/**
 * Somebody who uses the app over HTTP as a browser does: cookies, sign-in with a passkey, JSON. Signs in again by itself
 * when the session has ended.
 */
export class Visitor {
  readonly #app: AppAddress;
  readonly #passkey: SoftwarePasskey;
  readonly #cookies = new Map<string, string>();

  constructor(app: AppAddress, passkey: SoftwarePasskey) {
    this.#app = app;
    this.#passkey = passkey;
  }

  get passkey(): SoftwarePasskey {
    return this.#passkey;
  }

  /** The answer's JSON. Throws AppSaidNo for every status from 400 on. */
  async get<T>(path: string): Promise<T> {
    return read(await this.#signedIn("GET", path)) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return read(await this.#signedIn("POST", path, JSON.stringify(body))) as T;
  }

  /** The bytes behind a path, or null where there are none yet (404). */
  async download(path: string): Promise<Buffer | null> {
    const answer = await this.#signedIn("GET", path);
    if (answer.status === 404) return null;
    if (answer.status >= 400) throw saidNo(answer);
    return answer.body;
  }

  /** A session of its own for a browser: the Set-Cookie lines. Signing out there does not end this visitor's. */
  async openSession(): Promise<string[]> {
    return new Visitor(this.#app, this.#passkey).signIn();
  }

  /**
   * Signs in as the sign-in page does: a challenge, an assertion over it, next-auth's credentials callback.
   * Returns the Set-Cookie lines of the session, for a browser that is to go on with it.
   */
  async signIn(): Promise<string[]> {
    this.#cookies.clear();
    const { csrfToken } = read(await this.#ask("GET", "/api/auth/csrf")) as { csrfToken: string };
    const drawn = read(await this.#ask("POST", "/api/passkey/challenge", "{}")) as { challengeId: string; options: Drawn };
    const assertion = authenticationOf(this.#passkey, fromBase64url(drawn.options.challenge), this.#app);
    const form = new URLSearchParams({
      csrfToken,
      challengeId: drawn.challengeId,
      assertion: JSON.stringify(assertion),
      json: "true",
    });
    const answer = await this.#ask("POST", "/api/auth/callback/passkey", form.toString(), "application/x-www-form-urlencoded");
    const session = (answer.headers["set-cookie"] ?? []).filter((line) => line.includes("session-token"));
    if (answer.status >= 400 || session.length === 0) {
      throw new AppSaidNo(
        answer.status,
        "SIGN-IN",
        `The app did not accept the passkey (${String(answer.status)}): ${answer.body.toString().slice(0, 300)}`,
      );
    }
    return session;
  }

  async #signedIn(method: string, path: string, body?: string): Promise<Answer> {
    if (this.#cookies.size === 0) await this.signIn();
    const answer = await this.#ask(method, path, body);
    if (answer.status !== 401) return answer;
    await this.signIn();
    return this.#ask(method, path, body);
  }

  async #ask(method: string, path: string, body?: string, type = "application/json"): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      accept: "application/json",
      ...(cookie && { cookie }),
      ...(body !== undefined && { "content-type": type }),
    };
    const answer = await ask(this.#app, method, path, headers, body);
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      this.#cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  }
}

/**
 * Registers a passkey with a one-use enrolment link, as the enrolment page does.
 * Throws AppSaidNo when the link was used before or has expired.
 */
export async function enrol(app: AppAddress, link: string, passkey: SoftwarePasskey): Promise<void> {
  const token = new URL(link, app.origin).pathname.split("/").at(-1) ?? "";
  const path = `/api/enrolment/${encodeURIComponent(token)}`;
  const { options } = read(await ask(app, "GET", path, { accept: "application/json" })) as { options: Drawn };
  const response = registrationOf(passkey, fromBase64url(options.challenge), app);
  read(await ask(app, "POST", path, { "content-type": "application/json" }, JSON.stringify({ registration: response })));
}

function read(answer: Answer): unknown {
  if (answer.status >= 400) throw saidNo(answer);
  return JSON.parse(answer.body.toString());
}

function saidNo(answer: Answer): AppSaidNo {
  try {
    const { error } = JSON.parse(answer.body.toString()) as { error: { code: string; sentence: string } };
    return new AppSaidNo(answer.status, error.code, error.sentence);
  } catch {
    return new AppSaidNo(answer.status, String(answer.status), answer.body.toString().slice(0, 300));
  }
}
