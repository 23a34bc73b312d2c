"use client";

import { useWords } from "#components/words";
import type { RoomView } from "#lib/conduct/room";
import { ROOM_KEYS } from "./room-keys";
import { switchKeys, useKeysOn } from "./use-room-keys";

/** Every key that can do something for whoever looks, and the switch for those who cannot use them. */
export function KeysList({ view }: { view: RoomView }) {
  const words = useWords("console");
  const on = useKeysOn();
  const own = ROOM_KEYS.filter(({ isFor }) => isFor(view));
  const fixed = [
    [words("enterKey"), words("keys.enter")],
    ["Esc", words("keys.escape")],
  ] as const;
  return (
    <div className="space-y-5">
      <p>{words("keysAbout")}</p>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
        {own.map(({ key, about }) => (
          <div key={key} className={on ? "contents" : "contents text-quiet line-through"}>
            <dt>
              <Key name={key} />
            </dt>
            <dd>{words(`keys.${about}`)}</dd>
          </div>
        ))}
        {fixed.map(([key, about]) => (
          <div key={key} className="contents">
            <dt>
              <Key name={key} />
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
      <div>
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-6 shrink-0"
            checked={on}
            aria-describedby="keys-off"
            onChange={(event) => {
              switchKeys(event.target.checked);
            }}
          />
          {words("keysOn")}
        </label>
        <p id="keys-off" className="text-sm text-quiet">
          {words("keysOff")}
        </p>
      </div>
    </div>
  );
}

/** A key as it stands on the keyboard. */
export function Key({ name }: { name: string }) {
  return (
    <kbd className="measured inline-block min-w-7 rounded-[3px] border border-b-2 border-edge bg-sheet px-1.5 text-center font-semibold">
      {name}
    </kbd>
  );
}
