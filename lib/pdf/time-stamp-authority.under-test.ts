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
crlDistributionPoints = URI:ADDRESSlist
[tsa_with_responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityInfoAccess = OCSP;URI:ADDRESSocsp
[tsa_with_both]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
crlDistributionPoints = URI:ADDRESSlist
authorityInfoAccess = OCSP;URI:ADDRESSocsp
[responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
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

interface Responding {
  /** "tsa" may not answer for the authority; a responder of another authority neither. */
  by: "root" | "responder" | "tsa" | TimeStampAuthority;
  /** Answers about this serial number, whatever is asked. */
  serial: string | null;
  minutes?: number;
}

/** A real time-stamp authority: OpenSSL's, behind a small server, with certificates of its own. */
export class TimeStampAuthority {
  readonly policy = POLICY;
  /** Answers kept, to be played again. */
  readonly replies: Buffer[] = [];
  /** When set, this is answered instead. */
  answer: ((reply: Buffer) => { status: number; body: Buffer }) | null = null;
  /** How it answers an OCSP request. */
  readonly responding: Responding = { by: "responder", serial: null };
  private constructor(readonly folder: string, private readonly server: Server) {}

  /** `large`: RSA over SHA-384 and SHA-512, as public authorities have it. `lists`, `responder`: its certificate says where its revocation list is, or whom to ask, and the server has it there. */
  static async start(name = "Test stamps", { lists = false, responder = false, large = false } = {}): Promise<TimeStampAuthority> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const folder = mkdtempSync(path.join(tmpdir(), "claviger-tsa-"));
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const extensions = lists ? (responder ? "tsa_with_both" : "tsa_with_list") : responder ? "tsa_with_responder" : "tsa";
    writeFileSync(path.join(folder, "tsa.cnf"), (large ? CONFIG.replace("signer_digest = sha256", "signer_digest = sha512").replace("ess_cert_id_alg = sha256", "ess_cert_id_alg = sha512") : CONFIG).replaceAll("ADDRESS", address));
    writeFileSync(path.join(folder, "index.txt"), "V\t360101000000Z\t\t07\tunknown\t/CN=Test authority\n");
    writeFileSync(path.join(folder, "crlnumber"), "01\n");
    writeFileSync(path.join(folder, "serial"), "01\n");
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650", "-subj", `/CN=${name}`,
      "-config", "tsa.cnf", "-extensions", "ca", large ? "-sha384" : "-sha256");
    const key = large ? ["-newkey", "rsa:2048"] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    openssl("req", ...key, "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test authority", "-config", "tsa.cnf");
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-days", "3650", large ? "-sha512" : "-sha256", "-extfile", "tsa.cnf",
      "-extensions", extensions, "-out", "tsa.pem");
    if (responder) {
      openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "responder.key", "-out", "responder.csr", "-subj", `/CN=${name} responder`, "-config", "tsa.cnf");
      openssl("x509", "-req", "-in", "responder.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "8", "-days", "3650", "-sha256", "-extfile", "tsa.cnf",
        "-extensions", "responder", "-out", "responder.pem");
    }
    const authority = new TimeStampAuthority(folder, server);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (request.method === "GET") {
          response.end(authority.list());
          return;
        }
        if (request.url === "/ocsp") {
          response.writeHead(200, { "content-type": "application/ocsp-response" }).end(authority.answerOcsp(Buffer.concat(chunks)));
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

  /** What its responder says to a request, of now; by whose key, and of which serial number, is as `responding` says. */
  answerOcsp(request: Buffer): Buffer {
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: this.folder, stdio: "pipe" });
    const { by, serial, minutes = 10 } = this.responding;
    writeFileSync(path.join(this.folder, "request"), request);
    const asked = serial === null ? ["-reqin", "request"] : ["-issuer", "root.pem", "-serial", serial, "-no_nonce", "-reqout", "other"];
    if (serial !== null) openssl("ocsp", ...asked);
    const from = typeof by === "string" ? { folder: this.folder, name: by } : { folder: by.folder, name: "responder" };
    const [certificate, key] = ["pem", "key"].map((kind) => path.join(from.folder, `${from.name}.${kind}`));
    openssl("ocsp", "-index", "index.txt", "-CA", "root.pem", "-rsigner", certificate ?? "", "-rkey", key ?? "", "-rmd", "sha256", "-nmin", String(minutes),
      "-reqin", serial === null ? "request" : "other", "-respout", "response");
    return readFileSync(path.join(this.folder, "response"));
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
