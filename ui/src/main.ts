/** Starts the page: the size of a millimetre first, then the first view, then the frame around it. */
import { mount } from "svelte";
import App from "./App.svelte";
import "./design/tokens.css";
import "./design/themes.css";
import "./design/base.css";
import { defaultMillimetre, setMillimetre } from "./design/mm";
import { begin, join } from "./state/session.svelte";

setMillimetre(window.__FINESTRETA__?.pxPerMm ?? defaultMillimetre(window.innerWidth, window.innerHeight));
begin();
mount(App, { target: document.body });
void join();
