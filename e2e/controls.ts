import type { Page } from "@playwright/test";

/**
 * WCAG 2.2, 2.5.8: a control is no smaller than this either way, unless it is a link within a sentence, or nothing else lies within
 * a circle of this width round its middle.
 */
const LEAST = 24;

/** What a finger or a keyboard would miss: controls that are too small, and such as lie behind something once they have the focus (2.4.11). */
export function controlFaults(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const scope = document.querySelector("dialog[open]") ?? document;
    const shown = (one: HTMLElement) =>
      one.checkVisibility({ visibilityProperty: true }) && !one.closest(".sr-only, [inert]") && !one.matches(":disabled");
    const controls = [...scope.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(shown);
    // Whoever presses the words beside a box presses the box.
    const targetOf = (one: HTMLElement) => (one instanceof HTMLInputElement && /checkbox|radio|file/u.test(one.type) ? (one.labels?.[0] ?? one) : one);
    const inSentence = (one: HTMLElement) => getComputedStyle(one).display === "inline" && one.parentElement?.matches("p, li, dd, span") === true;
    const near = (one: HTMLElement, other: HTMLElement) => {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const [x, y] = [a.left + a.width / 2, a.top + a.height / 2];
      return Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom)) < least / 2;
    };
    const small = controls.filter((one) => {
      const { width, height } = targetOf(one).getBoundingClientRect();
      return (width < least || height < least) && !inSentence(one) && controls.some((other) => other !== one && !other.contains(one) && near(one, other));
    });
    const stood = window.scrollY;
    const hidden = controls.filter((one) => {
      one.focus();
      const { left, top, width, height } = one.getBoundingClientRect();
      if (document.activeElement !== one || width * height === 0) return false;
      const label = one instanceof HTMLInputElement ? one.labels?.[0] : undefined;
      return ![0.5, 0.1, 0.9].some((x) =>
        [0.5, 0.15, 0.85].some((y) => {
          const there = document.elementFromPoint(left + width * x, top + height * y);
          return there !== null && (one.contains(there) || there.contains(one) || label?.contains(there) === true);
        }),
      );
    });
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.scrollTo(0, stood);
    const called = (one: HTMLElement) => `${one.tagName} “${(one.ariaLabel ?? one.textContent).trim().slice(0, 50)}”`;
    return [...small.map((one) => `${called(one)} is too small`), ...hidden.map((one) => `${called(one)} has the focus behind something`)];
  }, LEAST);
}
