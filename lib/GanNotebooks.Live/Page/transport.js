/* Play, single updates, speed, start again, and the time line with its marks. */

import { find, make, say } from "./dom.js";
import { roundUp, whole } from "./format.js";
import { hideControls } from "./theme.js";

const speeds = [["0", "fastest"], ["1", "1 a picture"], ["10", "10 a picture"], ["100", "100 a picture"]]; // steps

export class Transport {
  #model;
  #commands;
  #settings;
  #tracks = new Map();
  #lines = make("div", { class: "time-lines", "data-name": "time" });
  #play;
  #speed;
  #undo;
  #compare;

  constructor(model, commands, settings, slow) {
    this.#model = model;
    this.#commands = commands;
    this.#settings = settings;
    const button = (label, key, title, act, attributes = {}) => make("button", { type: "button", title, "aria-keyshortcuts": key, onclick: act, ...attributes }, label, key.length === 1 ? make("kbd", { "aria-hidden": "true" }, key) : "");
    this.#play = button("▶ Play", "Space", "Play or pause (space)", () => commands.toggle(), { class: "primary play", id: "play" });
    this.#undo = button("↶ Undo", "U", "Back to before the last change", () => commands.undo(), { "data-name": "undo" });
    this.#compare = button("Compare", "C", "Two runs side by side", () => commands.compare(), { "data-name": "compare" });
    this.#speed = make("select", { id: "speed", onchange: () => commands.speed(+this.#speed.value) }, speeds.map(([value, title]) => make("option", { value }, title)));
    find("transport").append(
      make("div", { class: "row buttons" }, this.#play,
        make("span", { class: "group", role: "group", "aria-label": "Single updates", "data-name": "step" },
          button("Step D", "D", "One update of the discriminator", () => commands.step("d")),
          button("Step G", "G", "One update of the generator", () => commands.step("g")),
          button("Both", "B", "One step of both players", () => commands.step("both"))),
        button("Slow motion", "S", "One update, phase by phase", () => slow.next(), { "data-name": "slow", id: "slow-open" }),
        make("label", { class: "speed", "data-name": "speed" }, "steps ", this.#speed),
        make("span", { class: "group", role: "group", "aria-label": "Start again", "data-name": "reset" },
          button("↺ Reset", "R", "Step 0, the same seed", () => commands.reset()),
          button("New seed", "N", "Step 0, another seed", () => commands.newSeed())),
        make("span", { class: "group", role: "group", "aria-label": "Compare" }, this.#undo,
          button("Fork", "F", "Compare with a copy from this step", () => commands.fork(), { "data-name": "compare" }), this.#compare)),
      this.#lines);
    for (const name of ["runs", "frame", "selected"]) model.addEventListener(name, () => this.#show());
  }

  #show() {
    const { runs } = this.#model, playing = this.#commands.playing;
    say(this.#play, playing ? "❚❚ Pause" : "▶ Play");
    this.#play.disabled = !runs.length;
    this.#speed.value = String(this.#model.stepsPerFrame);
    const run = this.#model.run();
    find("slow-open").disabled = run?.target.kind === "images"; // slow motion draws points
    this.#undo.disabled = !run?.marks.some(mark => mark.step <= run.step);
    say(this.#compare.firstChild, runs.length > 1 ? "End comparison" : "Compare");
    if (runs.map(each => each.id).join() !== [...this.#tracks.keys()].join()) this.#build();
    const end = roundUp(this.#model.furthest);
    for (const each of runs) this.#showTrack(this.#tracks.get(each.id), each, end);
  }

  #build() {
    this.#tracks.clear();
    this.#lines.replaceChildren(...this.#model.runs.map(({ id }) => {
      const slider = make("input", { type: "range", min: 0, max: 100, step: 1, value: 0, "aria-label": this.#model.runs.length > 1 ? `Time line of run ${id}` : "Time line", "data-time": id });
      const [marks, now, end, trained] = [make("div", { class: "marks" }), make("output", { class: "now" }), make("span", { class: "end" }), make("div", { class: "trained" })];
      const track = { slider, marks, now, end, trained, held: false, shown: "" };
      slider.addEventListener("pointerdown", () => { track.held = true; });
      for (const name of ["pointerup", "pointercancel", "change", "blur"]) slider.addEventListener(name, () => { track.held = false; });
      slider.addEventListener("input", () => {
        const run = this.#model.run(id);
        if (+slider.value > run.furthest) slider.value = run.furthest;
        this.#model.select(id);
        this.#commands.scrub(+slider.value, id);
      });
      this.#tracks.set(id, track);
      return make("div", { class: "time-line" }, make("span", { class: "time-name" }, this.#model.runs.length > 1 ? id : "step"),
        make("div", { class: "rail" }, trained, slider, marks), now, end);
    }));
    hideControls(find("transport"));
  }

  #showTrack(track, run, end) {
    track.slider.max = end;
    if (!track.held) track.slider.value = run.goal ?? run.step;
    track.slider.setAttribute("aria-valuetext", `step ${run.step} of ${run.furthest} trained`);
    track.slider.classList.toggle("at-start", run.furthest === 0);
    say(track.now, whole(run.step));
    say(track.end, `of ${whole(run.furthest)} trained`);
    track.trained.style.setProperty("--share", run.furthest / end);
    const marks = JSON.stringify([run.marks, end]);
    if (marks === track.shown) return;
    track.shown = marks;
    const groups = new Map();
    run.marks.forEach(mark => groups.set(mark.step, [...(groups.get(mark.step) ?? []), mark]));
    track.marks.replaceChildren(...[...groups].map(([step, changes]) => {
      const text = `step ${whole(step)}: ${changes.map(mark => this.#settings.describe(mark)).join(", ")}`;
      const mark = make("button", { type: "button", class: "mark", title: `${text}. Go there.`, "aria-label": `Mark at ${text}. Go there.`, onclick: () => this.#commands.scrub(step, run.id) },
        make("span", { class: "diamond", "aria-hidden": "true" }), make("span", { class: "tip" }, text));
      mark.style.left = `${100 * step / end}%`;
      mark.classList.toggle("late", step > end * 0.6);
      return mark;
    }));
  }
}
