/* The picture of a target on a line: densities, D and D* below each other, and how G maps z to x (Goodfellow et al. 2014, figure 1). */

import { arrow, curve, Frame, letters, line } from "./axes.js";
import { arrowKinds, colour } from "./palette.js";
import { arrowScale, longestArrow } from "./plane.js";

/** Places on the grid of 400: the middles of equal cells. */
const gridX = ([x0, x1], count) => i => x0 + (i + 0.5) / count * (x1 - x0);

export function lineFrames(width, height, box, arrows) {
  const size = letters(), left = 4.4 * size, right = 1.2 * size, inner = width - left - right;
  const top = 0.6 * size, bottom = 3.2 * size, gap = 1.1 * size, strip = (arrows ? 6.2 : 4.2) * size;
  const rest = height - top - bottom - strip - 3 * gap, upper = 0.55 * rest, lower = rest - upper, x = [box[0], box[1]];
  return {
    density: new Frame(left, top, inner, upper, x, [0, 1.08 * box[3]]),
    judge: new Frame(left, top + upper + gap, inner, lower, x, [0, 1]),
    strip: new Frame(left, top + upper + lower + 2.6 * gap, inner, strip, x, [0, 1]),
  };
}

export function drawLine(pen, width, height, { run, frame, view, phase }) {
  const arrows = arrowKinds.some(kind => view[kind.key]);
  const { density, judge, strip } = lineFrames(width, height, run.target.box, arrows);
  for (const plot of [density, judge]) {
    pen.fillStyle = colour("paper");
    pen.fillRect(plot.left, plot.top, plot.width, plot.height);
  }
  density.axes(pen, { y: "density", xTicks: false });
  judge.axes(pen, { y: "D(x)", xTicks: false });
  line(pen, judge.left, judge.y(0.5), judge.right, judge.y(0.5), colour("muted"), 1, [2, 3]);
  const { arrays } = frame ?? { arrays: {} };
  density.clip(pen, () => {
    if (view.samples && arrays.samples) histogram(pen, density, arrays.samples);
    drawCurve(pen, density, arrays.q, "green", 2.5, []);
    drawCurve(pen, density, arrays.p, "ink", 2, [2, 3]);
  });
  judge.clip(pen, () => {
    drawCurve(pen, judge, arrays.dstar, "vermilion", 2, [7, 3, 2, 3]);
    drawCurve(pen, judge, arrays.d, "blue", 2.2, [7, 4]);
    if (view.field === "error") drawCurve(pen, judge, arrays.error, "violet", 2, []);
  });
  // Letters beside the curves: they can be told apart without colours.
  named(pen, density, arrays.p, "p", "ink", 0.25);
  named(pen, density, arrays.q, "q", "green", 0.5);
  named(pen, judge, arrays.dstar, "D*", "vermilion", 0.16);
  named(pen, judge, arrays.d, "D", "blue", 0.84);
  drawStrip(pen, strip, frame, view, phase);
  return density;
}

function drawCurve(pen, plot, array, name, width, dash) {
  if (!array) return;
  const count = array.values.length;
  curve(pen, plot, count, gridX([plot.x0, plot.x1], count), i => array.values[i], colour(name), width, dash);
}

function named(pen, plot, array, text, name, share) {
  if (!array) return;
  const i = Math.floor(share * array.values.length), x = plot.x(gridX([plot.x0, plot.x1], array.values.length)(i));
  pen.font = `italic 600 ${letters() + 2}px Cambria, Georgia, "Liberation Serif", serif`;
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  const y = Math.max(plot.top + letters() + 4, Math.min(plot.bottom - 2, plot.y(array.values[i]) - 5));
  pen.lineWidth = 4;
  pen.strokeStyle = colour("paper");
  pen.strokeText(text, x, y);
  pen.fillStyle = colour(name);
  pen.fillText(text, x, y);
}

/** The samples as bars of a fixed width. */
function histogram(pen, plot, { values }) {
  const bins = 60, width = (plot.x1 - plot.x0) / bins, counts = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.floor((value - plot.x0) / width);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  pen.fillStyle = colour("green");
  pen.globalAlpha = 0.22;
  counts.forEach((count, bin) => {
    const top = plot.y(count / values.length / width);
    pen.fillRect(plot.x(plot.x0 + bin * width) + 0.5, top, plot.x(width + plot.x0) - plot.left - 1, plot.bottom - top);
  });
  pen.globalAlpha = 1;
}

/** Below: z above, x under it, G as lines between them; data and samples as ticks; arrows in a row for each loss. */
function drawStrip(pen, plot, frame, view, phase) {
  const { arrays } = frame ?? { arrays: {} }, size = letters(), warp = view.warp && arrays.warp?.shape.length === 2 ? arrays.warp.values : null;
  const zLine = plot.top + 2, xLine = plot.top + 2.6 * size, kinds = arrowKinds.filter(kind => view[kind.key] && arrays[kind.array]);
  plot.clip(pen, () => {
    const inside = x => plot.x(x);
    if (warp) {
      line(pen, plot.left, zLine, plot.right, zLine, colour("muted"));
      warp.forEach((x, i) => line(pen, plot.left + (i + 0.5) / warp.length * plot.width, zLine, inside(x), xLine, colour("green"), 1));
    }
    const rug = (values, name, from, to) => values.forEach(x => line(pen, inside(x), xLine + from, inside(x), xLine + to, colour(name), 1));
    if (!warp && view.data && arrays.data && !phase) rug(arrays.data.values.slice(0, 200), "ink", -1.1 * size, -2);
    if (view.samples && arrays.samples && !phase) rug(arrays.samples.values.slice(0, 200), "green", 2, 1.1 * size);
    for (const [x] of phase?.arrays?.points ?? []) line(pen, inside(x), xLine - 1.6 * size, inside(x), xLine - 2, colour("ink"), 2);
    for (const [x] of phase?.arrays?.fakes ?? []) line(pen, inside(x), xLine + 2, inside(x), xLine + 1.6 * size, colour("green"), 2);
    const scale = longestArrow * (plot.x1 - plot.x0) / (frame ? arrowScale(frame) || 1 : 1);
    kinds.forEach((kind, row) => {
      const y = xLine + (1.7 + 0.9 * row) * size;
      arrays.arrowsAt?.values.forEach((x, i) => arrow(pen, inside(x), y, inside(x + scale * arrays[kind.array].values[i]), y,
        { stroke: colour(kind.colour), head: kind.head, dash: kind.dash }));
    });
    phaseArrows(pen, plot, phase, xLine + 2.2 * size);
  });
  line(pen, plot.left, xLine, plot.right, xLine, colour("muted"));
  pen.fillStyle = colour("muted");
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  if (warp) pen.fillText("z", plot.left - 6, zLine + 4);
  pen.fillText("x", plot.left - 6, xLine);
  new Frame(plot.left, plot.top, plot.width, plot.height, [plot.x0, plot.x1], [0, 1]).axes(pen, { x: "x", yTicks: false });
}

function phaseArrows(pen, plot, phase, y) {
  const arrows = phase?.arrays?.arrows ?? [], longest = Math.max(1e-12, ...arrows.map(a => Math.abs(a[2] ?? a[1])));
  for (const [x, second, third] of arrows) {
    const dx = third ?? second;
    arrow(pen, plot.x(x), y, plot.x(x + dx / longest * longestArrow * (plot.x1 - plot.x0)), y, { stroke: colour("purple"), head: "filled", width: 2 });
  }
}
