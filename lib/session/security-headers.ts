/** Two years, as the preload lists want it (RFC 6797). Only where the site is https. */
export const TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains";

/** For what people handed in: no page of this site, and nothing in it is loaded or run, wherever it is opened. */
export const DOWNLOAD_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

type Page = { readonly nonce: string; readonly secure: boolean; readonly development: boolean };

/**
 * What a page may load and run (W3C CSP Level 3): scripts with this response's nonce and what they load, nothing inline,
 * nothing from anywhere else, in no frame. A development server also evaluates source text and talks over a web socket.
 */
export function contentSecurityPolicy({ nonce, secure, development }: Page): string {
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // React writes style attributes for computed positions and widths; they can neither load nor run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
