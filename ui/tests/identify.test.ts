import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backend } from "#backend";
import App from "../src/App.svelte";
import type { FakeSession } from "../src/backend/fake-session";
import { viewOf, type SceneName } from "../src/backend/scenes";
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

function show(name: SceneName) {
  session.adopt(viewOf(name, "ca-valencia", { revision: (session.view?.revision ?? 0) + 1 }));
  flushSync();
}

beforeEach(async () => {
  document.body.innerHTML = "";
  app = mount(App, { target: document.body });
  await join();
  flushSync();
});

afterEach(() => unmount(app));

describe("a certificate on a stick", () => {
  it("is chosen, opened with its password, shown and confirmed", async () => {
    await press("[data-act=choose-language][data-id=ca-valencia]");
    await press("[data-act=open-topics]");
    await press("[data-act=open-topic][data-id=padro]");
    await press("[data-act=open-procedure]");
    fake.intent({ do: "other-means" });
    flushSync();
    expect(screen()).toBe("means");
    await press("[data-act=choose-means][data-id=stick]");
    expect(fake.asked.at(-1)).toEqual({ do: "choose-means", way: "stick" });
    await press("[data-act=choose-certificate-file][data-id=p1]");
    expect(fake.asked.at(-1)).toEqual({ do: "choose-certificate-file", file: "p1" });
    expect(screen()).toBe("pin");
    expect(find("h1").textContent).toBe("Contrasenya del certificat");

    const pushed = vi.spyOn(fake, "pinPush");
    for (const key of ["v", "space", "ç", "symbols", "~", "{", "letters", "7"]) await press(`[data-key="${key}"]`);
    expect(pushed.mock.calls.map(([character]) => character)).toEqual(["v", " ", "ç", "~", "{", "7"]);
    expect(find(".count").textContent).toBe("6 caràcters");
    expect(document.querySelector("input, textarea")).toBeNull();
    await press("[data-act=continue]");
    expect(screen()).toBe("certificates");
    expect(document.body.textContent).toContain("FNMT-RCM");
    await press("[data-act=continue]");
    expect(screen()).toBe("before-start");
  });
});

describe("the number of a contactless card", () => {
  it("goes to the core digit by digit, from keys and from real ones", async () => {
    show("card-can-wrong");
    const sent = vi.spyOn(fake, "intent").mockResolvedValue();
    await press('[data-key="4"]');
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "2" }));
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "x" }));
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Backspace" }));
    const digits = sent.mock.calls.map(([intent]) => intent).filter((intent) => intent.do.startsWith("can-"));
    sent.mockRestore();
    expect(digits).toEqual([
      { do: "can-type", digit: "4" },
      { do: "can-type", digit: "2" },
      { do: "can-erase" },
    ]);
  });

  it("is shown in two groups and is gone with its screen", () => {
    show("card-can");
    const groups = [...document.querySelectorAll("[data-field=can] .group")].map((group) => group.textContent);
    expect(groups).toEqual(["123", "4"]);
    show("card-reading");
    for (const key of document.querySelectorAll("[data-key]")) key.remove();
    expect(document.querySelector("[data-field=can]")).toBeNull();
    expect(document.querySelector("main")?.innerHTML).not.toMatch(/1\D*2\D*3\D*4/);
    expect(document.querySelector("[aria-live=polite]")?.textContent).not.toContain("1 2 3 4");
  });
});

describe("other means", () => {
  it.each(["card-not-dnie", "card-minor", "card-token-none"] as const)("are the way on from %s", async (name) => {
    show(name);
    await press("main [data-act=other-means]");
    expect(fake.asked.at(-1)).toEqual({ do: "other-means" });
    expect(document.querySelectorAll("[data-act=other-means]").length).toBeLessThan(2);
  });

  it("say whose card or certificate it is", () => {
    show("sign");
    expect(find(".holder").textContent).toBe("Targeta de: A. Martí");
    show("sign-stick");
    expect(find(".holder").textContent).toBe("Certificat de: A. Martí");
    expect(document.body.textContent).toContain("El certificat de la memòria USB");
  });
});
