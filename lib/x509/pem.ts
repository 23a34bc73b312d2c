import { must } from "./malformed";

/** RFC 7468: one labelled block of base64, 64 characters a line. */
export function toPem(label: string, der: Uint8Array): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
  return `-----BEGIN ${label}-----\n${(base64.match(/.{1,64}/g) ?? []).join("\n")}\n-----END ${label}-----\n`;
}

/** The bytes of each block with the label, one behind the other, in a text that may say something between them. Throws `Malformed` where there is none. */
export function allFromPem(text: string, label: string): Uint8Array[] {
  const blocks = text.split(`-----BEGIN ${label}-----`).slice(1).map((block) => block.split(/(?<=-----END [A-Z0-9 ]+-----)/)[0] ?? "");
  must(blocks.length > 0, `PEM: no ${label}`);
  return blocks.map((block) => fromPem(`-----BEGIN ${label}-----${block}`, label));
}

/** The bytes of the only block in the text, which must have the label. Throws `Malformed` for anything else. */
export function fromPem(text: string, label: string): Uint8Array {
  // No two neighbours of the pattern take the same character: whoever sends a text decides how long it is.
  const block = new RegExp(`^\\s*-----BEGIN ${label}-----\\s([A-Za-z0-9+/=\\s]*)-----END ${label}-----\\s*$`).exec(text);
  must(block !== null, `PEM: not exactly one ${label}`);
  const base64 = (block[1] ?? "").replace(/\s/g, "");
  must(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64), "PEM: not base64");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
