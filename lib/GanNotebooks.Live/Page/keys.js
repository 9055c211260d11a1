/* The keyboard. Single letters act unless the reader types in a box or a dialog is open. */

import { make, openDialog } from "./dom.js";
import { arrowKinds } from "./palette.js";
import { keyTexts, layerTexts, fieldTexts } from "./texts.js";

export function startKeys(actions) {
  addEventListener("keydown", event => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const typing = target.matches?.("textarea, select, input:not([type=range], [type=checkbox], [type=radio])");
    if (typing) return;
    const pressable = target.matches?.("button, summary, a, input[type=checkbox], input[type=radio]");
    const slider = target.matches?.("input[type=range], input[type=radio]");
    if (key === " " && pressable) return; // space presses what has the focus
    if (/^(Arrow|Page|Home|End)/.test(key) && slider) {
      // The time line's own keys: the browser moves by one, pages go from mark to mark.
      if (!(target.dataset.time && /^Page/.test(key))) return;
    }
    if (/^Page/.test(key) && !target.dataset?.time) return; // pages scroll
    const act = actions[key.length === 1 ? key.toLowerCase() : key];
    if (!act || (event.repeat && !/^Arrow/.test(key))) return;
    event.preventDefault();
    act();
  });
}

export function openHelp() {
  const section = (title, ...content) => make("section", {}, make("h3", {}, title), ...content);
  openDialog("Help", [
    section("Keys", make("dl", { class: "keys" }, keyTexts.map(([key, text]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, text))))),
    section("What the picture shows", make("dl", { class: "layer-list" }, [["D", fieldTexts.d], ["D*", fieldTexts.dstar], ["|D − D*|", fieldTexts.error], ["p", fieldTexts.p], ["q", fieldTexts.q],
      ...Object.entries(layerTexts).map(([key, { title, text }]) => [arrowKinds.some(kind => kind.key === key) ? `arrows: ${title}` : title, text])].map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, text))))),
    section("What to try", make("ol", {},
      make("li", {}, "Press space. Watch the diamonds reach the circles."),
      make("li", {}, "Press F. Change the loss of run B. Press space: two runs differ in one setting."),
      make("li", {}, "Pull the time line back to a mark, and go another way."),
      make("li", {}, "Press S again and again: one update, phase by phase."))),
    section("For teachers", make("p", {}, "Add to the address: "), make("p", {}, make("code", {}, "#preset=dropped&hide=penalty,packing&present=1")),
      make("p", {}, "preset starts one. hide takes controls away by name, by group (data, game, generator, discriminator) or by part (numbers, table, presets, share, layers, compare, slow, step, speed). present=1 makes letters large.")),
  ], "help-dialog");
}
