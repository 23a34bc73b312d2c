/** What a module or its process did instead of answering. `ckr` is PKCS#11's number, null where no module spoke. */
export class TokenFault extends Error {
  override readonly name: string = "TokenFault";
  readonly call: string;
  readonly ckr: number | null;
  readonly ckrName: string;
  /** True when the token or the process that serves it is no longer there: reopen, then look before acting. */
  readonly gone: boolean;

  constructor(call: string, ckr: number | null, ckrName: string, gone = false) {
    super(`${call}: ${ckrName}${ckr === null ? "" : ` (0x${ckr.toString(16)})`}`);
    this.call = call;
    this.ckr = ckr;
    this.ckrName = ckrName;
    this.gone = gone;
  }
}

/** The child died, hung or lost its token. Whether the call under way was done is not known. */
export class TokenGone extends TokenFault {
  override readonly name = "TokenGone";

  constructor(call: string, why: string, ckr: number | null = null) {
    super(call, ckr, why, true);
  }
}

/** The module refused the PIN. Nobody tries again: each try may be the one that locks the token. */
export class PinRefused extends TokenFault {
  override readonly name = "PinRefused";

  constructor(ckr: number, ckrName: string) {
    super("C_Login", ckr, ckrName);
  }
}

/** An argument that was stopped before it could reach the module. */
export class BadTokenArgument extends TokenFault {
  override readonly name = "BadTokenArgument";

  constructor(call: string, why: string) {
    super(call, null, why);
  }
}

export const TOKEN_REFUSALS = [
  "LABEL-TAKEN",
  "ID-TAKEN",
  "ALGORITHM-NOT-OFFERED",
  "TEMPLATE-UNSOUND",
  "ATTRIBUTES-DIFFER",
  "KEY-TEST-FAILED",
  "NOT-EXTRACTABLE",
  "WRAPS-WITH-TRUSTED-ONLY",
  "TRUSTED-WRAPPING-NOT-OFFERED",
  "NO-KEY-WRAPPING",
] as const;

/** A rule of this folder said no, as a value: nothing was kept on the token. */
export interface TokenRefusal {
  readonly reason: (typeof TOKEN_REFUSALS)[number];
  readonly facts: Readonly<Record<string, string | number | boolean | null | string[]>>;
}
