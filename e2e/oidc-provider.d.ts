/** As much of the package as the tests use; it brings no types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  type Claims = { readonly sub: string; readonly [claim: string]: unknown };
  type Account = { readonly accountId: string; claims(): Claims };
  export default class Provider {
    constructor(
      issuer: string,
      settings: { readonly findAccount: (context: unknown, sub: string) => Account; readonly [setting: string]: unknown },
    );
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  }
}
