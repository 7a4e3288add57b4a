/** Ids of page.ftl that the core names and the page shows as they come. */
import type { Key } from "./keys";

export const FROM_CORE = [
  "sheet-term",
  "sheet-fee",
  "sheet-silence",
  "sheet-unit",
  "sheet-law",
  "sheet-identification",
  "before-controller",
  "before-purpose",
  "before-basis",
  "before-rights",
  "before-drafts",
  "before-quiet",
  "before-consult",
  "drafts-not-kept",
  "source-card",
  "source-session",
  "silence-positive",
  "silence-negative",
  "silence-none",
  "provisional-offline",
  "provisional-slow",
  "provisional-refused",
] as const satisfies readonly Key[];
