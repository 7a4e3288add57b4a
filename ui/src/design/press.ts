/**
 * What counts as a press (kiosk-ux A24 to A26, K6): it begins on the target and ends within 5 mm of it (10 mm of a
 * large one), after any time up to 10 s; leaving further cancels; only the first finger counts, a palm does not; for a
 * moment after a new screen touches are ignored. Keys and assistive tools press by `click` as ever.
 */
import type { Action } from "svelte/action";
import { mm } from "./mm";

const LONGEST_MS = 10_000;
const PALM_MM = 25;

let guardedUntil = 0;
let guardTimer: ReturnType<typeof setTimeout> | undefined;
let repeatMs = 0;
let pressing = 0;

/** Ignores touches for so long: 300 ms after a new screen, 500 ms before a legal act. `data-guarded` says so. */
export function guard(ms: number): void {
  guardedUntil = performance.now() + ms;
  document.documentElement.dataset["guarded"] = "";
  clearTimeout(guardTimer);
  guardTimer = setTimeout(() => delete document.documentElement.dataset["guarded"], ms);
}

/** Shortest time between two presses of the same target, for hands that tremble. */
export function filterDoublePress(ms: number): void {
  repeatMs = ms;
}

/** Whether a finger is down on a target now: nothing should move under it. */
export function isPressing(): boolean {
  return pressing > 0;
}

/** `use:press={run}` on a button. */
export const press: Action<HTMLElement, () => void> = (node, initial) => {
  let run = initial;
  let finger: { id: number; at: number; place: DOMRect } | null = null;
  let fromPointer = false;
  let last = Number.NEGATIVE_INFINITY;

  const release = () => {
    if (!finger) return;
    finger = null;
    pressing -= 1;
    delete node.dataset["pressed"];
  };

  const fire = (now: number) => {
    if (now - last < repeatMs) return;
    last = now;
    run();
  };

  const down = (event: PointerEvent) => {
    fromPointer = true;
    if (finger || !event.isPrimary || event.button > 0) return;
    if (Math.max(event.width, event.height) > mm(PALM_MM)) return;
    if (performance.now() < guardedUntil) return;
    // Where the target was when it was touched: what moves under a finger was still pressed.
    finger = { id: event.pointerId, at: performance.now(), place: node.getBoundingClientRect() };
    pressing += 1;
    node.dataset["pressed"] = "";
    try {
      node.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is already gone cannot be captured; its end will not come either.
      release();
    }
  };

  const move = (event: PointerEvent) => {
    if (finger?.id === event.pointerId && !near(finger.place, event)) release();
  };

  const up = (event: PointerEvent) => {
    if (finger?.id !== event.pointerId) return;
    const now = performance.now();
    const counts = now - finger.at <= LONGEST_MS && near(finger.place, event);
    release();
    if (counts) fire(now);
  };

  const click = (event: MouseEvent) => {
    const answered = fromPointer && event.detail > 0;
    fromPointer = false;
    // The pointer has been judged above; what is left are keys, switches and assistive tools.
    if (!answered) fire(performance.now());
  };

  const keydown = (event: KeyboardEvent) => {
    if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
  };

  node.addEventListener("pointerdown", down);
  node.addEventListener("pointermove", move);
  node.addEventListener("pointerup", up);
  node.addEventListener("pointercancel", release);
  node.addEventListener("click", click);
  node.addEventListener("keydown", keydown);
  return {
    update: (next) => void (run = next),
    destroy: release,
  };
};

function near(box: DOMRect, event: PointerEvent): boolean {
  const slop = Math.min(box.width, box.height) >= mm(20) ? mm(10) : mm(5);
  const outX = Math.max(box.left - event.clientX, event.clientX - box.right, 0);
  const outY = Math.max(box.top - event.clientY, event.clientY - box.bottom, 0);
  return Math.hypot(outX, outY) <= slop;
}
