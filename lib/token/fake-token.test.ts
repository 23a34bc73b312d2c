import { describe, expect, test } from "vitest";
import { FakeToken, FakeTokenMemory } from "./fake-token.under-test";
import { TokenGone } from "./fault";
import { obtainKey, type ObtainStep } from "./obtain-key";
import { PROFILES } from "./profile";
import { freshTemplate, tokenContract } from "./token-contract.under-test";

tokenContract("fake token", async () => ({ token: new FakeToken(), close: async () => undefined }));
tokenContract("fake token of a module that cannot copy", async () => ({
  token: new FakeToken(new FakeTokenMemory(), PROFILES["aws-cloudhsm"]),
  close: async () => undefined,
}));
tokenContract(
  "fake token that wraps what is not extractable",
  async () => ({ token: new FakeToken(new FakeTokenMemory(), PROFILES.softhsm2, { wrapsUnextractable: true }), close: async () => undefined }),
  { unexportable: { verdict: "exportable", findings: ["WRAPPED-UNEXTRACTABLE-KEY"] }, lacks: ["AES-256"] },
);
