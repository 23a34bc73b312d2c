/** Every file of the page but this one, by its SHA-256 in base64: put here by the build, so that this file's own hash covers them. */
declare const PINNED_FILES: Readonly<Record<string, string>>;
declare const PINNED_CACHE: string;

type Waiting = Event & { waitUntil(done: Promise<unknown>): void };
type Keeper = { readonly clients: { claim(): Promise<void> } };
type Asked = Event & { readonly request: Request; respondWith(answer: Promise<Response>): void };

const PREFIX = "claviger-second-screen-";
const OWN_NAME = "offline-worker.js";
const cacheName = PREFIX + PINNED_CACHE;

self.addEventListener("install", (event) => {
  (event as Waiting).waitUntil(keepPinned());
});
self.addEventListener("activate", (event) => {
  // The page that installed it is kept by it from now on, and not only when it is opened again.
  (event as Waiting).waitUntil(forgetOthers().then(() => (self as unknown as Keeper).clients.claim()));
});
// Nothing is ever asked of a network: what was not installed is not there.
self.addEventListener("fetch", (event) => {
  const asked = event as Asked;
  asked.respondWith(kept(asked.request));
});

/** Takes each file only if its bytes have the pinned hash (Subresource Integrity): one that has not, and nothing is installed. */
async function keepPinned(): Promise<void> {
  const cache = await caches.open(cacheName);
  const wanted = [...Object.entries(PINNED_FILES).map(([file, hash]) => [file, `sha256-${hash}`] as const), [OWN_NAME, ""] as const];
  await Promise.all(
    wanted.map(async ([file, integrity]) => {
      const answer = await fetch(file, { integrity, cache: "no-store", credentials: "omit" });
      if (!answer.ok) throw new Error(`${file}: ${String(answer.status)}`);
      await cache.put(file, answer);
    }),
  );
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== cacheName).map((name) => caches.delete(name)));
}

async function kept(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const file = pathname.endsWith("/") ? "index.html" : (pathname.split("/").at(-1) ?? "");
  const cache = await caches.open(cacheName);
  return (await cache.match(file)) ?? Response.error();
}
