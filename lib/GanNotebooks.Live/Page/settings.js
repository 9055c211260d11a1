/* The settings of the selected run, in groups, as the engine's catalog lists them. Each can be changed while it trains. */

import { announce, find, make, say } from "./dom.js";
import { openDrawing } from "./drawing.js";
import { whole } from "./format.js";
import { choice, controlOf, refuse } from "./inputs.js";
import { settingTexts } from "./texts.js";
import { hideControls } from "./theme.js";

const order = ["data", "game", "generator", "discriminator"];
const titles = { data: "Data", game: "The game", generator: "Generator G", discriminator: "Discriminator D", engine: "Engine", training: "Training" };
const own = "drawing"; // the target that the reader draws

export class Settings {
  #model;
  #engine;
  #controls = new Map();
  #target = "";
  #which = make("p", { class: "which" });

  constructor(model, engine) {
    this.#model = model;
    this.#engine = engine;
    model.addEventListener("catalog", () => this.#build());
    model.addEventListener("runs", () => this.#show());
    model.addEventListener("selected", () => this.#show());
  }

  #build() {
    const { catalog } = this.#model, groups = new Map(order.map(name => [name, []]));
    this.#controls.clear();
    const add = (group, name, control) => {
      const help = settingTexts[name] ?? settingTexts[name.split(".").at(-1)] ?? settingTexts[name.split(".")[0]];
      if (help) control.element.title = help;
      control.element.dataset.name = `${name} ${group}`;
      this.#controls.set(name, control);
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(control.element);
    };
    add("data", "Target", this.#targets(catalog));
    for (const setting of catalog.settings) {
      if (setting.name === "Target") continue;
      const control = controlOf(setting, catalog.networks, value => this.#set(setting.name, value));
      if (setting.restarts) {
        (control.element.querySelector("label, .label"))?.append(make("span", { class: "restarts", title: "A change starts the run again from step 0" }, " ↻"));
      }
      add(setting.group ?? "game", setting.name, control);
    }
    const sections = [...groups].filter(([, elements]) => elements.length).map(([name, elements]) =>
      make("details", { open: true, "data-name": name }, make("summary", {}, titles[name] ?? name), elements));
    if (matchMedia("(max-width: 60rem)").matches) sections.slice(1).forEach(section => section.removeAttribute("open"));
    find("settings").replaceChildren(this.#which, ...sections,
      make("p", { class: "quiet legend-restarts" }, "↻ A change starts the run again. All other changes act at once, and leave a mark on the time line. A network of another shape begins with new weights."));
    hideControls(find("settings"));
    this.#show();
  }

  #targets(catalog) {
    const targets = catalog.targets.map(({ name, title }) => ({ value: name, title }));
    if (!targets.some(target => target.value === own)) targets.push({ value: own, title: "own drawing …" });
    const control = choice("target", targets, value => value === own ? this.draw() : this.#set("Target", value));
    const edit = make("button", { type: "button", class: "wide", "data-name": "drawing", onclick: () => this.draw() }, "✎ Draw a target …");
    control.element.append(edit);
    return control;
  }

  /** Opens the sheet for the reader's own target. */
  draw() {
    const value = this.#model.run()?.settings.Target ?? "";
    openDrawing(value.startsWith("drawing:") ? value.slice("drawing:".length) : "", points => this.#set("Target", `drawing:${points}`));
    this.#show();
  }

  async #set(name, value) {
    const run = this.#model.run(), control = this.#controls.get(name);
    for (const each of this.#controls.values()) refuse(each, null);
    if (!run || value === run.settings[name]) return;
    try {
      await this.#engine.ask("set", { run: run.id, name, value });
      announce(`Run ${run.id}: ${this.titleOf(name)} is now ${value.startsWith("drawing:") ? "your drawing" : value}.`);
    } catch (error) {
      refuse(control, error.message);
      const now = this.#model.run()?.settings ?? run.settings;
      if (name !== "Target") control.set(now[name] ?? "", now, true);
      this.#show();
    }
  }

  /** A change as words: "loss = Minimax", "an update of D alone". */
  describe({ name, value }) {
    if (name === "Update") return `an update of ${value} alone`;
    return `${this.titleOf(name)} = ${value.startsWith("drawing:") ? "a drawing" : value}`;
  }

  /** The title of a setting, for sentences. */
  titleOf(name) {
    return this.#model.catalog?.settings.find(setting => setting.name === name)?.title ?? name;
  }

  #applies(name, settings) {
    const { when, is } = this.#model.catalog.settings.find(setting => setting.name === name) ?? {};
    return !when || !is || is.includes(settings[when]);
  }

  #show() {
    const run = this.#model.run();
    if (!run || !this.#controls.size) return;
    if (this.#target !== `${run.id} ${run.target.name}`) for (const each of this.#controls.values()) refuse(each, null); // of another run
    this.#target = `${run.id} ${run.target.name}`;
    const two = this.#model.runs.length > 1;
    this.#which.hidden = !two;
    say(this.#which, `These settings change run ${run.id}. X changes to the other run.`);
    for (const [name, control] of this.#controls) {
      const value = run.settings[name];
      // A part that this run does not have, such as the weight of no penalty.
      control.element.hidden = value === undefined || !this.#applies(name, run.settings);
      if (value !== undefined) control.set(name === "Target" && value.startsWith("drawing:") ? own : value, run.settings);
    }
    const counts = { Generator: run.parameters?.generator, Discriminator: run.parameters?.discriminator };
    for (const [name, count] of Object.entries(counts)) {
      const sizes = this.#controls.get(name)?.sizes;
      if (sizes && count) say(sizes, `${whole(count)} parameters`);
    }
  }
}
