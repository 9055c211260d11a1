/* Light or dark, reduced motion, and what a teacher's link asks for: present=1, hide=penalty,packing. */

import { find, say } from "./dom.js";
import { setDark } from "./palette.js";

const asked = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const names = ["auto", "light", "dark"];
let chosen = "auto";

export const wantsStillness = () => still.matches;

function show() {
  const theme = chosen === "auto" ? (asked.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = theme;
  setDark(theme === "dark");
  const button = find("theme");
  say(button, { auto: "◐ Auto", light: "○ Light", dark: "● Dark" }[chosen]);
  button.setAttribute("aria-label", `Colours: ${chosen}. Change.`);
  dispatchEvent(new Event("theme"));
}

export function nextTheme() {
  chosen = names[(names.indexOf(chosen) + 1) % names.length];
  try {
    localStorage.setItem("gan-notebooks-theme", chosen);
  } catch { /* a browser may refuse to remember: then the choice holds for its page */ }
  show();
}

/** Sets the theme; calls back when the reader's wish for little motion changes. */
export function startTheme(motionChanged) {
  try {
    const stored = localStorage.getItem("gan-notebooks-theme");
    if (names.includes(stored)) chosen = stored;
  } catch { /* the first choice holds */ }
  asked.addEventListener("change", show);
  still.addEventListener("change", motionChanged);
  find("theme").addEventListener("click", nextTheme);
  show();
}

/** The options in the fragment: an object of texts. */
export const options = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

const hidden = new Set();

/** Applies present=1 and hide=. A name hides every control that has it, whole or as the first part of a setting's path. */
export function applyOptions({ present, hide = "" }) {
  document.documentElement.toggleAttribute("data-present", present === "1");
  hidden.clear();
  for (const name of hide.toLowerCase().split(",")) if (name.trim()) hidden.add(name.trim());
  hideControls(document);
  dispatchEvent(new Event("theme"));
}

/** Hides, within a part of the page, what the teacher's link names. */
export function hideControls(part) {
  for (const element of part.querySelectorAll("[data-name]")) {
    const own = element.dataset.name.toLowerCase().split(" ");
    element.toggleAttribute("data-hidden", own.some(name => hidden.has(name) || hidden.has(name.split(".")[0]) || hidden.has(name.split(".").at(-1))));
  }
}
