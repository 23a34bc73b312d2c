import { Transform } from "node:stream";

/** The nonce that the page's Content-Security-Policy asks of its scripts, or null where it asks for none. */
export function nonceOf(policy: string | undefined): string | null {
  const scripts = policy?.split(";").find((directive) => /^\s*script-src(?:-elem)?\s/i.test(directive));
  return /'nonce-([A-Za-z0-9+/=_-]+)'/.exec(scripts ?? "")?.[1] ?? null;
}

/** Beyond this a page has no head that we would find. */
const LONGEST_START = 64 * 1024;

/**
 * Puts one script tag right after a page's opening `<head>`, so that it runs before any other, and passes everything else
 * through as it comes: pages are streamed. A body without a head is left as it is.
 */
export function injectScript(source: string, nonce: string | null): Transform {
  const tag = `<script src="${source}"${nonce === null ? "" : ` nonce="${nonce}"`}></script>`;
  let held: Buffer | null = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (held === null) {
        done(null, chunk);
        return;
      }
      held = Buffer.concat([held, chunk]);
      // Latin-1 keeps one character a byte, so that a place in the text is a place in the bytes.
      const head = /<head(?:\s[^>]*)?>/i.exec(held.toString("latin1"));
      if (!head && held.length < LONGEST_START) {
        done();
        return;
      }
      const at = head ? head.index + head[0].length : 0;
      const out = head ? Buffer.concat([held.subarray(0, at), Buffer.from(tag), held.subarray(at)]) : held;
      held = null;
      done(null, out);
    },
    flush(done) {
      done(null, held ?? undefined);
    },
  });
}
