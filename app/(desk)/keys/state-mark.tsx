import { Archive, CircleAlert, CircleDot, Clock3, Pause, Trash2 } from "lucide-react";
import { StateBadge } from "#components/state-badge";
import type { KeyState } from "#lib/ceremony/key-states";

const LOOKS = {
  "pre-activation": { Icon: Clock3, className: "border-dashed border-edge text-quiet" },
  active: { Icon: CircleDot, className: "border-ink" },
  suspended: { Icon: Pause, className: "border-wait bg-wait-wash" },
  deactivated: { Icon: Archive, className: "border-edge text-quiet" },
  compromised: { Icon: CircleAlert, className: "border-halt bg-halt-wash text-halt" },
  destroyed: { Icon: Trash2, className: "border-dotted border-edge text-quiet" },
} as const;

/** The state of a key: by its word, its sign and its frame. */
export function StateMark({ state, children }: { state: KeyState; children: string }) {
  return <StateBadge look={LOOKS[state]}>{children}</StateBadge>;
}
