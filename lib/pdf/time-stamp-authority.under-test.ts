import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromPem } from "#lib/x509/pem";

const POLICY = "1.3.6.1.4.1.32473.1"; // under the arc RFC 5612 keeps for examples

const CONFIG = `
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa_with_list]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
crlDistributionPoints = URI:ADDRESS
[lists]
database = index.txt
default_md = sha256
default_crl_days = 30
crlnumber = crlnumber
[tsa_config]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = ${POLICY}
digests = sha256, sha512
ess_cert_id_alg = sha256
`;

/** A real time-stamp authority: OpenSSL's, behind a small server, with certificates of its own. */
export class TimeStampAuthority {
  readonly policy = POLICY;
  /** Answers kept, to be played again. */
  readonly replies: Buffer[] = [];
  /** When set, this is answered instead. */
  answer: ((reply: Buffer) => { status: number; body: Buffer }) | null = null;
  private constructor(private readonly folder: string, private readonly server: Server) {}

  /** `lists`: its certificate says where its revocation list is, and the server has it there. */
  static async start(name = "Test stamps", { lists = false } = {}): Promise<TimeStampAuthority> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-tsa-"));
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`;
    writeFileSync(path.join(folder, "tsa.cnf"), CONFIG.replace("ADDRESS", address));
    writeFileSync(path.join(folder, "index.txt"), "");
    writeFileSync(path.join(folder, "crlnumber"), "01\n");
    writeFileSync(path.join(folder, "serial"), "01\n");
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650", "-subj", `/CN=${name}`,
      "-config", "tsa.cnf", "-extensions", "ca");
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test authority", "-config", "tsa.cnf");
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-days", "3650", "-sha256", "-extfile", "tsa.cnf",
      "-extensions", lists ? "tsa_with_list" : "tsa", "-out", "tsa.pem");
    const authority = new TimeStampAuthority(folder, server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (request.method === "GET") {
          response.end(authority.list());
          return;
        }
        const reply = authority.reply(Buffer.concat(chunks));
        const { status, body } = authority.answer?.(reply) ?? { status: 200, body: reply };
        response.writeHead(status, { "content-type": "application/timestamp-reply" }).end(body);
      });
    });
    return authority;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }
  get root(): Uint8Array {
    const pem = readFileSync(path.join(this.folder, "root.pem"), "utf8");
    return fromPem(pem, "CERTIFICATE");
  }

  /** Its revocation list, of now. */
  list(): Buffer {
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: this.folder, stdio: "pipe" });
    openssl("ca", "-gencrl", "-config", "tsa.cnf", "-name", "lists", "-keyfile", "root.key", "-cert", "root.pem", "-out", "list.pem");
    return openssl("crl", "-in", "list.pem", "-outform", "DER");
  }
  /** Takes back the certificate that stamps. */
  revoke(): void {
    writeFileSync(path.join(this.folder, "index.txt"), "R\t360101000000Z\t200101000000Z\t07\tunknown\t/CN=Test authority\n");
  }

  private reply(query: Buffer): Buffer {
    writeFileSync(path.join(this.folder, "query"), query);
    execFileSync("openssl", ["ts", "-reply", "-config", "tsa.cnf", "-section", "tsa_config", "-queryfile", "query", "-out", "reply"], { cwd: this.folder, stdio: "pipe" });
    const reply = readFileSync(path.join(this.folder, "reply"));
    this.replies.push(reply);
    return reply;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }
}
