import { FakeToken, FakeTokenMemory } from "./fake-token.under-test";
import { PROFILES } from "./profile";
import { tokenContract } from "./token-contract.under-test";

tokenContract("fake token", async () => ({ token: new FakeToken(), close: async () => undefined }));
tokenContract("fake token of a module that cannot copy", async () => ({
  token: new FakeToken(new FakeTokenMemory(), PROFILES["aws-cloudhsm"]),
  close: async () => undefined,
}));
tokenContract(
  "fake token that wraps what is not extractable",
  async () => ({ token: new FakeToken(new FakeTokenMemory(), PROFILES.softhsm2, { wrapsUnextractable: true }), close: async () => undefined }),
  { unexportable: { verdict: "exportable", findings: ["WRAPPED-UNEXTRACTABLE-KEY"] } },
);
