import { Lock } from "lucide-react";
import { ClockTime } from "#components/moment";
import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";

/** What every screen shows in a break, in the place of the script. */
export function RoomLocked({ rest }: { rest: NonNullable<RoomView["onBreak"]> }) {
  const words = useWords("presence");
  const { at, name, present, loggedOutAt } = rest;
  return (
    <section id="locked" aria-label={words("bannerTitle")} className="grid min-h-[50dvh] place-content-center gap-4 border border-rule bg-sunken p-6 text-center">
      <Lock aria-hidden="true" className="mx-auto size-10 text-wait" />
      <h2 className="spoken text-2xl">{words("bannerTitle")}</h2>
      <p>{words.rich("banner", { name, count: present.length, at: () => <ClockTime at={at} /> })}</p>
      <p>{loggedOutAt === null ? words("loggingOut") : words.rich("loggedOut", { at: () => <ClockTime at={loggedOutAt} /> })}</p>
      <p className="text-quiet">{words("locked")}</p>
    </section>
  );
}
