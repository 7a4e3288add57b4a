/** A touch on nothing shows a faint ring for 300 ms, so that one sees that the glass felt it (A24). */

const SHOWN_MS = 300;
const TARGETS = "button, input, textarea, a, [role=button]";

/** Starts answering to touches on nothing. Returns how to stop. */
export function answerEmptyTouches(ring: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest(TARGETS)) return;
    ring.style.setProperty("left", `${event.clientX}px`);
    ring.style.setProperty("top", `${event.clientY}px`);
    ring.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (ring.hidden = true), SHOWN_MS);
  };
  document.addEventListener("pointerdown", down);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("pointerdown", down);
  };
}
