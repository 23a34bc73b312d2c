import { CircleAlert, Clock3, Info, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const LOOKS = {
  halt: { Icon: CircleAlert, className: "border-halt bg-halt-wash", mark: "text-halt" },
  wait: { Icon: Clock3, className: "border-wait bg-wait-wash", mark: "text-wait" },
  plain: { Icon: Info, className: "border-edge bg-sunken", mark: "text-ink" },
  /** Only for what was checked cryptographically, here, just now. */
  proof: { Icon: ShieldCheck, className: "border-proof bg-proof-wash", mark: "text-proof" },
} as const;

type NoticeProps = { look: keyof typeof LOOKS; title: string; children?: ReactNode; alert?: boolean; className?: string };

/** Something to know: what happened, what was not lost, what to do now. `alert` has it said at once. */
export function Notice({ look, title, children, alert = false, className }: NoticeProps) {
  const { Icon, className: colours, mark } = LOOKS[look];
  return (
    <div role={alert ? "alert" : undefined} className={classNames("flex gap-3 border-l-4 px-4 py-3", colours, className)}>
      <Icon aria-hidden="true" className={classNames("mt-0.5 size-5 shrink-0", mark)} />
      <div className="min-w-0 space-y-1">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
