import { PinRefused } from "./fault";
import type { FakeTokenMemory } from "./fake-token.under-test";
import { PROFILES, type TokenProfile } from "./profile";
import type { TokenIdentity } from "./token";
import { forgetTask, type PinTask, type TokenKeeper } from "./token-keeper";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Work on the PINs of a token in memory. What its PINs are can be looked at, as on no other token. */
export class FakeKeeper implements TokenKeeper {
  readonly profile: TokenProfile = PROFILES.softhsm2;
  readonly #memory: FakeTokenMemory;
  pins = { "security-officer": "officer-pin", user: "user-pin" };
  /** What the token calls itself; a token made anew has another serial number. */
  identity: { readonly label: string; readonly serial: string };
  /** Every PIN that was offered, in order: nobody may offer one twice. */
  readonly offered: string[] = [];

  constructor(memory: FakeTokenMemory) {
    this.#memory = memory;
    this.identity = memory;
  }

  perform(task: PinTask): Promise<TokenIdentity> {
    return Promise.resolve().then(() => {
      this.#act(task);
      forgetTask(task);
      const flags = ["LOGIN_REQUIRED", "TOKEN_INITIALIZED", "USER_PIN_INITIALIZED"];
      const sizes = { pinLength: { least: 4, most: 255 }, freePublicMemory: null, freePrivateMemory: null };
      const { label, serial } = this.identity;
      return { label, serial, manufacturer: "Fake", model: "Memory", hardwareVersion: "1.0", firmwareVersion: "1.0", flags, ...sizes };
    });
  }

  #act(task: PinTask): void {
    switch (task.task) {
      case "initialise":
        this.#memory.objects = [];
        this.pins = { "security-officer": text(task.securityOfficerPin), user: text(task.userPin) };
        this.identity = { label: task.label, serial: "fa4e000000000009" };
        return;
      case "change-pin":
        this.#offer(task.holder, text(task.oldPin));
        this.pins = { ...this.pins, [task.holder]: text(task.newPin) };
        return;
      case "check-pin":
        this.#offer("user", text(task.userPin));
    }
  }

  #offer(holder: "security-officer" | "user", pin: string): void {
    this.offered.push(pin);
    if (this.pins[holder] !== pin) throw new PinRefused(0xa0, "CKR_PIN_INCORRECT");
  }
}
