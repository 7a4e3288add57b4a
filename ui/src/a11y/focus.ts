/** Where the focus goes (A12): a new screen to its heading, a cover to its title and back where it came from. */

/** Focuses without moving the content. */
export function focusQuietly(node: HTMLElement | null | undefined): void {
  node?.focus({ preventScroll: true });
}
