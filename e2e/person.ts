import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  type Locator,
  type Page,
} from "@playwright/test";
import type { Role } from "#lib/ceremony/roles";
import { LANGUAGE_COOKIE } from "#lib/words/language";
import type { House } from "./house";

/** The people of the house; nobody here exists. */
export const CAST = {
  administrator: { name: "Aoife Brennan", title: "Ceremony Administrator", role: "administrator" },
  operator: { name: "Mateusz Zieliński", title: "Technical Operator", role: "operator" },
  custodianOne: { name: "Δέσποινα Κωστοπούλου", title: "Chief Security Officer", role: "custodian" },
  custodianTwo: { name: "Samuel Adeyemi", title: "Head of Platform", role: "custodian" },
  custodianThree: { name: "Þórdís Ögmundsdóttir", title: "Head of Compliance", role: "custodian" },
  witnessOne: { name: "Chloé Dufresne", title: "Legal Counsel", role: "witness" },
  witnessTwo: { name: "中村 葵", title: "External Auditor", role: "witness" },
  auditor: { name: "Henrik Solberg", title: "Internal Auditor", role: "auditor" },
} as const satisfies Record<string, { name: string; title: string; role: Role }>;
/** Whom the house invites later, when a ceremony needs more people than it had on its first day. */
export const NEWCOMERS = {
  custodianFour: { name: "Ngozi Eze", title: "Head of Payments", role: "custodian" },
  custodianFive: { name: "Tomás Ó Briain", title: "Head of Infrastructure", role: "custodian" },
  standIn: { name: "Ingrid Håkansson", title: "Deputy Security Officer", role: "custodian" },
  witnessThree: { name: "Ravi Subramaniam", title: "Notary", role: "witness" },
} as const satisfies Record<string, { name: string; title: string; role: Role }>;
export const EVERYBODY = { ...CAST, ...NEWCOMERS } as const;
export type Who = keyof typeof EVERYBODY;

/** Where a person's passkeys and session are kept between tests. */
type Remembered = {
  readonly person: string;
  readonly credentials: Credentials;
  readonly state: Awaited<ReturnType<BrowserContext["storageState"]>>;
};
type Credentials = Awaited<ReturnType<typeof credentialsOf>>;

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error?: { readonly code: string; readonly sentence: string } } & Record<string, unknown>;
};

/**
 * One person at their own device: a browser context of their own and one authenticator that verifies its user. Whatever goes
 * wrong on their page is written down and fails the test, unless the test said that it provokes it.
 */
export class Person {
  readonly faults: string[] = [];
  readonly #provoked: RegExp[] = [];
  person = "";

  private constructor(
    readonly house: House,
    readonly who: string,
    readonly name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly cdp: CDPSession,
    readonly authenticator: string,
  ) {}

  static async enter(
    browser: Browser,
    house: House,
    who: string,
    name: string,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    const remembered = memoryOf(house, who);
    const context = await browser.newContext({
      baseURL: house.origin,
      viewport: { width: 1280, height: 860 },
      ...(remembered && { storageState: remembered.state }),
      ...options,
    });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable", { enableUI: false });
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    for (const credential of remembered?.credentials ?? [])
      await cdp.send("WebAuthn.addCredential", { authenticatorId, credential });
    const person = new Person(house, who, name, context, page, cdp, authenticatorId);
    person.person = remembered?.person ?? "";
    person.#watch(page);
    context.on("page", (opened) => {
      person.#watch(opened);
    });
    return person;
  }

  /** What this test brings about on purpose; text as `faults` has it. */
  provokes(...patterns: readonly RegExp[]): void {
    this.#provoked.push(...patterns);
  }

  unprovoked(): string[] {
    return this.faults
      .filter((fault) => !this.#provoked.some((pattern) => pattern.test(fault)))
      .map((fault) => `${this.name}: ${fault}`);
  }

  #watch(page: Page): void {
    const note = (fault: string) => this.faults.push(fault);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") note(`console ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => note(`page ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 500) note(`response ${String(response.status())} ${response.url()}`);
    });
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      // A page that is left gives up what it was loading, the live stream above all.
      if (why !== "net::ERR_ABORTED") note(`request ${why} ${request.method()} ${request.url()}`);
    });
  }

  /** What the page says has gone wrong; Next's announcer of routes has the same role. */
  get alert(): Locator {
    return this.page.locator("[role=alert]:not(#__next-route-announcer__)");
  }

  /** Opens an enrolment link and makes a passkey. */
  async enrol(link: string): Promise<void> {
    await this.page.goto(link);
    await expect(this.page.getByRole("heading", { name: `Welcome, ${this.name}` })).toBeVisible();
    await this.page.getByRole("button", { name: "Make my passkey" }).click();
    await expect(this.page.getByRole("heading", { name: "Your passkey is enrolled." })).toBeVisible();
  }

  /** Signs in from any page that asks for it. */
  async signIn(next = "/"): Promise<void> {
    await this.page.goto(next);
    await expect(this.page).toHaveURL(/\/sign-in/);
    await this.page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(this.page).toHaveURL(`${this.house.origin}${next}`);
    this.person = (await this.http("GET", "/api/session")).body["person"] as string;
  }

  /**
   * A bare HTTP request with this person's cookies and, unless told otherwise, this site's origin: no page, no browser's
   * rules.
   */
  async http(method: string, place: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = await this.context.request.fetch(`${this.house.origin}${place}`, {
      method,
      maxRedirects: 0,
      headers: { origin: this.house.origin, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { data: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status(),
      headers: answer.headers(),
      body: text.startsWith("{") ? (JSON.parse(text) as Answer["body"]) : {},
    };
  }

  /** The same from inside the page, as a script of the site would do it. */
  fetchInPage(method: string, place: string, body?: unknown): Promise<{ status: number; code: string | null }> {
    return this.page.evaluate(
      async ([method, place, body]) => {
        const answer = await fetch(place, {
          method,
          ...(body !== null && { headers: { "content-type": "application/json" }, body }),
        });
        const told = (await answer.json().catch(() => ({}))) as { error?: { code: string } };
        return { status: answer.status, code: told.error?.code ?? null };
      },
      [method, place, body === undefined ? null : JSON.stringify(body)] as const,
    );
  }

  /** Whether the person's finger is the right one. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId: this.authenticator, isUserVerified });
  }

  /** Keeps passkeys and session for the next test, and not the language, should this one have ended while it was read in another. */
  async remember(): Promise<void> {
    const credentials = await credentialsOf(this.cdp, this.authenticator);
    const state = await this.context.storageState();
    const cookies = state.cookies.filter(({ name }) => name !== LANGUAGE_COOKIE);
    const kept: Remembered = { person: this.person, credentials, state: { ...state, cookies } };
    writeFileSync(memoryFile(this.house, this.who), JSON.stringify(kept), { mode: 0o600 });
  }
}

const memoryFile = (house: House, who: string): string => path.join(house.folder, `person-${who}.json`);

function memoryOf(house: House, who: string): Remembered | null {
  const file = memoryFile(house, who);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Remembered) : null;
}

const credentialsOf = async (cdp: CDPSession, authenticatorId: string) =>
  (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
