import { hex } from "#lib/log/digest";
import type { MatterOf } from "./matter";
import type { World } from "./ports";

/** An id that nobody has used and nobody can guess: what kind of matter it is, and 16 random digits. */
export const newMatter = (world: Pick<World, "random">, of: MatterOf): string => `${of}/${hex(world.random(8))}`;
