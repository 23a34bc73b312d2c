import type { Page } from "@playwright/test";

/** What moved on a page: how far what was there was pushed, as browsers score it, and what was animated. */
export type Moved = { readonly shifted: number; readonly pushed: readonly string[]; readonly animated: readonly string[] };

type Watching = { shifted: number; pushed: string[]; animated: string[] };
type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: readonly { node: Node | null }[] };

/** Watches from now on. What its own reader moved by typing or pressing is nobody's fault. */
export async function watchMotion(page: Page): Promise<() => Promise<Moved>> {
  await page.evaluate(() => {
    const seen: Watching = { shifted: 0, pushed: [], animated: [] };
    (window as unknown as { watching: Watching }).watching = seen;
    const called = (node: Node | EventTarget | null) =>
      node instanceof Element ? `${node.tagName}.${node.className}`.slice(0, 80) : "something";
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as Shift[]) {
        if (shift.hadRecentInput) continue;
        seen.shifted += shift.value;
        seen.pushed.push(...shift.sources.map(({ node }) => `${called(node)} (${shift.value.toFixed(4)})`));
      }
    }).observe({ type: "layout-shift" });
    for (const kind of ["animationstart", "transitionrun"]) {
      document.addEventListener(kind, ({ target }) => seen.animated.push(`${kind} ${called(target)}`), true);
    }
  });
  return () => page.evaluate(() => (window as unknown as { watching: Watching }).watching);
}
