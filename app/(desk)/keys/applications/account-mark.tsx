import { CircleDot, CircleOff, Clock3, Hourglass } from "lucide-react";
import { StateBadge } from "#components/state-badge";
import type { AccountState } from "#lib/conduct/account-view";

const LOOKS = {
  "in-force": { Icon: CircleDot, className: "border-ink" },
  lapsed: { Icon: Hourglass, className: "border-halt bg-halt-wash text-halt" },
  "taken-back": { Icon: CircleOff, className: "border-edge text-quiet" },
  nothing: { Icon: Clock3, className: "border-dashed border-edge text-quiet" },
} as const;

/** How it stands with an application: by its word, its sign and its frame. */
export function AccountMark({ state, children }: { state: AccountState; children: string }) {
  return <StateBadge look={LOOKS[state]}>{children}</StateBadge>;
}
