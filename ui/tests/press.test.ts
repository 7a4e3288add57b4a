import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setMillimetre } from "../src/design/mm";
import { filterDoublePress, guard, isPressing, press } from "../src/design/press";

let button: HTMLButtonElement;
let pressed: ReturnType<typeof vi.fn<() => void>>;
let end: () => void;
/** Each test begins later than the one before ended, as on a real clock. */
let began = 0;

function touch(kind: string, x: number, y: number, more: PointerEventInit = {}) {
  button.dispatchEvent(new PointerEvent(kind, { pointerId: 1, isPrimary: true, button: 0, clientX: x, clientY: y, bubbles: true, ...more }));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  began += 60_000;
  vi.advanceTimersByTime(began);
  setMillimetre(4);
  button = document.createElement("button");
  document.body.append(button);
  button.setPointerCapture = () => undefined;
  // 15 mm square at (100, 100).
  button.getBoundingClientRect = () => new DOMRect(100, 100, 60, 60);
  pressed = vi.fn<() => void>();
  const started = press(button, pressed);
  end = () => started && "destroy" in started && started.destroy?.();
});

afterEach(() => {
  end();
  filterDoublePress(0);
  button.remove();
  vi.useRealTimers();
});

describe("a press", () => {
  it("counts when it begins and ends on the target", () => {
    touch("pointerdown", 110, 110);
    expect(button.dataset["pressed"]).toBe("");
    expect(isPressing()).toBe(true);
    touch("pointerup", 110, 110);
    expect(pressed).toHaveBeenCalledOnce();
    expect(button.dataset["pressed"]).toBeUndefined();
    expect(isPressing()).toBe(false);
  });

  it("counts when a trembling finger ends within 5 mm", () => {
    touch("pointerdown", 110, 110);
    touch("pointermove", 178, 110);
    touch("pointerup", 178, 110);
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("is cancelled by leaving further, even when the finger comes back", () => {
    touch("pointerdown", 110, 110);
    touch("pointermove", 190, 110);
    touch("pointerup", 110, 110);
    expect(pressed).not.toHaveBeenCalled();
  });

  it("may take long, but not for ever", () => {
    touch("pointerdown", 110, 110);
    vi.advanceTimersByTime(9_000);
    touch("pointerup", 110, 110);
    expect(pressed).toHaveBeenCalledOnce();
    touch("pointerdown", 110, 110);
    vi.advanceTimersByTime(10_001);
    touch("pointerup", 110, 110);
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("is the first finger's only, and never a palm's", () => {
    touch("pointerdown", 110, 110, { isPrimary: false, pointerId: 2 });
    touch("pointerup", 110, 110, { isPrimary: false, pointerId: 2 });
    touch("pointerdown", 110, 110, { width: 120, height: 90 });
    touch("pointerup", 110, 110);
    expect(pressed).not.toHaveBeenCalled();
  });

  it("is ignored for a moment after a new screen", () => {
    guard(300);
    expect(document.documentElement.dataset["guarded"]).toBe("");
    touch("pointerdown", 110, 110);
    touch("pointerup", 110, 110);
    expect(pressed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(301);
    expect(document.documentElement.dataset["guarded"]).toBeUndefined();
    touch("pointerdown", 110, 110);
    touch("pointerup", 110, 110);
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("counts once, though the browser also clicks", () => {
    touch("pointerdown", 110, 110);
    touch("pointerup", 110, 110);
    button.dispatchEvent(new MouseEvent("click", { detail: 1, bubbles: true }));
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("may be a key or an assistive tool", () => {
    button.click();
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("is not repeated by a held key", () => {
    const held = new KeyboardEvent("keydown", { key: "Enter", repeat: true, cancelable: true });
    button.dispatchEvent(held);
    expect(held.defaultPrevented).toBe(true);
  });

  it("passes the filter of double presses when there is one", () => {
    filterDoublePress(500);
    for (const wait of [0, 200, 600]) {
      vi.advanceTimersByTime(wait);
      touch("pointerdown", 110, 110);
      touch("pointerup", 110, 110);
    }
    expect(pressed).toHaveBeenCalledTimes(2);
  });
});
