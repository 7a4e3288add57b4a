import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const CSS = readFileSync("src/design/themes.css", "utf8");
const THEMES = Object.fromEntries(
  [...CSS.matchAll(/\[data-theme="([a-z-]+)"\] \{([^}]+)\}/g)].map(([, name, body]) => [
    name ?? "",
    Object.fromEntries([...(body ?? "").matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, token, colour]) => [token ?? "", colour ?? ""])),
  ]),
);

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: [string, string][] = [
  ["ink", "paper"], ["ink", "ledge"], ["ink", "box"], ["ink", "sea-wash"],
  ["ink-soft", "paper"], ["ink-soft", "ledge"], ["ink-soft", "box"],
  ["sea", "paper"], ["sea", "sea-wash"], ["on-sea", "sea"], ["paper", "ink"],
  ["done", "done-wash"], ["done", "paper"],
  ["attention", "attention-wash"], ["attention", "box"], ["attention", "paper"],
  ["fault", "fault-wash"], ["fault", "paper"],
];
const SHAPES: [string, string][] = [
  ["edge", "paper"], ["edge", "box"], ["edge", "ledge"], ["focus", "paper"], ["focus", "ledge"], ["focus", "box"],
];

describe.each(["clar", "negre-sobre-blanc", "groc-sobre-negre", "suau"])("%s", (name) => {
  const theme = THEMES[name] ?? {};
  const least = name === "suau" ? 4.5 : 7;

  it.each(TEXT)("%s on %s can be read", (text, ground) => {
    expect(contrast(theme[text] ?? "", theme[ground] ?? "")).toBeGreaterThanOrEqual(least);
  });

  it.each(SHAPES)("%s on %s can be seen", (shape, ground) => {
    expect(contrast(theme[shape] ?? "", theme[ground] ?? "")).toBeGreaterThanOrEqual(3);
  });

  it("has a focus ring of two colours that differ", () => {
    expect(contrast(theme["focus"] ?? "", theme["focus-inner"] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
