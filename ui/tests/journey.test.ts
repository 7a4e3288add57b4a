import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backend } from "#backend";
import App from "../src/App.svelte";
import { FakeSession } from "../src/backend/fake-session";
import { join, session } from "../src/state/session.svelte";

const fake = backend as unknown as FakeSession;
let app: object;

const find = (selector: string) => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing is ${selector} on ${document.querySelector("[data-screen]")?.getAttribute("data-screen") ?? "no screen"}`);
  return found;
};
const screen = () => find("[data-screen]").dataset["screen"];

async function press(selector: string) {
  find(selector).click();
  flushSync();
  await tick();
}

async function type(keys: string[]) {
  for (const key of keys) await press(`[data-key="${key}"]`);
}

beforeEach(async () => {
  document.body.innerHTML = "";
  app = mount(App, { target: document.body });
  await join();
  flushSync();
});

afterEach(() => unmount(app));

describe("a whole session", () => {
  it("goes from the welcome to the number and out, saying each act to the core", async () => {
    expect(screen()).toBe("welcome");
    await press("[data-act=choose-language][data-id=ca-valencia]");
    expect(screen()).toBe("home");
    await press("[data-act=open-topics]");
    await press("[data-act=open-topic][data-id=padro]");
    await press("[data-act=open-procedure]");
    expect(screen()).toBe("sheet");
    await press("[data-act=continue]");
    expect(screen()).toBe("card");
    await press("[data-act=continue]");
    await press("[data-act=continue]");
    expect(screen()).toBe("form");

    // The telephone, on the digits; then an address, with the keyboard's own l·l.
    find("[data-field=telefon] input").focus();
    flushSync();
    await type(["9", "6", "1"]);
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "telefon", value: "961" });
    await press("[data-act=continue]");
    const street = find("[data-field=carrer] input") as HTMLInputElement;
    street.focus();
    flushSync();
    street.setSelectionRange(0, street.value.length);
    await type(["v", "i", "l·l", "a", "erase"]);
    expect(street.value.toLowerCase()).toBe("vil·l");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "carrer", value: street.value });
    await press("[data-act=continue]");
    await press("[data-act=continue]");
    await press("[data-choice=escriptura]");
    expect(fake.asked.at(-1)).toEqual({ do: "answer", field: "titol", value: "escriptura" });
    expect(find("[data-choice=escriptura]").getAttribute("aria-checked")).toBe("true");
    await press("[data-act=continue]");
    await press("[data-act=continue]");
    expect(screen()).toBe("documents");
    await press("[data-act=give-document][data-id=DISCAP-later]");
    expect(fake.asked.at(-1)).toEqual({ do: "give-document", document: "DISCAP", way: "later" });
    await press("[data-act=continue]");
    expect(screen()).toBe("check-file");
    await press("[data-act=continue]");
    await press("[data-act=continue]");
    expect(screen()).toBe("review");
    await press("[data-act=continue]");
    expect(screen()).toBe("sign");
    await press("[data-act=declare][data-id=veracitat]");
    await press("[data-act=declare][data-id=viure]");
    await press("[data-act=continue]");
    expect(screen()).toBe("pin");

    const pushed = vi.spyOn(fake, "pinPush");
    await type(["q", "7", "w", "4", "z", "1", "x", "9", "k"]);
    expect(pushed.mock.calls.every(([character]) => Array.from(character).length === 1)).toBe(true);
    expect(find(".count").textContent).toBe("9 caràcters");
    // No box, and nothing typed in what can be read: only keys, dots and a count (N2).
    expect(document.querySelector("input, textarea")).toBeNull();
    for (const key of document.querySelectorAll("[data-key]")) key.remove();
    expect(document.body.textContent).not.toMatch(/q7|7w|w4|4z|z1|1x|x9|9k/);
    expect(document.body.innerHTML).not.toMatch(/q7w|7w4|w4z|4z1|z1x|1x9|x9k/);
    expect(JSON.stringify(fake.asked)).not.toMatch(/q7|7w|w4/);
    await press("[data-act=continue]");
    expect(screen()).toBe("sending");

    fake.intent({ do: "continue" });
    flushSync();
    expect(screen()).toBe("receipt");
    expect(find("[data-number]").textContent).toBe("2026-E-000 123");
    await press("[data-act=output][data-id=print]");
    expect(screen()).toBe("output");
    await press("[data-act=continue]");
    expect(find("[data-made=print]").textContent).toContain("Imprés");
    await press("[data-act=end]");
    expect(find("[data-overlay=confirm-end]")).toBeTruthy();
    await press("[data-overlay] [data-act=continue]");
    expect(screen()).toBe("leaving");
  });
});

describe("finding", () => {
  it("opens the box with its keyboard, sends each letter, and shows what is found", async () => {
    fake.intent({ do: "another" });
    flushSync();
    expect(screen()).toBe("home");
    await press("[data-act=open-search]");
    const box = find("#search-box") as HTMLInputElement;
    expect(document.activeElement === box).toBe(true);
    await type(["p", "a", "d"]);
    expect(fake.asked.slice(-3)).toEqual(["p", "pa", "pad"].map((typed) => ({ do: "search", typed })));
    expect(find("[role=status]").textContent?.trim()).toBe("Hem trobat 6 tràmits");
    expect(document.querySelectorAll("[data-act=open-procedure]").length).toBe(6);
    // What comes back from the core meanwhile does not move what is being written.
    expect(box.value).toBe("pad");
    await press("[data-act=clear]");
    expect(fake.asked.at(-1)).toEqual({ do: "search", typed: "" });
    expect(document.activeElement === box).toBe(true);
    await type(["x", "q", "z"]);
    expect(find("[role=status]").textContent).toContain("No trobem cap tràmit");
    await press("[data-act=open-topic]");
    expect(screen()).toBe("procedures");
  });

  it("leads from topics to wishes and back with one button", async () => {
    fake.intent({ do: "another" });
    flushSync();
    await press("[data-act=open-topics]");
    await press("[data-act=list-by][data-id=wish]");
    expect(document.querySelectorAll("[data-act=open-topic]").length).toBe(21);
    await press("[data-act=list-by][data-id=topic]");
    expect(document.querySelectorAll("[data-act=open-topic]").length).toBe(14);
  });

  it("ticks what is at hand and unfolds the rest of the sheet", async () => {
    await press("[data-act=open-topic]");
    await press("[data-act=open-procedure]");
    expect(screen()).toBe("sheet");
    const need = () => find("[data-act=tick-need][data-id='1']").getAttribute("aria-checked");
    expect(need()).toBe("false");
    await press("[data-act=tick-need][data-id='1']");
    expect(fake.asked.at(-1)).toEqual({ do: "tick-need", at: 1, ready: true });
    expect(need()).toBe("true");
    const facts = document.querySelectorAll("dt").length;
    await press("[data-act=show-more]");
    expect(find("[data-act=show-more]").getAttribute("aria-expanded")).toBe("true");
    expect(document.querySelectorAll("dt").length).toBe(facts + 6);
    await press("[data-act=show-more]");
    expect(document.querySelectorAll("dt").length).toBe(facts);
  });
});

describe("writing", () => {
  it("is not disturbed by views that come meanwhile", async () => {
    const { viewOf } = await import("../src/backend/scenes");
    const revision = (session.view?.revision ?? 0) + 1;
    session.adopt(viewOf("form-text", "es", { revision }));
    flushSync();
    const box = find("[data-field=numero] input") as HTMLInputElement;
    box.focus();
    flushSync();
    box.value = "14 b";
    box.setSelectionRange(1, 1);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    session.adopt(viewOf("form-text", "es", { revision: revision + 1 }));
    flushSync();
    expect(box.value).toBe("14 b");
    expect(box.selectionStart).toBe(1);
    expect(document.activeElement === box).toBe(true);
  });

  it("opens the layer that the field asks for, and Escape closes it", async () => {
    const { viewOf } = await import("../src/backend/scenes");
    session.adopt(viewOf("form-fixed", "es", { revision: (session.view?.revision ?? 0) + 1 }));
    flushSync();
    find("[data-field=correu] input").focus();
    flushSync();
    expect(find("[data-keyboard]").dataset["keyboard"]).toBe("email");
    find("[data-field=telefon] input").focus();
    flushSync();
    expect(find("[data-keyboard]").dataset["keyboard"]).toBe("digits");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    flushSync();
    expect(document.querySelector("[data-keyboard]")).toBeNull();
  });
});
