// What applications import as `claviger/client`; nothing else of these files is theirs.
export { ClavigerClient } from "./claviger-client";
export type { ClientOptions, Inspected, Issued, Published, Sealed, SignatureAlgorithm, Signed, Used, Wrapped, WrapOptions } from "./claviger-client";
export { ClientProblem } from "./client-problem";
export { provedByCertificate, provedByKey, type ClientProof } from "./client-proof";
export { KeySet, type KeySetOptions, type VerificationKey } from "./key-set";
export { TokenVerifier, type Claims, type Expected, type Flaw, type Keys, type Verified } from "./token-verifier";
export { JwtTokens, type Issuing } from "./jwt-tokens";
export type { Called, CallOptions } from "./calls";
export type { Operation } from "./operations";
export { RemoteCompactSign, RemoteFlattenedSign, RemoteKey, RemoteSignJWT, type FlattenedJws, type ProtectedHeader, type UnprotectedHeader } from "./jose-signer";
export { clientFromEnvironment, type FromEnvironment } from "./env";
export { embeddedMetrics, type MetricNames } from "./embedded-metrics";
