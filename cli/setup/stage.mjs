const started = performance.now();

/** Seconds since this process began, as the stages print them. */
export function seconds() {
  return ((performance.now() - started) / 1000).toFixed(1).padStart(6);
}

/** @param {string} line */
export function say(line) {
  console.log(`[${seconds()} s] ${line}`);
}

/**
 * Runs one stage of a set-up, printing its label when it begins.
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stage(label, work) {
  say(label);
  return work();
}

/** @type {(() => unknown)[]} */
const endings = [];
/** @type {Promise<void> | undefined} */
let ending;
let listening = false;

/**
 * Has `end` run when this process is asked to stop (Ctrl-C, SIGTERM, a closed terminal) or calls `endAll`; the last one
 * registered runs first. Returns a function that takes it off the list.
 * @param {() => unknown} end
 */
export function atEnd(end) {
  if (!listening) {
    listening = true;
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => {
        void endAll().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
      });
    }
  }
  endings.push(end);
  return () => {
    const at = endings.indexOf(end);
    if (at >= 0) endings.splice(at, 1);
  };
}

/** Ends everything that was registered, once, whoever asks and however often. */
export function endAll() {
  ending ??= (async () => {
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
  })();
  return ending;
}
