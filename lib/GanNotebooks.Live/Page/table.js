/* The table of the reader's runs: kept by hand, with settings that differ, seed, step and numbers. A click goes back to one. */

import { announce, download, find, make, say } from "./dom.js";
import { fixed, percent, whole } from "./format.js";

const memory = "gan-notebooks-lab-table";
const columns = [
  ["JSD", n => n.truth?.jsd, fixed], ["gap C − V", n => n.truth?.gap, fixed], ["modes", n => n.coverage?.captured, String],
  ["high quality", n => n.coverage?.highQuality, percent], ["reverse KL", n => n.coverage?.reverseKL, fixed],
  ["D on data", n => n.realProbability, fixed], ["D on fakes", n => n.fakeProbability, fixed],
];

export class RunTable {
  #model;
  #commands;
  #settings;
  #rows = [];
  #place = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of your runs" });
  #tools = [];

  constructor(model, commands, settings) {
    this.#model = model;
    this.#commands = commands;
    this.#settings = settings;
    try {
      this.#rows = JSON.parse(sessionStorage.getItem(memory) ?? "[]");
    } catch { /* begins empty */ }
    const keep = make("button", { type: "button", onclick: () => this.keep() }, "Keep this run ", make("kbd", { "aria-hidden": "true" }, "K"));
    this.#tools = [["CSV", () => this.#csv()], ["JSON", () => download("gan-lab-runs.json", "application/json", JSON.stringify(this.#rows, null, 2))], ["Clear", () => this.#set([])]]
      .map(([label, act]) => make("button", { type: "button", onclick: act }, label));
    find("table").append(make("div", { class: "row" }, make("h2", {}, "Your runs"), keep, ...this.#tools), this.#place);
    this.#show();
  }

  /** Adds a row for the selected run as it stands. */
  async keep() {
    const run = this.#model.run(), numbers = this.#model.frame()?.numbers ?? {};
    const answer = run && await this.#commands.try("state", { run: run.id });
    if (!answer) return;
    const row = {
      kept: this.#rows.reduce((most, each) => Math.max(most, each.kept), 0) + 1, target: run.target.title, seed: run.settings.Seed ?? "", step: run.step,
      settings: this.#differences(run, answer.state), numbers: Object.fromEntries(columns.map(([name, of]) => [name, of(numbers) ?? null])), state: answer.state,
    };
    this.#set([...this.#rows, row]);
    announce(`Run kept as row ${row.kept}.`);
  }

  // What the start of the run has of its own, and what was changed on the way, with the step.
  #differences(run, state) {
    const changed = { ...(state.settings ?? {}) };
    for (const { step, name, value } of run.marks) {
      if (name !== "Update" && step <= run.step) changed[name] = step > 0 ? `${value} (from step ${step})` : value;
    }
    return changed;
  }

  #set(rows) {
    this.#rows = rows;
    try {
      sessionStorage.setItem(memory, JSON.stringify(rows));
    } catch { /* the table then lasts as long as the page */ }
    this.#show();
  }

  #show() {
    this.#tools.forEach(tool => { tool.hidden = !this.#rows.length; });
    if (!this.#rows.length) {
      this.#place.replaceChildren(make("p", { class: "quiet" }, "Keep a run, change a setting, keep it again: the rows stand below each other. They last until this tab is closed; CSV and JSON last longer."));
      return;
    }
    const head = make("tr", {}, ["run", "target", "settings that differ", "seed", "step", ...columns.map(([name]) => name)].map(name => make("th", { scope: "col" }, name)),
      make("th", { scope: "col" }, make("span", { class: "unseen" }, "remove")));
    this.#place.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, this.#rows.map(row => this.#line(row)))));
  }

  #line(row) {
    const changes = Object.entries(row.settings).map(([name, value]) => `${this.#settings.titleOf(name)} = ${value}`).join("; ") || "none";
    return make("tr", {},
      make("td", {}, make("button", { type: "button", class: "link", title: "Go back to this run", "aria-label": `Go back to run ${row.kept}`, onclick: () => this.#back(row) }, `↩ ${row.kept}`)),
      make("td", {}, row.target), make("td", { class: "settings-cell" }, changes), make("td", {}, row.seed), make("td", {}, whole(row.step)),
      columns.map(([name, , write]) => make("td", {}, row.numbers[name] === null ? "–" : write(row.numbers[name]))),
      make("td", {}, make("button", { type: "button", class: "close", "aria-label": `Remove row ${row.kept}`, onclick: () => this.#set(this.#rows.filter(each => each !== row)) }, "✕")));
  }

  async #back(row) {
    const run = this.#model.selected;
    if (await this.#commands.try("load", { run, state: row.state })) announce(`Run ${run} is row ${row.kept} again, at step ${whole(row.step)}.`);
  }

  #csv() {
    const quote = value => /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? "");
    // A spreadsheet would run a text that begins with one of these signs.
    const safe = value => typeof value === "string" && /^[=+@-]/.test(value) ? `'${value}` : value;
    const settings = [...new Set(this.#rows.flatMap(row => Object.keys(row.settings)))], lines = [["run", "target", "seed", "step", ...settings, ...columns.map(([name]) => name)]];
    for (const row of this.#rows) lines.push([row.kept, row.target, row.seed, row.step, ...settings.map(name => row.settings[name] ?? ""), ...columns.map(([name]) => row.numbers[name] ?? "")]);
    download("gan-lab-runs.csv", "text/csv", lines.map(values => values.map(value => quote(safe(value))).join(",")).join("\r\n") + "\r\n");
    say(this.#tools[0], "CSV");
  }
}
