import type { KeyAlgorithm } from "./algorithm";
import { type FakeFlaws, FakeToken, FakeTokenMemory } from "./fake-token.under-test";
import { type ProfileId, PROFILES } from "./profile";
import { type ContractSubject, tokenContract } from "./token-contract.under-test";

// Long RSA keys are made the same way and take seconds: the real modules make those.
const algorithms: KeyAlgorithm[] = ["RSA-2048", "EC-P256", "EC-P384", "EC-P521", "Ed25519", "AES-128", "AES-256", "HMAC-SHA256"];
const fake = (profile: ProfileId, flaws: FakeFlaws = {}) => async (): Promise<ContractSubject> => ({
  token: new FakeToken(new FakeTokenMemory(), PROFILES[profile], flaws),
  close: async () => undefined,
});

tokenContract("fake token", fake("softhsm2"), { algorithms });
tokenContract("fake token of a module that cannot copy", fake("aws-cloudhsm"), { algorithms });
tokenContract("fake token that wraps what is not extractable", fake("softhsm2", { wrapsUnextractable: true }), {
  unexportable: { verdict: "exportable", findings: ["WRAPPED-UNEXTRACTABLE-KEY"] },
  algorithms,
});
