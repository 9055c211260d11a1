/* The main picture: one canvas for each run, drawn once for each frame, and what lies under the pointer or the reader's cross. */

import { letters, line, penOf } from "./axes.js";
import { find, make, say } from "./dom.js";
import { fixed, number, whole } from "./format.js";
import { drawImages } from "./images.js";
import { drawLine } from "./line.js";
import { colour } from "./palette.js";
import { drawPlane } from "./plane.js";

const drawings = { plane: drawPlane, line: drawLine, images: drawImages };

export class Stage {
  #model;
  #place = find("canvases");
  #panes = new Map();
  #asked = false;
  #afterDraw = [];

  constructor(model) {
    this.#model = model;
    for (const name of ["runs", "frame", "view", "selected"]) model.addEventListener(name, () => this.ask());
    new ResizeObserver(() => this.ask()).observe(this.#place);
    addEventListener("theme", () => this.ask());
    this.ask();
  }

  /** Draws before the browser paints next; what is given is done after it, such as the answer to a frame. */
  ask(then = null) {
    if (then) this.#afterDraw.push(then);
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
      for (const done of this.#afterDraw.splice(0)) done();
    });
  }

  #draw() {
    const model = this.#model, ids = model.runs.map(run => run.id);
    if (ids.join() !== [...this.#panes.keys()].join()) this.#build(ids);
    for (const run of model.runs) {
      const pane = this.#panes.get(run.id), frame = model.frame(run.id);
      const phase = model.phase?.run === run.id ? model.phase : null;
      pane.figure.classList.toggle("selected", ids.length > 1 && run.id === model.selected);
      pane.choose.setAttribute("aria-pressed", String(run.id === model.selected));
      say(pane.step, `step ${whole(run.step)}`);
      say(pane.title, run.target.title);
      const rate = run.goal !== undefined && run.goal > run.step ? `going to step ${whole(run.goal)}`
        : run.playing ? (frame?.stepsPerSecond ? `${whole(frame.stepsPerSecond)} steps a second` : "") : run.step >= run.steps ? "at its last step" : "paused";
      say(pane.rate, rate);
      const pen = penOf(pane.canvas);
      if (!pen) continue;
      const [width, height] = [pane.canvas.clientWidth, pane.canvas.clientHeight];
      pane.plot = drawings[run.target.kind](pen, width, height, { run, frame, view: model.view, phase });
      if (!frame) this.#wait(pen, width, height);
      if (pane.cross) this.#probe(pane, run, frame, pen);
    }
  }

  #wait(pen, width, height) {
    pen.fillStyle = colour("muted");
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText("waiting for the first picture", width / 2, height / 2);
  }

  #build(ids) {
    this.#panes.clear();
    const figures = ids.map(id => {
      const canvas = make("canvas", { tabindex: 0, role: "img", "aria-label": `Picture of run ${id}. Arrow keys move a cross that reads values.` });
      const [title, step, rate] = [make("span", { class: "title" }), make("span", { class: "step" }), make("span", { class: "rate" })];
      const choose = make("button", { type: "button", class: "run-name", title: `Controls change run ${id}`, onclick: () => this.#model.select(id) }, `Run ${id}`);
      choose.hidden = ids.length < 2;
      const reading = make("output", { class: "reading", "aria-live": "off" });
      const figure = make("figure", { class: "pane", "data-run": id },
        make("figcaption", {}, choose, title, step, rate), make("div", { class: "canvas-place" }, canvas, reading));
      const pane = { figure, canvas, choose, title, step, rate, reading, cross: null, plot: null };
      this.#panes.set(id, pane);
      this.#listen(pane);
      return figure;
    });
    this.#place.replaceChildren(...figures);
    this.#place.dataset.runs = ids.length;
  }

  // The pointer reads values; so does a cross that the arrow keys move, for readers without a pointer.
  #listen(pane) {
    const { canvas } = pane;
    const put = cross => {
      pane.cross = cross;
      if (!cross) pane.reading.hidden = true;
      this.ask();
    };
    canvas.addEventListener("pointermove", event => put({ x: event.offsetX, y: event.offsetY }));
    canvas.addEventListener("pointerleave", () => put(null));
    canvas.addEventListener("blur", () => put(null));
    canvas.addEventListener("keydown", event => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) {
        if (event.key === "Escape") put(null);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const size = event.shiftKey ? 40 : 8, from = pane.cross ?? { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
      put({
        x: Math.max(0, Math.min(canvas.clientWidth, from.x + size * move[0])),
        y: Math.max(0, Math.min(canvas.clientHeight, from.y + size * move[1])), spoken: true,
      });
    });
  }

  #probe(pane, run, frame, pen) {
    const { cross, plot, reading } = pane;
    if (!plot || !frame || (run.target.kind === "plane" && !plot.contains(cross.x, cross.y))) {
      reading.hidden = true;
      return;
    }
    const x = plot.valueX(cross.x), y = plot.valueY(cross.y);
    if (x < plot.x0 || x > plot.x1) {
      reading.hidden = true;
      return;
    }
    if (run.target.kind === "plane") line(pen, plot.left, cross.y, plot.right, cross.y, colour("muted"), 1, [3, 3]);
    line(pen, cross.x, plot.top, cross.x, run.target.kind === "plane" ? plot.bottom : pane.canvas.clientHeight - 3 * letters(), colour("muted"), 1, [3, 3]);
    reading.setAttribute("aria-live", cross.spoken ? "polite" : "off");
    say(reading, this.#values(run, frame, plot, x, y));
    reading.hidden = false;
    const right = cross.x > pane.canvas.clientWidth / 2;
    reading.style.left = right ? "" : `${cross.x + 12}px`;
    reading.style.right = right ? `${pane.canvas.clientWidth - cross.x + 12}px` : "";
    reading.style.top = `${Math.max(0, cross.y - 12)}px`;
  }

  #values(run, frame, plot, x, y) {
    const plane = run.target.kind === "plane", parts = [plane ? `x = (${fixed(x, 2)}, ${fixed(y, 2)})` : `x = ${fixed(x, 2)}`];
    for (const [name, key] of [["D", "d"], ["D*", "dstar"], ["|D − D*|", "error"], ["p", "p"], ["q", "q"]]) {
      const array = frame.arrays[key];
      if (!array) continue;
      const columns = array.shape.at(-1), rows = plane ? array.shape[0] : 1;
      const cell = (share, count) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
      const column = cell((x - plot.x0) / (plot.x1 - plot.x0), columns), row = plane ? cell((y - plot.y0) / (plot.y1 - plot.y0), rows) : 0;
      parts.push(`${name} = ${number(array.values[row * columns + column])}`);
    }
    return parts.join("\n");
  }
}
