import type { Performed } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import type { RoomBook } from "./room";

/** The names that stand in a request, as words want them. */
interface Named {
  readonly label: string;
  readonly algorithm: string;
  /** The other token the request names, or "the token". */
  readonly token: string;
  readonly to: string;
  readonly backup: string;
  readonly issuer: string;
}
interface Words {
  /** Follows "the worker is at the token:". */
  readonly doing: (named: Named) => string;
  /** Short enough for the folded line of a step; left out where the facts of the outcome are what people want to see there. */
  readonly done?: (named: Named) => string;
}

const WORDS: { readonly [operation: string]: Words } = {
  "token-health": { doing: ({ token }) => `asking ${token} who it is and what it can do`, done: ({ token }) => `${token} answered` },
  "list-keys": { doing: ({ token }) => `listing everything on ${token}` },
  "identify-key": { doing: ({ label }) => `looking for the key ${label}`, done: ({ label }) => `${label} found` },
  "generate-key-pair": { doing: ({ algorithm, label }) => `making the ${algorithm} key pair ${label}`, done: ({ label }) => `${label} made` },
  "generate-secret-key": { doing: ({ algorithm, label }) => `making the ${algorithm} key ${label}`, done: ({ label }) => `${label} made` },
  "prove-not-exportable": { doing: ({ label }) => `trying every way to take out ${label}`, done: ({ label }) => `${label} cannot leave` },
  "export-public-key": { doing: ({ label }) => `reading the public key of ${label}`, done: ({ label }) => `public key of ${label} exported` },
  "test-signature": { doing: ({ label }) => `signing a test sentence with ${label}`, done: ({ label }) => `${label} tested` },
  "test-encryption": { doing: ({ label }) => `encrypting and decrypting a test sentence with ${label}`, done: ({ label }) => `${label} tested` },
  "test-mac": { doing: ({ label }) => `making the MAC of a test sentence with ${label}`, done: ({ label }) => `${label} tested` },
  "create-csr": { doing: ({ label }) => `signing a certificate request with ${label}`, done: ({ label }) => `request of ${label} signed` },
  "issue-root-certificate": { doing: ({ label }) => `signing the root certificate of ${label}`, done: ({ label }) => `${label} is a root authority` },
  "issue-certificate": { doing: ({ issuer }) => `signing a certificate with ${issuer}`, done: ({ issuer }) => `certificate signed by ${issuer}` },
  "clone-key": { doing: ({ label, to }) => `bringing ${label} into ${to}`, done: ({ label, to }) => `${label} is in ${to} as well` },
  "backup-token": { doing: ({ backup }) => `making the backup ${backup}`, done: ({ backup }) => `backup ${backup} made` },
  "verify-backup": { doing: ({ backup }) => `opening the backup ${backup}`, done: ({ backup }) => `backup ${backup} opened and compared` },
  "restore-test": { doing: ({ backup, to }) => `restoring the backup ${backup} into ${to}`, done: ({ backup }) => `backup ${backup} restored and tried` },
  "condemn-key": { doing: ({ label }) => `reading ${label} once more`, done: ({ label }) => `${label} condemned` },
  "destroy-key": { doing: ({ label }) => `destroying ${label}`, done: ({ label }) => `${label} destroyed` },
  "condemn-token": { doing: ({ token }) => `listing everything on ${token}`, done: ({ token }) => `${token} condemned` },
  "zeroise-token": { doing: ({ token }) => `destroying everything on ${token}`, done: ({ token }) => `${token} is empty` },
  "initialise-token": { doing: ({ token }) => `making the token ${token} anew` },
  "change-so-pin": { doing: ({ token }) => `changing the security officer's PIN of ${token}` },
  "change-user-pin": { doing: ({ token }) => `changing the user PIN of ${token}` },
  "unlock-token": { doing: ({ token }) => `logging in to ${token}` },
};

/** What the worker is doing at the token, in words that follow "the worker is at the token:". */
export function workOf(request: OperationRequest): string {
  const named = namedIn(request);
  return (WORDS[request.operation]?.doing(named) ?? `${request.operation} ${named.label}`).trim();
}

/** What came of one operation, short enough for the folded line of its step. */
export function workDone({ request, outcome }: Performed, book: RoomBook): string {
  const done = WORDS[request.operation]?.done?.(namedIn(request));
  if (done !== undefined) return done;
  const facts = book.find(request.operation)?.tell(request, outcome).facts ?? [];
  return facts.map(({ name, value }) => `${name}: ${value}`).join(", ");
}

function namedIn(request: OperationRequest): Named {
  const text = (name: string) => (typeof request[name] === "string" ? request[name] : "");
  const [label, algorithm, to, backup, issuer] = ["label", "algorithm", "to", "backup", "issuer"].map(text) as [string, string, string, string, string];
  return { label, algorithm, to, backup, issuer, token: text("token") || "the token" };
}
