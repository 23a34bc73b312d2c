import { tidyText } from "./tidy-text";

/** A page as it is sent: its text, and how many pages its writer had before it, by which it is known again. */
export type SentPage = { readonly text: string; readonly after?: number | undefined };

/**
 * The page that has come of what was sent, when its answer was lost and it is sent again or looked for: the same text behind the
 * pages that its writer knew. Null when none has, or when they did not say how many they knew.
 */
export const samePage = <P extends { readonly page: number; readonly text: string }>(pages: readonly P[], { text, after }: SentPage): P | null =>
  after === undefined ? null : (pages.find((one) => one.page > after && one.text === tidyText(text)) ?? null);
