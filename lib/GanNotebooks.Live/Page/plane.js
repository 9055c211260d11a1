/* The picture of a target in the plane: a field under data, samples, the warped grid of G and the arrows of three losses. */

import { arrow, font, Frame, letters, marks } from "./axes.js";
import { number } from "./format.js";
import { arrowKinds, colour, isDark, ramp, rampStops } from "./palette.js";

/** The fields that can lie under the points: their array, their colours, and the numbers of the first and the last colour. */
export const fields = {
  d: { array: "d", title: "D", ramp: "probability", range: () => [0, 1], ticks: [[0, "0 fake"], [0.5, "½"], [1, "1 data"]] },
  dstar: { array: "dstar", title: "D*", ramp: "probability", range: () => [0, 1], ticks: [[0, "0 fake"], [0.5, "½"], [1, "1 data"]] },
  error: { array: "error", title: "|D − D*|", ramp: "error", range: () => [0, 0.5], ticks: [[0, "0"], [0.25, "0.25"], [0.5, "≥ 0.5"]] },
  p: { array: "p", title: "p", ramp: "data", range: frame => [0, largest(frame.arrays.p)] },
  // p and q have one scale: that of p, which does not change while G learns.
  q: { array: "q", title: "q", ramp: "made", range: frame => [0, largest(frame.arrays.p ?? frame.arrays.q)] },
};

const known = new WeakMap();
function largest(array) {
  if (!array) return 1;
  if (!known.has(array.values)) known.set(array.values, array.values.reduce((max, value) => Math.max(max, value), 1e-9));
  return known.get(array.values);
}

const sheet = document.createElement("canvas"); // one small picture of a field, drawn large

const isNarrow = width => width < 34 * letters();

/** The square of the plot; on its right, or under it, is room for the colours' legend. */
function planeFrame(width, height, box) {
  const size = letters(), narrow = isNarrow(width), left = 4.4 * size, top = 0.6 * size;
  const [bottom, right] = narrow ? [6.4 * size, 0.9 * size] : [3.2 * size, 5.8 * size];
  const share = Math.min((width - left - right) / (box[1] - box[0]), (height - top - bottom) / (box[3] - box[2]));
  const [w, h] = [share * (box[1] - box[0]), share * (box[3] - box[2])];
  return new Frame(left + (width - left - right - w) / 2, top, w, h, [box[0], box[1]], [box[2], box[3]]);
}

export function drawPlane(pen, width, height, { run, frame, view, phase }) {
  const plot = planeFrame(width, height, run.target.box);
  pen.fillStyle = colour("paper");
  pen.fillRect(plot.left, plot.top, plot.width, plot.height);
  plot.clip(pen, () => {
    if (frame) drawLayers(pen, plot, frame, view, phase);
    if (phase) drawPhase(pen, plot, phase);
  });
  plot.axes(pen, { x: "x₁", y: "x₂" });
  if (frame && fields[view.field]) drawLegend(pen, plot, fields[view.field], frame, isNarrow(width));
  return plot;
}

/** The fixed scale of the field's colours, beside the plot or under it. */
function drawLegend(pen, plot, field, frame, narrow) {
  const size = letters(), [from, to] = field.range(frame), long = narrow ? plot.width * 0.62 : Math.min(plot.height - 3 * size, 14 * size);
  const x = narrow ? plot.left + plot.width * 0.2 : plot.right + 1.1 * size, y = narrow ? plot.bottom + 3.5 * size : plot.top + 1.8 * size;
  const gradient = narrow ? pen.createLinearGradient(x, 0, x + long, 0) : pen.createLinearGradient(0, y + long, 0, y), stops = rampStops(field.ramp);
  stops.forEach((stop, i) => gradient.addColorStop(i / (stops.length - 1), stop));
  const [width, height] = narrow ? [long, size] : [size, long];
  pen.fillStyle = gradient;
  pen.fillRect(x, y, width, height);
  pen.strokeStyle = colour("muted");
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  pen.fillStyle = colour("ink");
  pen.textAlign = narrow ? "right" : "left";
  pen.textBaseline = narrow ? "middle" : "bottom";
  pen.font = `italic 600 ${size + 1}px Cambria, Georgia, "Liberation Serif", serif`;
  pen.fillText(field.title, narrow ? x - 6 : x, narrow ? y + size / 2 : y - 4);
  pen.font = font();
  pen.fillStyle = colour("muted");
  pen.textAlign = narrow ? "center" : "left";
  pen.textBaseline = narrow ? "top" : "middle";
  for (const [value, text] of field.ticks ?? [[from, "0"], [to, number(to, 2)]]) {
    const share = (value - from) / (to - from);
    if (narrow) pen.fillText(text, x + share * long, y + size + 3);
    else pen.fillText(text, x + size + 5, y + long * (1 - share));
  }
}

function drawLayers(pen, plot, frame, view, phase) {
  const { arrays } = frame, field = fields[view.field];
  if (field && arrays[field.array]) drawField(pen, plot, arrays[field.array], field.ramp, field.range(frame));
  if (view.field === "d" && arrays.d) halfway(pen, plot, arrays.d);
  if (view.warp && arrays.warp?.shape.at(-1) === 2) drawWarp(pen, plot, arrays.warp);
  const size = Math.max(1.5, Math.min(4, plot.width / 190)) * (letters() > 14 ? 1.3 : 1);
  pen.globalAlpha = phase ? 0.25 : 1;
  if (view.data && arrays.data) marks(pen, "circle", places(plot, arrays.data), size * 0.72, colour("ink"), null);
  if (view.samples && arrays.samples) marks(pen, "diamond", places(plot, arrays.samples), size, colour("green"), isDark() ? "#101114" : "#ffffff");
  pen.globalAlpha = 1;
  if (!phase) drawArrows(pen, plot, frame, view);
}

