/* The dialogs for taking a run along: link, JSON, C#; and the presets. */

import { announce, copy, download, make, openDialog, say } from "./dom.js";
import { fragmentOf, readPasted } from "./state.js";
import { options } from "./theme.js";

function copyButton(label, textOf) {
  const button = make("button", { type: "button", onclick: async () => {
    const text = await textOf();
    if (text === null) return;
    say(button, await copy(text) ? "Copied" : "The browser refused: mark the text and copy it");
    setTimeout(() => say(button, label), 2500);
  } }, label);
  return button;
}

/** Link, file and code of the selected run. */
export async function openShare(model, commands) {
  const run = model.run();
  if (!run) return;
  const answer = await commands.try("state", { run: run.id });
  if (!answer) return;
  const json = JSON.stringify(answer.state, null, 2), name = `gan-lab-${run.target.name}-step-${run.step}.json`;
  const link = () => `${location.origin}${location.pathname}#${fragmentOf(model.runs.map(each => each.id === run.id ? { ...each, state: answer.state } : each), options())}`;
  const wrong = make("p", { class: "refused", role: "alert", hidden: true });
  const code = make("pre", { class: "code", tabindex: 0, "aria-label": "C# cell" });
  const pasted = make("textarea", { rows: 3, spellcheck: "false", "aria-label": "State as JSON, or a link", placeholder: "{ … } or an address with #s=…" });
  const file = make("input", { type: "file", accept: ".json,application/json", "aria-label": "Open a state file", onchange: async () => {
    if (file.files[0]) pasted.value = await file.files[0].text();
  } });
  const load = make("button", { type: "button", onclick: async () => {
    wrong.hidden = true;
    try {
      await commands.ask("load", { run: model.selected, state: readPasted(pasted.value.trim()) });
      dialog.close();
      announce("The state was loaded, and trained to its step.");
    } catch (error) {
      wrong.hidden = false;
      say(wrong, error.message);
    }
  } }, "Load into this run");
  const dialog = openDialog("Share and code", [
    make("section", {}, make("h3", {}, "A C# cell that reproduces this run bit for bit"), code, copyButton("Copy as C#", () => code.textContent)),
    make("section", {}, make("h3", {}, "The state"),
      make("p", {}, `The state holds the settings, the marks and the seed. It does not hold weights: a run is trained again to step ${run.step}, with the same numbers.`),
      make("p", { class: "row" }, copyButton("Copy link", async () => link()), copyButton("Copy JSON", () => json),
        make("button", { type: "button", onclick: () => download(name, "application/json", json) }, "Download JSON"))),
    make("section", {}, make("h3", {}, "Open a state"), pasted, make("p", { class: "row" }, load, file), wrong)], "share-dialog");
  const told = await commands.try("csharp", { run: run.id });
  say(code, told?.text ?? "The engine did not answer.");
}

/** Opens a state that came with a link. */
export async function loadState(commands, run, state) {
  return await commands.try("load", { run, state }) !== null;
}

export function openPresets(model, commands) {
  const items = model.catalog.presets.map(({ name, title, text, notebook }, i) => make("li", {},
    make("button", { type: "button", class: "preset", autofocus: i === 0, "data-preset": name, onclick: () => {
      dialog.close();
      commands.preset(name, title);
    } }, make("strong", {}, title), make("span", {}, text)),
    notebook ? source(notebook) : null));
  const dialog = openDialog("Presets", [make("p", {}, "A preset replaces the run by one that shows a single point. Each has a seed, so it goes the same way on every machine of this kind."), make("ul", { class: "preset-list" }, items)], "presets-dialog");
}

function source(notebook) {
  const [, place, title] = /^(\d+)-(.+)$/.exec(notebook) ?? [];
  const text = place ? `from notebook ${place}, ${title.replaceAll("-", " ")}` : `from notebook ${notebook}`;
  return /^https?:\/\//.test(notebook) ? make("a", { href: notebook, rel: "noopener" }, "its notebook") : make("span", { class: "quiet" }, text);
}
