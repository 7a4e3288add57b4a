/** Starts the page: the size of a millimetre first, then the first view, then the frame around it. */
import { mount } from "svelte";
import App from "./App.svelte";
import "./design/tokens.css";
import "./design/themes.css";
import "./design/base.css";
import { defaultMillimetre, setMillimetre } from "./design/mm";
import { begin, join } from "./state/session.svelte";

setMillimetre(window.__FINESTRETA__?.pxPerMm ?? defaultMillimetre(window.innerWidth, window.innerHeight));
// Laid out before its letters are there, the page would be laid out twice, the first time in others that are loaded for it.
const letters = document.fonts.load('1em "Atkinson Hyperlegible Next"');
begin();
void letters.finally(() => {
  mount(App, { target: document.body });
  return join();
});
