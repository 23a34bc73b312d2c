import type { Performed } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import type { RoomBook } from "./room";

/** What the worker is doing at the token, in words that follow "the worker is at the token:". */
export function workOf(request: OperationRequest): string {
  const label = typeof request["label"] === "string" ? ` ${request["label"]}` : "";
  const algorithm = typeof request["algorithm"] === "string" ? `${request["algorithm"]} ` : "";
  const token = typeof request["token"] === "string" ? request["token"] : "the token";
  switch (request.operation) {
    case "generate-key-pair":
      return `making the ${algorithm}key pair${label}`;
    case "generate-secret-key":
      return `making the ${algorithm}key${label}`;
    case "prove-not-exportable":
      return `trying every way to take out${label}`;
    case "export-public-key":
      return `reading the public key of${label}`;
    case "test-signature":
      return `signing a test sentence with${label}`;
    case "test-encryption":
      return `encrypting and decrypting a test sentence with${label}`;
    case "list-keys":
      return "listing everything on the token";
    case "initialise-token":
      return `making the token ${token} anew`;
    case "change-so-pin":
      return `changing the security officer's PIN of ${token}`;
    case "change-user-pin":
      return `changing the user PIN of ${token}`;
    case "unlock-token":
      return `logging in to ${token}`;
    case "token-health":
      return "asking the token who it is and what it can do";
    default:
      return `${request.operation}${label}`;
  }
}

/** What came of one operation, short enough for the folded line of its step. */
export function workDone({ request, outcome }: Performed, book: RoomBook): string {
  const label = typeof request["label"] === "string" ? request["label"] : "";
  switch (request.operation) {
    case "generate-key-pair":
    case "generate-secret-key":
      return `${label} made`;
    case "prove-not-exportable":
      return `${label} cannot leave`;
    case "export-public-key":
      return `public key of ${label} exported`;
    case "test-signature":
    case "test-encryption":
      return `${label} tested`;
    case "token-health":
      return "the token answered";
    default: {
      const facts = book.find(request.operation)?.tell(request, outcome).facts ?? [];
      return facts.map(({ name, value }) => `${name}: ${value}`).join(", ");
    }
  }
}
