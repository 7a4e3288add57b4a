export { backend } from "./fake-session";
