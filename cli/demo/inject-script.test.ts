import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { injectScript, nonceOf } from "./inject-script";

async function through(chunks: readonly string[], nonce: string | null = "n0nce"): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(
    injectScript("/demo/in-page.js", nonce),
  )) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}

const TAG = '<script src="/demo/in-page.js" nonce="n0nce"></script>';

describe("the script in every page", () => {
  test("comes first in the head, with the nonce of the page's policy", async () => {
    expect(await through(['<!doctype html><html lang="en"><head><script>1</script></head>'])).toBe(
      `<!doctype html><html lang="en"><head>${TAG}<script>1</script></head>`,
    );
  });

  test("finds a head that is cut in two, and leaves letters of many bytes whole", async () => {
    const page = '<html><head class="a"><title>Ελένη 佐藤</title></head><body>ж</body></html>';
    const bytes = Buffer.from(page);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const parts: Buffer[] = [];
      for await (const part of Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)]).pipe(
        injectScript("/demo/in-page.js", "n0nce"),
      )) {
        parts.push(part as Buffer);
      }
      expect(Buffer.concat(parts).toString()).toBe(page.replace('<head class="a">', `<head class="a">${TAG}`));
    }
  });

  test("is not put into what has no head, and <header> is none", async () => {
    expect(await through(["<p>One", " moment</p>"])).toBe("<p>One moment</p>");
    expect(await through(["<header>Hello</header>"])).toBe("<header>Hello</header>");
  });

  test("does not hold a page back once its head has passed", async () => {
    const stream = injectScript("/demo/in-page.js", null);
    stream.write("<head>");
    expect((stream.read() as Buffer).toString()).toBe('<head><script src="/demo/in-page.js"></script>');
    stream.write("later");
    expect((stream.read() as Buffer).toString()).toBe("later");
    stream.destroy();
  });
});

describe("the nonce", () => {
  test("is the one of script-src, and of nothing else", () => {
    expect(nonceOf("default-src 'self'; script-src 'self' 'nonce-Ab+/=_-9' 'strict-dynamic'")).toBe("Ab+/=_-9");
    expect(nonceOf("style-src 'nonce-abc'; script-src 'self'")).toBeNull();
    expect(nonceOf(undefined)).toBeNull();
  });
});
