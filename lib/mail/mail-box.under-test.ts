import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { LOCALHOST } from "./localhost-certificate.fixture";

export type Delivered = Omit<Email, "to"> & { readonly raw: string; readonly to: string; readonly over: "tls" | "plain" };

/** A real mail server in the test's own process, which keeps what it is given. */
export class MailBox {
  readonly mails: Delivered[] = [];
  #server: SMTPServer;
  /** What the server says instead of taking the next mails. */
  refusal: { readonly at: "recipient" | "content"; readonly code: number; readonly text: string } | null = null;
  /** Called with a mail before it is acknowledged. */
  onMail: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly port: number,
    server: SMTPServer,
  ) {
    this.#server = server;
  }

  static async open(options: SMTPServerOptions & { readonly user?: string; readonly pass?: string } = {}): Promise<MailBox> {
    const { user, pass, ...rest } = options;
    const kept: { box?: MailBox } = {};
    const refused = (at: "recipient" | "content") => {
      const refusal = kept.box?.refusal?.at === at ? kept.box.refusal : null;
      return refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code });
    };
    const server = new SMTPServer({
      authOptional: user === undefined,
      ...LOCALHOST,
      ...rest,
      onAuth: (given, _, done) => {
        if (given.username === user && given.password === pass) done(null, { user: given.username ?? "" });
        else done(Object.assign(new Error(`No ${given.password ?? ""} here`), { responseCode: 535 }));
      },
      onRcptTo: (_, __, done) => {
        done(refused("recipient"));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const raw = Buffer.concat(parts).toString("utf8");
          const refusal = refused("content");
          if (refusal) {
            done(refusal);
            return;
          }
          void PostalMime.parse(raw)
            .then((mail) => {
              const to = session.envelope.rcptTo[0]?.address ?? "";
              kept.box?.mails.push({ ...mail, raw, to, over: session.secure ? "tls" : "plain" });
              return kept.box?.onMail();
            })
            .then(() => {
              done();
            });
        });
      },
    });
    server.on("error", () => undefined);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.server.address();
    kept.box = new MailBox(typeof address === "object" && address ? address.port : 0, server);
    return kept.box;
  }

  close(): Promise<void> {
    return new Promise((closed) => {
      this.#server.close(closed);
    });
  }
}
