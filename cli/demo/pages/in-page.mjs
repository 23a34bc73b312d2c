// Runs in every page of the app while it is seen through the demo's companion, before any script of the page: the passkeys
// of people who do not exist, and a bar that says whose seat this is. A classic script, although its name says module.
(() => {
  const bytesOf = (/** @type {string} */ text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

  /** @param {BufferSource} source */
  const base64url = (source) => {
    const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
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
      await new Promise((_, reject) => options.signal?.addEventListener("abort", () => reject(new DOMException("Aborted.", "AbortError"))));
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
    .bar, dialog { font: 400 15px/1.35 "Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif; color: #f4f0e6; background: #24221d; }
    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 7px 16px; }
    .mode { font-weight: 700; letter-spacing: .14em; font-size: 13px; color: #f0b35b; }
    .who { display: flex; gap: 8px; align-items: baseline; min-width: 0; }
    .name { font: 600 16px/1.3 "Source Serif 4 Variable", "Source Serif 4", Georgia, serif; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .title { color: #cfc8b8; white-space: nowrap; }
    .play { display: flex; align-items: center; gap: 8px; margin-inline-start: auto; }
    .doing { flex: 1 1 12rem; min-width: 0; color: #cfc8b8; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .doing.mine { color: #fff; font-weight: 600; }
    button, select, a.button {
      font: inherit; color: inherit; background: #3a372f; border: 1px solid #7d7666; border-radius: 4px; min-height: 32px; padding: 3px 11px; cursor: pointer; text-decoration: none; display: inline-flex; align-items: center;
    }
    button:hover, select:hover, a.button:hover { background: #4a463c; }
    button[aria-pressed="true"], button.primary, a.primary { background: #f4f0e6; color: #24221d; border-color: #f4f0e6; font-weight: 600; }
    :focus-visible { outline: 3px solid #f0b35b; outline-offset: 2px; }
    dialog { border: 1px solid #7d7666; border-radius: 8px; padding: 22px 24px; width: min(30rem, calc(100vw - 24px)); max-height: calc(100dvh - 32px); overflow: auto; pointer-events: auto; }
    dialog::backdrop { background: rgb(15 14 12 / .62); }
    dialog h2 { font: 600 21px/1.25 "Source Serif 4 Variable", "Source Serif 4", Georgia, serif; margin: 0 0 6px; }
    dialog p { margin: 0 0 14px; color: #cfc8b8; }
    .ask { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 16px; }
    .ask button { min-height: 44px; padding: 6px 18px; }
    .seats { display: grid; gap: 8px; margin: 0 0 14px; }
    .seats button { justify-content: space-between; gap: 12px; min-height: 44px; text-align: start; }
    .seats span { color: #cfc8b8; font-size: 14px; text-align: end; }
    .seats button[aria-current] { border-color: #f0b35b; }
    @media (max-width: 640px) {
      .bar { padding: 6px 10px; gap: 4px 10px; }
      .mode, .title { display: none; }
      .play { margin-inline-start: 0; flex: 1; justify-content: space-between; }
      .play button { white-space: nowrap; }
      .play select { min-width: 0; }
      .doing { flex-basis: 100%; }
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
            const use = element("button", { class: "primary", autofocus: "" }, what === "create" ? "Make the passkey" : "Use the passkey");
            const cancel = element("button", {}, "Cancel");
            use.addEventListener("click", () => finish(state.me ?? ""));
            cancel.addEventListener("click", () => finish(null));
            return [
              element("h2", {}, what === "create" ? `A new passkey for ${named}` : `Passkey of ${named}`),
              element("p", {}, "In a real ceremony your own device asks for a finger, a face or a PIN here. In the demo a file on this machine answers."),
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
        const button = element("button", {}, element("bdi", {}, person.replace(/^enrolled:/, "")), element("span", {}, "enrolled here"));
        button.addEventListener("click", () => finish(person));
        return button;
      });
      const cancel = element("button", {}, "Cancel");
      cancel.addEventListener("click", () => finish(null));
      return [element("h2", {}, title), element("p", {}, line), element("div", { class: "seats" }, ...seats, ...(state.me === null ? enrolled : [])), ...more, cancel];
    });
  }

  // --- the bar --------------------------------------------------------------------------------------------------------

  /** @returns {Promise<any>} */
  async function look() {
    const answer = await fetch("/demo/state", { cache: "no-store" });
    if (!answer.ok) throw new Error("The demo did not answer.");
    return answer.json();
  }

  /** Sends a form as a person's own click would, so that the answer may take the window elsewhere. */
  function submit(/** @type {string} */ action, /** @type {Record<string, string>} */ fields) {
    const form = /** @type {HTMLFormElement} */ (element("form", { method: "post", action, hidden: "" }));
    for (const [name, value] of Object.entries(fields)) form.append(element("input", { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
  }

  function drawBar() {
    const { host, root } = shadowIn(document.body);
    document.body.prepend(host);
    const name = element("span", { class: "name" });
    const title = element("span", { class: "title" });
    const change = element("button", {}, "Change seat");
    const doing = element("span", { class: "doing" });
    const play = element("button", { "aria-pressed": "false" }, "Play the others");
    const pace = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "Pace of the others" }));
    const next = element("a", { class: "button", href: "/demo" }, "Demo");
    root.append(
      element(
        "div",
        { class: "bar", role: "region", "aria-label": "Demo" },
        element("span", { class: "mode" }, "REHEARSAL"),
        element("span", { class: "who" }, name, title),
        change,
        doing,
        element("span", { class: "play" }, play, pace, next),
      ),
    );

    /** @type {any} */
    let state = null;
    const show = (/** @type {any} */ seen) => {
      state = seen;
      const member = memberOf(seen, seen.me);
      name.textContent = member ? member.name : (seen.me?.replace(/^enrolled:/, "") ?? "Nobody has a seat in this window");
      name.lang = member?.lang ?? "en";
      name.title = member ? spoken(member) : "";
      title.textContent = member ? standing(member) : "";
      change.textContent = seen.me === null ? "Take a seat" : "Change seat";
      play.setAttribute("aria-pressed", String(seen.playing));
      if (pace.options.length === 0) pace.append(...seen.paces.map((/** @type {string} */ one) => element("option", { value: one }, one)));
      if (root.activeElement !== pace) pace.value = seen.pace;
      doing.textContent = sentenceOf(seen);
      doing.title = doing.textContent;
      doing.classList.toggle("mine", seen.turn);
      const over = seen.ceremony?.phase === "closed";
      next.textContent = over ? "Start another" : "Demo";
      next.classList.toggle("primary", over);
    };

    /** @param {any} seen */
    const sentenceOf = (seen) => {
      if (seen.ceremony?.phase === "closed") return seen.ceremony.sealed ? "The record is sealed." : "The worker is sealing the record.";
      if (seen.turn) return "It is your turn.";
      if (seen.trouble) return seen.trouble;
      if (seen.playing && seen.doing) return `${seen.doing.name} ${seen.doing.did}.`;
      return seen.ceremony?.awaited ?? "";
    };

    change.addEventListener("click", async () => {
      if (state === null) return;
      const person = await chooseSeat(state, "Take another seat", "You go on in the same room, as the person you choose.", []);
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
      if (!document.hidden) look().then(show, () => undefined);
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawBar, { once: true });
  else drawBar();
})();
