/* Small pictures beside the numbers: curves over steps, bars of modes, eigenvalues in the complex plane. */

import { curve, Frame, letters, line, penOf } from "./axes.js";
import { roundUp } from "./format.js";
import { colour } from "./palette.js";

/** At most some thousand points: the largest and the smallest of each stretch, so that no peak is lost. */
function thinned(steps, values, wanted) {
  const count = steps.length;
  if (count <= 2 * wanted) return Array.from({ length: count }, (_, i) => i);
  const kept = [], stretch = count / wanted;
  for (let part = 0; part < wanted; part++) {
    let low = Math.floor(part * stretch), high = low;
    const end = Math.min(count, Math.floor((part + 1) * stretch));
    for (let i = low; i < end; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  return kept;
}

/** A range that holds most of the values: one peak of a bad start does not flatten the rest. */
function rangeOf(series, references) {
  const all = series.flatMap(({ values }) => values.length > 4000 ? values.filter((_, i) => i % Math.ceil(values.length / 4000) === 0) : values)
    .filter(Number.isFinite).sort((a, b) => a - b);
  if (!all.length) return [0, 1];
  let low = Math.min(all[Math.floor(0.01 * all.length)], ...references), high = Math.max(all[Math.ceil(0.99 * all.length) - 1], ...references);
  if (high - low < 1e-6) [low, high] = [low - 0.5, high + 0.5];
  const air = 0.08 * (high - low);
  return [low - air, high + air];
}

/**
 * Curves over steps. series: { steps, values, colour, dash, width, name }; references: { value, text }; range: fixed, or found from the values.
 * Steps after the present one are paler: the run was there, and is not now. end: the last step of the axis, where it is known.
 */
export function drawCurves(canvas, { series, references = [], range = null, furthest, end = roundUp(furthest), marks = [], now }) {
  const pen = penOf(canvas);
  if (!pen) return;
  const size = letters(), right = 4.2 * size;
  const plot = new Frame(3.6 * size, 4, canvas.clientWidth - 3.6 * size - right, canvas.clientHeight - 2 * size - 6, [0, end],
    range ?? rangeOf(series, references.map(reference => reference.value)));
  plot.axes(pen, { wanted: 3 });
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const { value, text } of references) {
    const y = plot.y(value);
    line(pen, plot.left, y, plot.right, y, colour("muted"), 1, [2, 3]);
    pen.fillStyle = colour("muted");
    pen.fillText(text, plot.right + 5, y);
  }
  plot.clip(pen, () => {
    for (const step of marks) line(pen, plot.x(step), plot.top, plot.x(step), plot.bottom, colour("vermilion"), 1, [1, 3]);
    for (const { steps, values, colour: name, dash, width = 1.6 } of series) {
      const kept = thinned(steps, values, Math.max(50, Math.floor(plot.width)));
      curve(pen, plot, kept.length, i => steps[kept[i]], i => values[kept[i]], colour(name), width, dash);
    }
    if (now < furthest) {
      pen.fillStyle = colour("paper");
      pen.globalAlpha = 0.6;
      pen.fillRect(plot.x(now), plot.top, plot.right - plot.x(now), plot.height);
      pen.globalAlpha = 1;
    }
    line(pen, plot.x(now), plot.top, plot.x(now), plot.bottom, colour("ink"), 1);
  });
  nameEnds(pen, plot, series, references);
}

/** Names at the ends of curves, pushed apart where they would cover each other. */
function nameEnds(pen, plot, series, references) {
  const size = letters(), ends = series.filter(each => each.name && each.values.length).map(each => ({ ...each, y: plot.y(each.values.at(-1)) }))
    .sort((a, b) => a.y - b.y);
  let last = plot.top - size;
  const taken = references.map(reference => plot.y(reference.value));
  for (const { name, colour: ink, y } of ends) {
    let at = Math.max(plot.top + size / 2, Math.min(plot.bottom - size / 2, y), last + size);
    for (const other of taken) if (Math.abs(at - other) < size * 0.95) at = other + (at < other ? -size : size);
    at = Math.max(at, last + size);
    pen.fillStyle = colour(ink);
    pen.fillText(name, plot.right + 5, at);
    last = at;
  }
}

/** The shares of the modes as bars; a line across each is the share of the data. Missing modes have a cross, not only no bar. */
export function drawModes(canvas, { runs, weights, names }) {
  const pen = penOf(canvas);
  if (!pen) return;
  const size = letters(), count = runs[0].shares.length, most = Math.max(...(weights ?? []), ...runs.flatMap(run => run.shares.filter(Number.isFinite)), 1e-6) * 1.1;
  const plot = new Frame(3.6 * size, 4, canvas.clientWidth - 3.6 * size - 4, canvas.clientHeight - 2 * size - 6, [0, count], [0, most]);
  plot.axes(pen, { xTicks: false, wanted: 1 });
  const cell = plot.width / count, bar = 0.8 * cell / runs.length;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  runs[0].shares.forEach((_, mode) => {
    const weight = weights?.[mode];
    runs.forEach(({ shares, captured }, which) => {
      const x = plot.left + cell * mode + 0.1 * cell + which * bar, y = plot.y(shares[mode] ?? 0), missing = shares[mode] < captured * (weight ?? 1 / count);
      pen.fillStyle = colour("green");
      pen.globalAlpha = which ? 0.45 : 0.9;
      pen.fillRect(x, y, Math.max(1, bar - 1), plot.bottom - y);
      pen.globalAlpha = 1;
      if (!missing) return;
      pen.fillStyle = colour("vermilion");
      pen.textBaseline = "bottom";
      pen.fillText("×", x + bar / 2, Math.min(y, plot.bottom) - 1);
      pen.textBaseline = "top";
    });
    const ideal = plot.y(weight ?? 0);
    if (weight) line(pen, plot.left + cell * (mode + 0.06), ideal, plot.left + cell * (mode + 0.94), ideal, colour("ink"), 2, [3, 2]);
    if (count <= 30 || mode % 5 === 0) {
      pen.fillStyle = colour("muted");
      pen.fillText(names?.[mode] ?? String(mode + 1), plot.left + cell * (mode + 0.5), plot.bottom + 5);
    }
  });
}

/** Eigenvalues. circle: the unit circle divides them; else the imaginary axis does. Those on the wrong side are crosses. */
export function drawEigenvalues(canvas, { runs, circle }) {
  const pen = penOf(canvas);
  if (!pen) return;
  const size = letters(), all = runs.flatMap(run => run.values), [re, im] = [0, 1].map(part => Math.max(circle ? 1.15 : 0.01, ...all.map(value => Math.abs(value[part])).filter(Number.isFinite)) * 1.08);
  const width = canvas.clientWidth - 3.6 * size - 6, height = canvas.clientHeight - 2 * size - 6;
  // The circle is round. The Jacobian's parts may differ in size: its axes have their own scales.
  const x = circle ? Math.max(re, im * width / height) : re, y = circle ? x * height / width : im;
  const plot = new Frame(3.6 * size, 4, width, height, [-x, x], [-y, y]);
  plot.axes(pen, { wanted: 3 });
  plot.clip(pen, () => {
    line(pen, plot.x(0), plot.top, plot.x(0), plot.bottom, colour(circle ? "grid" : "muted"), circle ? 1 : 1.5);
    line(pen, plot.left, plot.y(0), plot.right, plot.y(0), colour("grid"));
    if (circle) {
      pen.strokeStyle = colour("muted");
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(plot.x(0), plot.y(0), plot.x(1) - plot.x(0), 0, 2 * Math.PI);
      pen.stroke();
    }
    for (const { values, first } of runs) {
      for (const [a, b] of values) mark(pen, plot.x(a), plot.y(b), grows(a, b, circle), first);
    }
  });
}

/** Whether a direction grows: outside the unit circle, or right of the imaginary axis. */
export const grows = (re, im, circle) => circle ? Math.hypot(re, im) > 1 + 1e-9 : re > 1e-9;

function mark(pen, x, y, outside, first) {
  pen.strokeStyle = colour(outside ? "vermilion" : "blue");
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = 1.5;
  pen.beginPath();
  if (outside) {
    pen.moveTo(x - 3.5, y - 3.5);
    pen.lineTo(x + 3.5, y + 3.5);
    pen.moveTo(x - 3.5, y + 3.5);
    pen.lineTo(x + 3.5, y - 3.5);
    pen.stroke();
    return;
  }
  pen.arc(x, y, 2.6, 0, 2 * Math.PI);
  if (first) pen.fill();
  else pen.stroke();
}
