/* The reader's own target: points on a sheet, by pointer or by keyboard. Strokes become points at a fixed distance. */

import { Frame, letters, line, marks, penOf } from "./axes.js";
import { make, openDialog, say } from "./dom.js";
import { fixed } from "./format.js";
import { colour } from "./palette.js";

const [half, apart, atLeast, atMost] = [3, 0.12, 2, 400]; // the box is [−3, 3]²

/** "x,y;x,y" to points; what is no point in the box is left out. */
export function parsePoints(text) {
  return text.split(";").map(pair => pair.split(",").map(Number))
    .filter(pair => pair.length === 2 && pair.every(value => Number.isFinite(value) && Math.abs(value) <= half)).slice(0, atMost);
}

export const writePoints = points => points.map(([x, y]) => `${+x.toFixed(3)},${+y.toFixed(3)}`).join(";");

export function openDrawing(start, done) {
  let points = parsePoints(start), cursor = null, stroke = null;
  const canvas = make("canvas", { class: "sheet", tabindex: 0, role: "application", "aria-label": "Sheet. Arrow keys move the pen, Enter sets a point, Backspace takes the last one away." });
  const state = make("p", { class: "quiet", role: "status" }), past = [];
  const text = make("textarea", { rows: 2, spellcheck: "false", "aria-label": "The points as x,y;x,y" });
  const [undo, clear] = [["Undo", () => past.length && set(past.pop(), false)], ["Clear", () => set([])]]
    .map(([label, act]) => make("button", { type: "button", onclick: act }, label));
  const use = make("button", { type: "button", class: "primary", onclick: () => {
    dialog.close();
    done(writePoints(points));
  } }, "Train on this drawing");
  const dialog = openDialog("Draw a target", [
    make("p", {}, "Draw with the pointer. Or focus the sheet: the arrow keys move the pen, Enter sets a point. Each point becomes a small cloud of data. The players go on from their present weights; Reset starts them again."),
    canvas, state, make("details", {}, make("summary", {}, "Points as text"), text), make("p", { class: "row" }, use, undo, clear)], "drawing-dialog");

  function set(next, remember = true) {
    if (remember) past.push(points);
    points = next.slice(0, atMost);
    show();
  }

  function show() {
    say(state, `${points.length} of at most ${atMost} points${points.length < atLeast ? `; ${atLeast} at least` : ""}${cursor ? `; pen at (${fixed(cursor[0], 2)}, ${fixed(cursor[1], 2)})` : ""}.`);
    use.disabled = points.length < atLeast;
    undo.disabled = !past.length;
    if (text !== document.activeElement) text.value = writePoints(points);
    const pen = penOf(canvas);
    if (!pen) return;
    const plot = plotOf();
    pen.fillStyle = colour("paper");
    pen.fillRect(plot.left, plot.top, plot.width, plot.height);
    plot.axes(pen, { lines: true });
    marks(pen, "circle", points.map(([x, y]) => [plot.x(x), plot.y(y)]), 3, colour("ink"));
    if (!cursor) return;
    const [x, y] = [plot.x(cursor[0]), plot.y(cursor[1])];
    line(pen, x - 10, y, x + 10, y, colour("vermilion"), 2);
    line(pen, x, y - 10, x, y + 10, colour("vermilion"), 2);
  }

  function plotOf() {
    const size = letters(), side = Math.min(canvas.clientWidth - 3.5 * size, canvas.clientHeight - 2.6 * size);
    return new Frame((canvas.clientWidth - side) / 2 + size, size * 0.6, side, side, [-half, half], [-half, half]);
  }

  function add(point) {
    if (points.length < atMost && point.every(value => Math.abs(value) <= half)) points = [...points, point];
  }

  const placeOf = event => [plotOf().valueX(event.offsetX), plotOf().valueY(event.offsetY)];
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    past.push(points);
    stroke = placeOf(event);
    add(stroke);
    show();
  });
  canvas.addEventListener("pointermove", event => {
    if (!stroke) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const to = placeOf(each), length = Math.hypot(to[0] - stroke[0], to[1] - stroke[1]), steps = Math.floor(length / apart), from = stroke;
      for (let i = 1; i <= steps; i++) {
        stroke = [0, 1].map(axis => from[axis] + (to[axis] - from[axis]) * i * apart / length);
        add(stroke);
      }
    }
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { stroke = null; });
  canvas.addEventListener("keydown", event => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    cursor ??= [0, 0];
    if (move) cursor = cursor.map((value, axis) => Math.max(-half, Math.min(half, value + move[axis] * (event.shiftKey ? 0.5 : 0.1))));
    else if (event.key === "Enter" || event.key === " ") {
      past.push(points);
      add([...cursor]);
    } else if (event.key === "Backspace") set(points.slice(0, -1));
    else return;
    event.preventDefault();
    show();
  });
  text.addEventListener("input", () => set(parsePoints(text.value)));
  new ResizeObserver(show).observe(canvas);
  show();
  canvas.focus();
}
