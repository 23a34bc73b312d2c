// Runs in every page of the app while it is seen through the demo's companion, before any script of the page: the passkeys
// of people who do not exist, and a bar that says whose seat this is. A classic script, although its name says module.
(() => {
  const bytesOf = (/** @type {string} */ text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

  /** @param {BufferSource} source */
  const base64url = (source) => {
    const bytes =
      source instanceof ArrayBuffer
        ? new Uint8Array(source)
        : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  };

  /** @param {string} path @param {unknown} body */
  async function post(path, body) {
    const form = body instanceof URLSearchParams;
    const answer = await fetch(path, {
      method: "POST",
      headers: form ? {} : { "content-type": "application/json" },
      body: form ? body : JSON.stringify(body),
    });
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.error?.sentence ?? "The demo did not answer.");
    return value;
  }

  // --- passkeys -------------------------------------------------------------------------------------------------------

  const notAllowed = () => new DOMException("The operation was not allowed.", "NotAllowedError");

  /** A PublicKeyCredential as far as pages use one, from its JSON form. @param {any} json */
  function credentialOf(json) {
    const { response } = json;
    const bytes = Object.fromEntries(
      Object.entries(response).flatMap(([name, value]) => (typeof value === "string" ? [[name, bytesOf(value).buffer]] : [])),
    );
    return {
      ...json,
      rawId: bytesOf(json.rawId).buffer,
      response: {
        ...bytes,
        userHandle: null,
        getTransports: () => response.transports ?? [],
        getPublicKey: () => bytes["publicKey"] ?? null,
        getPublicKeyAlgorithm: () => response.publicKeyAlgorithm,
        getAuthenticatorData: () => bytes["authenticatorData"],
      },
      getClientExtensionResults: () => ({}),
      toJSON: () => json,
    };
  }

  /** @param {CredentialRequestOptions} [options] @returns {Promise<any>} */
  async function get(options) {
    const asked = options?.publicKey;
    if (!asked) throw notAllowed();
    // Offering a passkey inside a text field has no place here: it waits until the page gives it up.
    if (options.mediation === "conditional") {
      await new Promise((_, reject) =>
        options.signal?.addEventListener("abort", () => reject(new DOMException("Aborted.", "AbortError"))),
      );
    }
    const state = await look();
    const chosen = await prompt(state, "sign", options.signal);
    const answer = await post("/demo/assertion", {
      challenge: base64url(asked.challenge),
      allowed: (asked.allowCredentials ?? []).map(({ id }) => base64url(id)),
      person: chosen,
    });
    if (!answer.credential) throw notAllowed();
    return credentialOf(answer.credential);
  }

  /** @param {CredentialCreationOptions} [options] @returns {Promise<any>} */
  async function create(options) {
    const asked = options?.publicKey;
    if (!asked) throw notAllowed();
    const name = asked.user.displayName || asked.user.name;
    await prompt({ ...(await look()), me: null, creating: name }, "create", options.signal);
    return credentialOf((await post("/demo/registration", { challenge: base64url(asked.challenge), name })).credential);
  }

  Object.defineProperty(navigator.credentials, "get", { value: get, configurable: true });
  Object.defineProperty(navigator.credentials, "create", { value: create, configurable: true });

  // --- what is drawn --------------------------------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .bar, dialog { font: 400 15px/1.35 "Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif; color: #f4f0e6; }
    /* In the upper edge of the page's rehearsal frame, on both sides of its word: always there, and over nothing. */
    .bar { position: fixed; inset: 0 0 auto; z-index: 2147483000; height: max(24px, var(--frame-top, 24px)); display: flex; justify-content: space-between; gap: 176px; font-size: 13px; pointer-events: none; }
    .side { flex: 1 1 0; min-width: 0; display: flex; align-items: stretch; gap: 4px; }
    .side.after { justify-content: flex-end; }
    .bar button, .bar select, .bar a.button, .doing { pointer-events: auto; min-height: 0; height: 100%; border-radius: 0; border: 0; padding: 0 10px; background: #24221d; white-space: nowrap; }
    .who { min-width: 0; gap: 8px; }
    .name { font: 600 14px/1.2 "Source Serif 4 Variable", "Source Serif 4", Georgia, serif; overflow: hidden; text-overflow: ellipsis; }
    .title { color: #cfc8b8; overflow: hidden; text-overflow: ellipsis; }
    .doing { display: flex; align-items: center; min-width: 0; color: #cfc8b8; }
    .doing span { overflow: hidden; text-overflow: ellipsis; }
    .doing:has(span:empty) { display: none; }
    .doing.mine { color: #fff; font-weight: 600; }
    .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
    .plate { position: absolute; inset: calc(100% + 12px) 24px auto auto; margin: 0; padding: 10px 16px; border: 1px solid #7d7666; border-radius: 6px; color: #1c1b18; background: linear-gradient(#d9d7d2, #b9b6af); box-shadow: 0 2px 10px rgb(0 0 0 / .3); }
    .plate[hidden] { display: none; }
    .plate output { display: block; font: 600 18px/1.4 "JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace; user-select: all; pointer-events: auto; }
    button, select, a.button {
      font: inherit; color: inherit; background: #3a372f; border: 1px solid #7d7666; border-radius: 4px; min-height: 32px; padding: 3px 11px; cursor: pointer; text-decoration: none; display: inline-flex; align-items: center;
    }
    .bar button:hover, .bar select:hover, .bar a.button:hover, button:hover { background: #4a463c; }
    .bar button[aria-pressed="true"] { background: #f0b35b; color: #24221d; font-weight: 600; }
    .bar a.primary, button.primary { background: #f4f0e6; color: #24221d; border-color: #f4f0e6; font-weight: 600; }
    :focus-visible { outline: 3px solid #f0b35b; outline-offset: 2px; }
    .bar :focus-visible { outline-offset: -3px; }
    dialog { background: #24221d; border: 1px solid #7d7666; border-radius: 8px; padding: 22px 24px; width: min(30rem, calc(100vw - 24px)); max-height: calc(100dvh - 32px); overflow: auto; pointer-events: auto; }
    dialog::backdrop { background: rgb(15 14 12 / .62); }
    dialog h2 { font: 600 21px/1.25 "Source Serif 4 Variable", "Source Serif 4", Georgia, serif; margin: 0 0 6px; }
    dialog p { margin: 0 0 14px; color: #cfc8b8; }
    .ask { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 16px; }
    .ask button { min-height: 44px; padding: 6px 18px; }
    .seats { display: grid; gap: 8px; margin: 0 0 14px; }
    .seats button { justify-content: space-between; gap: 12px; min-height: 44px; text-align: start; }
    .seats span { color: #cfc8b8; font-size: 14px; text-align: end; }
    .seats button[aria-current] { border-color: #f0b35b; }
    .apart { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; border-top: 1px solid #4a463c; padding-top: 14px; margin: 0 0 14px; }
    @media (max-width: 900px) { .doing, .bar select, .bar .title { display: none; } }
    @media (max-width: 640px) {
      .bar { gap: 132px; }
      .bar button, .bar a.button { padding: 0 7px; }
      .bar .long, .bar a.button:not(.primary) { display: none; }
    }
    @media print { .bar { display: none; } }
  `;

  /** @param {Document | HTMLElement} parent */
  function shadowIn(parent) {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    parent.appendChild(host);
    return { host, root };
  }

  /**
   * @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
   * @returns {HTMLElement}
   */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** @param {any} state @param {string | null} person */
  const memberOf = (state, person) => state.cast.find((/** @type {any} */ one) => one.seat === person) ?? null;

  /** @param {any} member */
  const spoken = (member) => (member.reading ? `${member.name} (${member.reading})` : member.name);

  /** "CISO, custodian", and not "Auditor, auditor". @param {any} member */
  const standing = ({ title, role }) => (title.toLowerCase().includes(role) ? title : `${title}, ${role}`);

  const inPlace = ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "touchstart", "focusin", "focusout", "keyup"];

  /**
   * A dialog above everything, an open dialog of the page included: the page hears nothing of what happens in it.
   * @param {string} label
   * @param {(finish: (value: string | null) => void) => Node[]} draw
   * @param {AbortSignal} [signal]
   * @returns {Promise<string | null>} null when it was given up
   */
  function dialogFor(label, draw, signal) {
    return new Promise((resolve) => {
      const { host, root } = shadowIn(document.documentElement);
      const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { "aria-label": label }));
      const before = document.activeElement;
      const keys = (/** @type {KeyboardEvent} */ event) => {
        if (event.composedPath().includes(host)) event.stopPropagation();
      };
      const finish = (/** @type {string | null} */ value) => {
        window.removeEventListener("keydown", keys, true);
        host.remove();
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
        resolve(value);
      };
      for (const name of inPlace) host.addEventListener(name, (event) => event.stopPropagation());
      window.addEventListener("keydown", keys, true);
      signal?.addEventListener("abort", () => finish(null));
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        finish(null);
      });
      dialog.append(...draw(finish));
      root.append(dialog);
      dialog.showModal();
    });
  }

  /**
   * The moment at which a real authenticator would want a finger. Resolves with the person who signs; rejects as an
   * authenticator does when it is given up.
   * @param {any} state @param {"sign" | "create"} what @param {AbortSignal | null} [signal]
   * @returns {Promise<string>}
   */
  async function prompt(state, what, signal) {
    const member = memberOf(state, state.me);
    const named = member ? spoken(member) : what === "create" ? state.creating : state.me?.replace(/^enrolled:/, "");
    const chosen = named === undefined
      ? await chooseSeat(state, "Whose passkey?", "Nobody has taken a seat in this window yet. Choose who signs in.", [])
      : await dialogFor(
          "Demo passkey",
          (finish) => {
            const use = element(
              "button",
              { class: "primary", autofocus: "" },
              what === "create" ? "Make the passkey" : "Use the passkey",
            );
            const cancel = element("button", {}, "Cancel");
            use.addEventListener("click", () => finish(state.me ?? ""));
            cancel.addEventListener("click", () => finish(null));
            return [
              element("h2", {}, what === "create" ? `A new passkey for ${named}` : `Passkey of ${named}`),
              element(
                "p",
                {},
                "In a real ceremony your own device asks for a finger, a face or a PIN here. In the demo a file on this machine answers.",
              ),
              element("div", { class: "ask" }, use, cancel),
            ];
          },
          signal ?? undefined,
        );
    if (chosen === null) throw signal?.aborted ? new DOMException("Aborted.", "AbortError") : notAllowed();
    return chosen;
  }

  /** @param {any} state @param {string} title @param {string} line @param {Node[]} more */
  function chooseSeat(state, title, line, more) {
    return dialogFor(title, (finish) => {
      const seats = state.cast.map((/** @type {any} */ member) => {
        const button = element(
          "button",
          { lang: "en", ...(member.seat === state.me && { "aria-current": "true" }) },
          element("bdi", { lang: member.lang }, spoken(member)),
          element("span", {}, standing(member)),
        );
        button.addEventListener("click", () => finish(member.seat));
        return button;
      });
      const enrolled = state.enrolled.map((/** @type {string} */ person) => {
        const button = element(
          "button",
          {},
          element("bdi", {}, person.replace(/^enrolled:/, "")),
          element("span", {}, "enrolled here"),
        );
        button.addEventListener("click", () => finish(person));
        return button;
      });
      const cancel = element("button", {}, "Cancel");
      cancel.addEventListener("click", () => finish(null));
      return [
        element("h2", {}, title),
        element("p", {}, line),
        element("div", { class: "seats" }, ...seats, ...(state.me === null ? enrolled : [])),
        ...more,
        cancel,
      ];
    });
  }

  // --- the bar --------------------------------------------------------------------------------------------------------

  /** @returns {Promise<any>} */
  async function look() {
    const answer = await fetch(document.hidden ? "/demo/state?hidden" : "/demo/state", { cache: "no-store" });
    if (!answer.ok) throw new Error("The demo did not answer.");
    return answer.json();
  }

  /** How long the others wait between two acts; the words are the companion's. */
  function paceOf() {
    const pace = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "Pace of the others" }));
    for (const word of ["calm", "ordinary", "brisk"]) pace.append(element("option", { value: word }, `${word} pace`));
    return pace;
  }

  /** Sends a form as a person's own click would, so that the answer may take the window elsewhere. */
  function submit(/** @type {string} */ action, /** @type {Record<string, string>} */ fields) {
    const form = /** @type {HTMLFormElement} */ (element("form", { method: "post", action, hidden: "" }));
    for (const [name, value] of Object.entries(fields)) form.append(element("input", { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
  }

  function drawBar() {
    // Beside the body and not in it: what is in there belongs to the page, which takes out what it did not put there.
    const { host, root } = shadowIn(document.documentElement);
    for (const name of inPlace) host.addEventListener(name, (event) => event.stopPropagation());
    const name = element("span", { class: "name" });
    const title = element("span", { class: "title" });
    const change = element(
      "button",
      { class: "who" },
      name,
      title,
      element("span", { class: "unseen" }, "change seat"),
      element("span", { "aria-hidden": "true" }, "▾"),
    );
    const sentence = element("span");
    const doing = element("div", { class: "doing" }, sentence);
    const play = element(
      "button",
      { "aria-pressed": "false", "aria-label": "Play the others" },
      element("span", { class: "long" }, "Play the\u00a0"),
      "others",
    );
    const pace = paceOf();
    const next = element("a", { class: "button", href: "/demo" }, "Demo");
    const serial = element("output");
    const plate = element("p", { class: "plate", hidden: "" }, "On the HSM in front of you", serial);
    root.append(
      element(
        "div",
        { class: "bar", role: "region", "aria-label": "Demo" },
        element("div", { class: "side" }, change),
        element("div", { class: "side after" }, doing, play, pace, next),
        plate,
      ),
    );

    /** @type {any} */
    let state = null;
    const show = (/** @type {any} */ seen) => {
      state = seen;
      const member = memberOf(seen, seen.me);
      name.textContent = member ? member.name : (seen.me?.replace(/^enrolled:/, "") ?? "Take a seat");
      name.lang = member?.lang ?? "en";
      title.textContent = member ? standing(member) : "";
      play.setAttribute("aria-pressed", String(seen.playing));
      if (root.activeElement !== pace) pace.value = seen.pace;
      sentence.textContent = sentenceOf(seen);
      doing.title = sentence.textContent;
      doing.classList.toggle("mine", seen.turn);
      plate.hidden = seen.plate === null;
      if (seen.plate !== null && serial.textContent !== seen.plate) serial.textContent = seen.plate;
      const over = seen.ceremony?.phase === "closed";
      next.textContent = over ? "Start another" : "Demo";
      next.classList.toggle("primary", over);
    };

    /** @param {any} seen */
    const sentenceOf = (seen) => {
      if (seen.ceremony?.phase === "closed")
        return seen.ceremony.sealed ? "The record is sealed." : "The worker is sealing the record.";
      if (seen.turn) return "It is your turn.";
      if (seen.trouble) return seen.trouble;
      if (seen.playing && seen.doing) return `${seen.doing.name} ${seen.doing.did}.`;
      return seen.ceremony?.awaited ?? "";
    };

    change.addEventListener("click", async () => {
      if (state === null) return;
      const wider = paceOf();
      wider.value = state.pace;
      wider.addEventListener("change", async () => show(await post("/demo/play", new URLSearchParams({ pace: wider.value }))));
      const more = element(
        "div",
        { class: "apart" },
        wider,
        element("a", { class: "button", href: "/demo" }, "To the demo's first page"),
      );
      const person = await chooseSeat(state, "Take another seat", "You go on in the same room, as the person you choose.", [
        more,
      ]);
      if (person !== null) submit("/demo/step-in", { person, next: location.pathname });
    });
    play.addEventListener("click", async () => {
      show(await post("/demo/play", new URLSearchParams({ playing: String(!state?.playing) })));
    });
    pace.addEventListener("change", async () => {
      show(await post("/demo/play", new URLSearchParams({ pace: pace.value })));
    });

    const follow = async () => {
      try {
        show(await look());
      } catch {
        doing.textContent = "The demo is not answering: it has ended, or is being started again.";
      }
      setTimeout(follow, document.hidden ? 20_000 : 1_200);
    };
    void follow();
    document.addEventListener("visibilitychange", () => {
      // Hidden it says so at its next turn, and not now: a page that is being closed is hidden first.
      if (!document.hidden) look().then(show, () => undefined);
    });
  }

  /** React compares the page with what it expects before it takes it over, and throws a page away that holds more. */
  const takenOver = () => Object.keys(document.body ?? {}).some((name) => name.startsWith("__react"));
  addEventListener("pagehide", () => navigator.sendBeacon("/demo/away"));
  const LONGEST = 4_000;
  function drawWhenTakenOver(since = performance.now()) {
    if (takenOver() || performance.now() - since > LONGEST) drawBar();
    else setTimeout(drawWhenTakenOver, 30, since);
  }
  drawWhenTakenOver();
})();
