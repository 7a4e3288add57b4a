/** What every text box of the form has in common: no help from the browser, the keyboard of ours (K1, W6). */
import type { HTMLInputAttributes } from "svelte/elements";

export const QUIET_BOX = {
  inputmode: "none",
  autocomplete: "off",
  autocapitalize: "off",
  spellcheck: false,
} as const satisfies HTMLInputAttributes;
