/** The keyboard that fields open: drawn by a part of the page that comes after the first screen, which has no field. */
import { createContext, type Component } from "svelte";

export const [boardOf, giveBoard] = createContext<() => Component | undefined>();