export function* places(plot, { shape, values }) {
  for (let i = 0; i < shape[0]; i++) yield [plot.x(values[2 * i]), plot.y(values[2 * i + 1])];
}

/** Row 0 of the array is the smallest y. */
export function drawField(pen, plot, { shape: [rows, columns], values }, rampName, [from, to]) {
  const table = ramp(rampName), inner = sheet.getContext("2d", { willReadFrequently: true });
  if (sheet.width !== columns || sheet.height !== rows) {
    sheet.width = columns;
    sheet.height = rows;
  }
  const picture = inner.createImageData(columns, rows), scale = 255 / (to - from);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column], at = 4 * ((rows - 1 - row) * columns + column);
      const level = 3 * Math.max(0, Math.min(255, Math.round((value - from) * scale)));
      picture.data[at] = table[level];
      picture.data[at + 1] = table[level + 1];
      picture.data[at + 2] = table[level + 2];
      picture.data[at + 3] = Number.isFinite(value) ? 255 : 0;
    }
  }
  inner.putImageData(picture, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.drawImage(sheet, plot.left, plot.top, plot.width, plot.height);
}

/** The line D = 1/2, so that the sides can be told apart without colours (marching squares). */
function halfway(pen, plot, { shape: [rows, columns], values }) {
  const x = column => plot.left + (column + 0.5) / columns * plot.width, y = row => plot.bottom - (row + 0.5) / rows * plot.height;
  pen.strokeStyle = colour("ink");
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const a = values[r * columns + c] - 0.5, b = values[r * columns + c + 1] - 0.5;
      const d = values[(r + 1) * columns + c] - 0.5, e = values[(r + 1) * columns + c + 1] - 0.5, cuts = [];
      if (a > 0 !== b > 0) cuts.push([x(c + a / (a - b)), y(r)]);
      if (b > 0 !== e > 0) cuts.push([x(c + 1), y(r + b / (b - e))]);
      if (d > 0 !== e > 0) cuts.push([x(c + d / (d - e)), y(r + 1)]);
      if (a > 0 !== d > 0) cuts.push([x(c), y(r + a / (a - d))]);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        pen.moveTo(...cuts[i]);
        pen.lineTo(...cuts[i + 1]);
      }
    }
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

/** A z of two numbers has a grid [k, k, 2]; a z of one has a curve [k, 2]. */
function drawWarp(pen, plot, { shape, values }) {
  const [rows, columns] = shape.length === 3 ? shape : [1, shape[0]];
  const at = (r, c) => [plot.x(values[2 * (r * columns + c)]), plot.y(values[2 * (r * columns + c) + 1])];
  pen.strokeStyle = colour("green");
  pen.globalAlpha = 0.75;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) c ? pen.lineTo(...at(r, c)) : pen.moveTo(...at(r, c));
  for (let c = 0; c < columns && rows > 1; c++) for (let r = 0; r < rows; r++) r ? pen.lineTo(...at(r, c)) : pen.moveTo(...at(r, c));
  pen.stroke();
  pen.globalAlpha = 1;
}

/** The longest gradient is drawn as this share of the width of the box. */
export const longestArrow = 0.12;

/** The longest of all arrows: the engine's number, or what the arrays say. */
export function arrowScale(frame) {
  if (frame.numbers.arrowScale > 0) return frame.numbers.arrowScale;
  let longest = 0;
  for (const { array } of arrowKinds) {
    const { shape, values } = frame.arrays[array] ?? { shape: [0, 2], values: [] };
    for (let i = 0; i < shape[0]; i++) {
      const [dx, dy] = shape[1] === 1 ? [values[i], 0] : [values[2 * i], values[2 * i + 1]];
      longest = Math.max(longest, Math.hypot(dx, dy));
    }
  }
  return longest;
}

function drawArrows(pen, plot, frame, view) {
  const at = frame.arrays.arrowsAt, scale = at ? longestArrow * (plot.x1 - plot.x0) / (arrowScale(frame) || 1) : 0;
  for (const kind of arrowKinds) {
    const array = frame.arrays[kind.array];
    if (!at || !array || !view[kind.key]) continue;
    for (let i = 0; i < at.shape[0]; i++) {
      const [x, y, dx, dy] = [at.values[2 * i], at.values[2 * i + 1], array.values[2 * i], array.values[2 * i + 1]];
      arrow(pen, plot.x(x), plot.y(y), plot.x(x + scale * dx), plot.y(y + scale * dy),
        { stroke: colour(kind.colour), head: kind.head, dash: kind.dash, width: kind.key === "chosen" ? 1.3 : 1.8 });
    }
  }
}

/** The points, fakes and arrows of a phase of slow motion, larger than the others. */
function drawPhase(pen, plot, { arrays = {} }) {
  const size = Math.max(2.5, plot.width / 120), rim = isDark() ? "#101114" : "#ffffff";
  const place = ([x, y]) => [plot.x(x), plot.y(y)];
  if (arrays.points) marks(pen, "circle", arrays.points.map(place), size, colour("ink"), rim);
  if (arrays.fakes) marks(pen, "diamond", arrays.fakes.map(place), size, colour("green"), rim);
  const longest = Math.max(1e-12, ...(arrays.arrows ?? []).map(([, , dx, dy]) => Math.hypot(dx, dy)));
  const scale = longestArrow * (plot.x1 - plot.x0) / longest;
  for (const [x, y, dx, dy] of arrays.arrows ?? []) {
    arrow(pen, plot.x(x), plot.y(y), plot.x(x + scale * dx), plot.y(y + scale * dy), { stroke: colour("purple"), head: "filled", width: 2 });
  }
}
