import type { NextConfig } from "next";

/** For every answer, files included. The policy for scripts has a nonce and is made in proxy.ts. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self), " +
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), accelerometer=(), gyroscope=(), magnetometer=()",
};

/** The second screen: its own files and nothing else, no script but those, and the one page here that may use a camera. */
const SECOND_SCREEN = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; " +
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Permissions-Policy": HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)"),
  "Referrer-Policy": "no-referrer",
};
/** The page that checks records: its own files, and no network at all once they are there. */
const VERIFIER = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
};
const listed = (headers: Readonly<Record<string, string>>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  poweredByHeader: false,
  // There are no pictures to be made smaller, and so no such thing is offered to anybody who asks for one.
  images: { unoptimized: true },
  // The add-on never loads in the app; were it ever reached, bundling must not be what hides it.
  // fontkit reads its tables from files of its own.
  serverExternalPackages: ["pkcs11js", "fontkit"],
  // proxy.ts stands in front of every request: a photograph of 20 MiB has to pass it whole (lib/conduct/keep-file.ts).
  experimental: { proxyClientMaxBodySize: "21mb" },
  // Types are a stage of their own (npm run types), which sees tests, worker and command line too.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: "/:path*", headers: listed(HEADERS) },
      { source: "/second-screen/:path*", headers: listed(SECOND_SCREEN) },
      { source: "/verify/:path*", headers: listed(VERIFIER) },
    ]),
  redirects: () =>
    Promise.resolve(
      ["/second-screen", "/verify"].map((source) => ({ source, destination: `${source}/index.html`, permanent: false })),
    ),
};

export default config;
