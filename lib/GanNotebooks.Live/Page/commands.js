/* Everything that a button or a key can do. Failures are told as the engine's sentence. */

import { announce, notice } from "./dom.js";
import { whole } from "./format.js";

export class Commands {
  #model;
  #wire;
  #scrubbing = false;
  #scrubTo = null;

  constructor(model, wire) {
    this.#model = model;
    this.#wire = wire;
  }

  /** A request whose failure becomes a notice. Returns the answer, or null. */
  async try(what, values = {}) {
    try {
      return await this.#wire.ask(what, values);
    } catch (error) {
      notice(error.message);
      return null;
    }
  }

  /** A request whose failure is the caller's. */
  ask = (what, values) => this.#wire.ask(what, values);

  get playing() {
    return this.#model.runs.some(run => run.playing);
  }

  /** Plays or pauses all runs. */
  async toggle() {
    this.#model.phase = null;
    this.#model.changed("phase");
    const now = this.playing;
    if (await this.try(now ? "pause" : "play")) announce(now ? `Paused at step ${whole(this.#model.run()?.step ?? 0)}.` : "Playing.");
  }

  async step(player) {
    const run = this.#model.selected;
    if (await this.try("step", { run, player })) announce({ d: "One update of D.", g: "One update of G.", both: "One step of both." }[player]);
  }

  async reset() {
    if (await this.try("reset", { run: this.#model.selected })) announce("Step 0, with the same seed and so the same first weights.");
  }

  async newSeed() {
    const seed = 1 + Math.floor(Math.random() * 999_999);
    if (await this.try("set", { run: this.#model.selected, name: "Seed", value: String(seed) })) announce(`A new start with seed ${seed}.`);
  }

  async speed(stepsPerFrame) {
    this.#model.stepsPerFrame = stepsPerFrame;
    await this.try("speed", { stepsPerFrame });
  }

  /** Goes to a step. While one request is under way only the last wish is kept. */
  async scrub(step, id = this.#model.selected) {
    const run = this.#model.run(id);
    if (!run) return;
    this.#scrubTo = { run: id, step: Math.max(0, Math.min(run.furthest, Math.round(step))) };
    if (this.#scrubbing) return;
    this.#scrubbing = true;
    while (this.#scrubTo) {
      const next = this.#scrubTo;
      this.#scrubTo = null;
      await this.try("scrub", next);
    }
    this.#scrubbing = false;
  }

  /** To the nearest mark before or after the present step. */
  toMark(direction) {
    const run = this.#model.run();
    if (!run) return;
    const steps = [0, ...run.marks.map(mark => mark.step), run.furthest];
    const next = direction < 0 ? Math.max(0, ...steps.filter(step => step < run.step)) : Math.min(run.furthest, ...steps.filter(step => step > run.step));
    this.scrub(next);
  }

  /** Words for a mark; the settings give better ones. */
  describe = mark => mark.name;

  /** Undo: back to before the last change that has happened by now. */
  async undo() {
    const run = this.#model.run(), index = run?.marks.findLastIndex(mark => mark.step <= run.step) ?? -1;
    if (index < 0) {
      announce("There is no change to undo.");
      return;
    }
    const mark = run.marks[index];
    if (await this.try("undo", { run: run.id })) announce(`Undone: ${this.describe(mark)}. Step ${whole(mark.step)}.`);
  }

  async fork() {
    const run = this.#model.run();
    if (!run || !await this.try("fork", { run: run.id })) return;
    const other = run.id === "A" ? "B" : "A";
    this.#model.select(other);
    announce(`Run ${other} is a copy of run ${run.id} at step ${whole(run.step)}. Change a setting of run ${other}, then play both.`);
  }

  async compare() {
    if (this.#model.runs.length < 2) await this.fork();
    else if (await this.try("drop", { run: "B" })) announce("The comparison has ended. Run A stays.");
  }

  other() {
    const other = this.#model.runs.find(run => run.id !== this.#model.selected);
    if (!other) return;
    this.#model.select(other.id);
    announce(`Controls now change run ${other.id}.`);
  }

  async preset(name, title) {
    if (this.#model.run()?.playing) await this.try("pause", { run: this.#model.selected }); // a preset is looked at first
    if (await this.try("preset", { run: this.#model.selected, name })) announce(`Preset “${title}”, at step 0. Space plays it.`);
  }
}
