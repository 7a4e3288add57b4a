import js from "@eslint/js";
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** The tiers of the page: what a folder may not import. */
const forbid = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});
const tauri = [["@tauri-apps/*"], "Only the backend talks to Tauri."];
const fake = [["**/backend/fake*", "**/backend/scenes*"], "The scripted backend is chosen by alias, never imported."];
const features = [["**/features/**"], "Only the application knows the features."];

export default ts.config(
  { ignores: ["dist/", "dist-fake/", "node_modules/", "src/wording/keys.ts", "src/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    files: ["src/**"],
    rules: {
      "no-console": "error",
      "no-eval": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/button-has-type": "error",
      "no-restricted-globals": [
        "error",
        ...["localStorage", "sessionStorage", "indexedDB", "caches", "alert", "confirm", "prompt", "fetch"],
      ],
      ...forbid(tauri, fake),
    },
  },
  { files: ["src/backend/**"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["src/design/**"],
    rules: forbid(tauri, features, [["**/shell/**", "**/state/**", "**/wording/**", "**/a11y/**", "**/backend/**", "**/bindings*"], "Design imports nothing of ours."]),
  },
  { files: ["src/{a11y,wording,state}/**"], rules: forbid(tauri, fake, features, [["**/shell/**"], "The shell stands above."]) },
  { files: ["src/shell/**"], rules: forbid(tauri, fake, features, [["**/backend/**"], "Go through state."]) },
  {
    files: ["src/features/**"],
    rules: forbid(tauri, fake, [["**/features/**", "../{welcome,identify,pin,catalogue,form,review,sign,done,overlays}/**"], "A feature never imports another."], [["**/backend/**"], "Go through state."]),
  },
);
