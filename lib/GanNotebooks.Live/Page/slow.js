/* Slow motion: one update, phase by phase, with the formula, the numbers and the points of each phase. */

import { announce, find, make, say } from "./dom.js";
import { formula } from "./tex.js";

export class SlowMotion {
  #model;
  #commands;
  #busy = false;
  #dots = make("ol", { class: "phases" });
  #title = make("h2", { id: "phase-title" });
  #formula = make("div", { class: "formula", tabindex: 0, role: "group", "aria-label": "Formula" });
  #numbers = make("dl", { class: "phase-numbers" });
  #next;

  constructor(model, commands) {
    this.#model = model;
    this.#commands = commands;
    this.#next = make("button", { type: "button", class: "primary", onclick: () => this.next() }, "Next phase ", make("kbd", { "aria-hidden": "true" }, "S"));
    find("slow").append(this.#dots, make("div", { class: "phase" }, this.#title, this.#formula), this.#numbers,
      make("p", { class: "row" }, this.#next, make("button", { type: "button", onclick: () => this.close() }, "Leave slow motion")));
    // Whatever else happens to the run, its phase is over.
    model.addEventListener("phase", () => this.#show());
    model.addEventListener("runs", () => {
      const phase = model.phase;
      if (phase && !this.#busy && (!model.run(phase.run) || model.run(phase.run).playing)) this.close();
    });
  }

  get isOpen() {
    return !find("slow").hidden;
  }

  /** Asks for the next phase of one update of the selected run. */
  async next() {
    if (this.#busy) return;
    this.#busy = true;
    const run = this.#model.selected, answer = await this.#commands.try("phase", { run });
    this.#busy = false;
    if (!answer) return;
    this.#model.phase = { ...answer, run };
    this.#model.changed("phase");
    announce(`Phase ${answer.phase} of ${answer.of}: ${answer.title}.`);
  }

  close() {
    this.#model.phase = null;
    this.#model.changed("phase");
  }

  #show() {
    const phase = this.#model.phase, wasOpen = this.isOpen;
    find("slow").hidden = !phase;
    this.#model.changed("view");
    if (!phase) {
      if (wasOpen) find("slow-open")?.focus();
      return;
    }
    if (this.#dots.childElementCount !== phase.of) this.#dots.replaceChildren(...Array.from({ length: phase.of }, (_, i) => make("li", {}, String(i + 1))));
    [...this.#dots.children].forEach((dot, i) => {
      dot.classList.toggle("done", i + 1 < phase.phase);
      dot.toggleAttribute("aria-current", i + 1 === phase.phase);
    });
    say(this.#title, `${phase.phase} of ${phase.of}: ${phase.title}`);
    formula(this.#formula, phase.formula ?? "");
    this.#numbers.replaceChildren(...(phase.numbers ?? []).map(([name, value]) => make("div", {}, make("dt", {}, symbol(name)), make("dd", {}, String(value)))));
    say(this.#next.firstChild, phase.phase === phase.of ? "Next update " : "Next phase ");
    if (!wasOpen) this.#next.focus({ preventScroll: true });
  }
}

/** "L_D" with a subscript. */
function symbol(name) {
  const [, head, below, rest] = /^(.*?)_(\w+)(.*)$/.exec(name) ?? [];
  return head === undefined ? [name] : [head, make("sub", {}, below), rest];
}
