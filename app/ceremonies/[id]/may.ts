import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";

/** Whether the rules leave that act to whoever looks, now. */
export const may = (view: Pick<RoomView, "mine">, act: MyAct["act"]): boolean => view.mine.some((mine) => mine.act === act);
