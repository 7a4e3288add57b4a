/**
 * The page in two parts: the first screen, which is all that most of the day shows and is made anew after each person, and
 * the rest, which is had at the first sign of somebody. So the first screen is there sooner, and takes less memory.
 */
import type { Component } from "svelte";
import type { Screen } from "../bindings";
import type { Gate } from "../state/session.svelte";
import { fetchWords, hasWords } from "../wording";
import Welcome from "./welcome/Welcome.svelte";

export type Rest = typeof import("./screens");

let had: Rest | null = null;

/** The rest, once it is here. */
export const rest = (): Rest | null => had;

/** Has the rest. */
export async function fetchRest(): Promise<void> {
  had ??= await import("./screens");
}

/** The first screen is shown at once; any other with the rest, and with all the words of its language. */
export const gate: Gate = {
  open: (view) => (view.screen.is === "welcome" && !view.overlay) || (had !== null && hasWords(view.language)),
  opened: async (view) => void (await Promise.all([fetchRest(), fetchWords(view.language)])),
};

/** The table pairs each tag with its component; the pairing is lost to the type once the tag is a variable. */
export function screenOf(is: Screen["is"]): Component<{ screen: Screen }> {
  return (had?.SCREENS[is] ?? Welcome) as unknown as Component<{ screen: Screen }>;
}
