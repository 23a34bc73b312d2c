import { createTransport } from "nodemailer";

export type OutgoingMail = {
  /** Becomes the Message-ID, the same at every try: whoever gets a mail twice can tell. */
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly calendar: string | null;
  readonly method: string | null;
};

/** What became of a try. A refusal is the server's word on this very mail, for good; trouble may be over in a while. */
export type Delivery = { readonly sent: true } | { readonly sent: false; readonly why: string; readonly forGood: boolean };

export interface MailServer {
  /** Hands a mail to the server. Never throws. */
  send(mail: OutgoingMail): Promise<Delivery>;
  close(): void;
}

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];
const ANSWER_MS = 20_000;

/**
 * The mail server at an address such as `smtps://user:password@mail.example.org` or `smtp://mail.example.org:587`. The
 * second kind is upgraded to TLS before anything is said, or nothing is (RFC 3207); only a server on this host may do
 * without. `ca`: certificates to trust besides the usual, PEM.
 */
export function mailServer(address: string, from: string, ca?: string): MailServer {
  const url = new URL(address);
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  const implicit = url.protocol === "smtps:";
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (implicit ? 465 : 587) : Number(url.port),
    secure: implicit,
    requireTLS: !implicit && !LOCAL.includes(url.hostname),
    ...(user === "" ? {} : { auth: { user, pass } }),
    tls: { minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    // A text can name neither a file nor an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = from.slice(from.lastIndexOf("@") + 1);
  return {
    async send({ id, recipient, subject, text, calendar, method }) {
      try {
        await transport.sendMail({
          from: { name: "Claviger", address: from },
          to: { name: "", address: recipient },
          subject,
          text,
          messageId: `<${id}@${host}>`,
          // No out-of-office note comes back for what no person wrote (RFC 3834 section 5).
          headers: { "Auto-Submitted": "auto-generated" },
          ...(calendar === null ? {} : { icalEvent: { method: method ?? "PUBLISH", content: calendar, filename: "ceremony.ics" } }),
        });
        return { sent: true };
      } catch (fault) {
        return { sent: false, ...reasonOf(fault, [pass]) };
      }
    },
    close: () => transport.close(),
  };
}

type SmtpFault = { readonly code?: string; readonly command?: string; readonly responseCode?: number; readonly response?: string };

/** Why a try failed, in one line that never holds the password, and whether trying again would be pointless. */
function reasonOf(fault: unknown, secrets: readonly string[]): { why: string; forGood: boolean } {
  const { code, command, responseCode, response } = (typeof fault === "object" && fault !== null ? fault : {}) as SmtpFault;
  const said = response ?? (fault instanceof Error ? fault.message : String(fault));
  const line = [code, said].filter(Boolean).join(": ").replace(/\p{Cc}+/gu, " ");
  const why = secrets.filter((one) => one !== "").reduce((text, one) => text.replaceAll(one, "[secret]"), line).slice(0, 300);
  // 5xx at the recipient or the content is about this mail; at the sign-in it is about us, and may be put right.
  const forGood = (responseCode ?? 0) >= 500 && (code === "EENVELOPE" || code === "EMESSAGE") && command !== "MAIL FROM";
  return { why, forGood };
}
