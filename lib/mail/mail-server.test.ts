import { afterEach, expect, test } from "vitest";
import { LOCALHOST } from "./localhost-certificate.fixture";
import { MailBox } from "./mail-box.under-test";
import { mailServer, type MailServer, type OutgoingMail } from "./mail-server";

const mail: OutgoingMail = {
  id: "m-1",
  recipient: "carl@example.org",
  subject: "Invitation: Root key – Schlüssel",
  text: "Carl,\n\nyou are invited.\n",
  calendar: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
  method: "REQUEST",
};

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function boxAnd(
  options: Parameters<typeof MailBox.open>[0],
  address: (port: number) => string,
  ca?: string,
): Promise<{ box: MailBox; server: MailServer }> {
  const box = await MailBox.open(options);
  const server = mailServer(address(box.port), "key@example.org", ca);
  open.push(server, box);
  return { box, server };
}

test("hands over one mail with its calendar entry, a Message-ID of its own, and a sender that no out-of-office note answers", async () => {
  const { box, server } = await boxAnd({ secure: true }, (port) => `smtps://localhost:${String(port)}`, LOCALHOST.cert);
  expect(await server.send(mail)).toEqual({ sent: true });
  const [got] = box.mails;
  expect(got).toMatchObject({ to: "carl@example.org", over: "tls", messageId: "<m-1@example.org>", subject: mail.subject });
  expect(got?.text).toContain("you are invited.");
  expect(got?.from).toMatchObject({ address: "key@example.org" });
  expect(got?.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
  expect(got?.raw).toMatch(/content-type: text\/calendar; charset=utf-8; method=REQUEST/i);
});

test("upgrades to TLS where the server offers it", async () => {
  const { box, server } = await boxAnd({}, (port) => `smtp://localhost:${String(port)}`, LOCALHOST.cert);
  expect(await server.send(mail)).toEqual({ sent: true });
  expect(box.mails[0]?.over).toBe("tls");
});

test("sends nothing to a server whose certificate nobody vouches for", async () => {
  const { box, server } = await boxAnd({ secure: true }, (port) => `smtps://localhost:${String(port)}`);
  expect(await server.send(mail)).toMatchObject({ sent: false, forGood: false, why: expect.stringMatching(/self.signed/i) as string });
  expect(box.mails).toEqual([]);
});

test("sends nothing without TLS to a server that is not on this host", async () => {
  // 127.0.0.2 is this host, but not by a name that may do without.
  const box = await MailBox.open({ disabledCommands: ["STARTTLS"] });
  const server = mailServer(`smtp://127.0.0.2:${String(box.port)}`, "key@example.org");
  open.push(server, box);
  expect(await server.send(mail)).toMatchObject({ sent: false, forGood: false });
  expect(box.mails).toEqual([]);
});

test("signs in, and when that is refused says why without the password, and tries again later", async () => {
  const account = { secure: true, user: "key", pass: "se cret@1" };
  const address = (pass: string) => (port: number) => `smtps://key:${encodeURIComponent(pass)}@localhost:${String(port)}`;
  const right = await boxAnd(account, address("se cret@1"), LOCALHOST.cert);
  expect(await right.server.send(mail)).toEqual({ sent: true });
  const wrong = await boxAnd(account, address("wr0ng-password"), LOCALHOST.cert);
  const delivery = await wrong.server.send(mail);
  expect(delivery).toMatchObject({ sent: false, forGood: false, why: expect.stringContaining("535") as string });
  expect(JSON.stringify(delivery)).not.toContain("wr0ng-password");
});

test.each([
  ["an address it does not know is its last word", { at: "recipient", code: 550, text: "No such mailbox" }, true],
  ["a full mailbox is not", { at: "recipient", code: 452, text: "Mailbox full" }, false],
  ["a mail it does not take is its last word", { at: "content", code: 554, text: "Not this" }, true],
] as const)("the server's answer is told as it is: %s", async (_, refusal, forGood) => {
  const { box, server } = await boxAnd({ secure: true }, (port) => `smtps://localhost:${String(port)}`, LOCALHOST.cert);
  box.refusal = refusal;
  expect(await server.send(mail)).toMatchObject({ sent: false, forGood, why: expect.stringContaining(refusal.text) as string });
});

test("a server that is not there is trouble that may pass", async () => {
  const box = await MailBox.open();
  await box.close();
  const server = mailServer(`smtp://localhost:${String(box.port)}`, "key@example.org");
  open.push(server);
  expect(await server.send(mail)).toMatchObject({ sent: false, forGood: false, why: expect.stringContaining("ECONNREFUSED") as string });
});

test("no subject and no address begins another header", async () => {
  const { box, server } = await boxAnd({ secure: true }, (port) => `smtps://localhost:${String(port)}`, LOCALHOST.cert);
  await server.send({ ...mail, subject: "Root\r\nBcc: eve@example.org\r\n\r\nbody", recipient: "carl@example.org\r\nRCPT TO:<eve@example.org>" });
  for (const { headers, raw } of box.mails) {
    expect(headers.filter(({ key }) => key === "bcc")).toEqual([]);
    expect(raw).not.toMatch(/^Bcc:/im);
  }
  const { box: other, server: second } = await boxAnd({ secure: true }, (port) => `smtps://localhost:${String(port)}`, LOCALHOST.cert);
  await second.send({ ...mail, subject: "Root\r\nBcc: eve@example.org" });
  expect(other.mails.map(({ to, cc, bcc }) => [to, cc, bcc])).toEqual([["carl@example.org", undefined, undefined]]);
});
