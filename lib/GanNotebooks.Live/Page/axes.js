/* What all pictures share: a sharp canvas, places for numbers, axes, marks of points, arrows. */

import { colour } from "./palette.js";
import { tick, ticks } from "./format.js";

/** Letters of canvases follow the page: presenter mode has larger ones. */
export const letters = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--canvas-letters")) || 12;

export const font = (size = letters()) => `${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif`;

/** Fits a canvas to its place and the screen's pixels. Returns its pen, cleared, in CSS pixels; null while it has no place. */
export function penOf(canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight, ratio = Math.min(3, window.devicePixelRatio || 1);
  if (!width || !height) return null;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.setLineDash([]);
  pen.lineWidth = 1;
  pen.globalAlpha = 1;
  pen.font = font();
  return pen;
}

/** A rectangle of the canvas with a range of numbers in each direction. */
export class Frame {
  constructor(left, top, width, height, [x0, x1], [y0, y1]) {
    Object.assign(this, { left, top, width, height, x0, x1, y0, y1 });
  }

  x = value => this.left + (value - this.x0) / (this.x1 - this.x0) * this.width;
  y = value => this.top + this.height - (value - this.y0) / (this.y1 - this.y0) * this.height;
  valueX = place => this.x0 + (place - this.left) / this.width * (this.x1 - this.x0);
  valueY = place => this.y0 + (this.top + this.height - place) / this.height * (this.y1 - this.y0);
  get right() { return this.left + this.width; }
  get bottom() { return this.top + this.height; }

  contains = (x, y) => x >= this.left && x <= this.right && y >= this.top && y <= this.bottom;

  clip(pen, draw) {
    pen.save();
    pen.beginPath();
    pen.rect(this.left, this.top, this.width, this.height);
    pen.clip();
    draw();
    pen.restore();
  }

  /** Border, tick numbers and titles of both axes. */
  axes(pen, { x = "", y = "", xTicks = true, yTicks = true, lines = false, wanted } = {}) {
    const size = letters();
    pen.font = font();
    pen.textBaseline = "top";
    pen.textAlign = "center";
    pen.lineWidth = 1;
    for (const value of ticks(this.x0, this.x1, wanted ?? Math.max(2, Math.min(7, this.width / (5 * size))))) {
      const at = Math.round(this.x(value)) + 0.5;
      if (lines) line(pen, at, this.top, at, this.bottom, colour("grid"));
      line(pen, at, this.bottom, at, this.bottom + 4, colour("muted"));
      pen.fillStyle = colour("muted");
      if (xTicks) pen.fillText(tick(value), at, this.bottom + 6);
    }
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of yTicks ? ticks(this.y0, this.y1, Math.max(2, Math.min(7, this.height / (2.6 * size)))) : []) {
      const at = Math.round(this.y(value)) + 0.5;
      if (lines) line(pen, this.left, at, this.right, at, colour("grid"));
      line(pen, this.left - 4, at, this.left, at, colour("muted"));
      pen.fillStyle = colour("muted");
      pen.fillText(tick(value), this.left - 6, at);
    }
    pen.strokeStyle = colour("muted");
    pen.strokeRect(Math.round(this.left) + 0.5, Math.round(this.top) + 0.5, Math.round(this.width) - 1, Math.round(this.height) - 1);
    pen.fillStyle = colour("ink");
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    if (x) pen.fillText(x, this.left + this.width / 2, this.bottom + 2.6 * size + 4);
    if (!y) return;
    pen.save();
    pen.translate(this.left - 2.9 * size, this.top + this.height / 2);
    pen.rotate(-Math.PI / 2);
    pen.fillText(y, 0, 0);
    pen.restore();
  }
}

export function line(pen, x0, y0, x1, y1, stroke, width = 1, dash = []) {
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
  pen.setLineDash([]);
}

/** A curve through numbers; a number that is not finite leaves a gap. */
export function curve(pen, frame, count, x, y, stroke, width = 2, dash = []) {
  pen.strokeStyle = stroke;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.setLineDash(dash);
  pen.beginPath();
  let drawn = false;
  for (let i = 0; i < count; i++) {
    const value = y(i);
    if (!Number.isFinite(value)) {
      drawn = false;
      continue;
    }
    const [px, py] = [frame.x(x(i)), frame.y(value)];
    if (drawn) pen.lineTo(px, py);
    else pen.moveTo(px, py);
    drawn = true;
  }
  pen.stroke();
  pen.setLineDash([]);
}

/** Marks of the roles: data are circles, samples are diamonds, so that no colour stands alone. */
export function marks(pen, kind, places, radius, fill, rim = null) {
  const points = [...places], ratio = pen.getTransform().a;
  if (rim) stamp(pen, points, stampOf(kind, radius, rim, Math.max(1, radius / 1.6), ratio));
  stamp(pen, points, stampOf(kind, radius, fill, 0, ratio));
}

// Copies of a small picture instead of one path of a thousand marks: without a GPU the page draws 25 pictures in a second in place of 23.6.
const stamps = new Map();

function stampOf(kind, radius, colour, rim, ratio) {
  const key = [kind, radius, colour, rim, ratio].join(" ");
  if (stamps.has(key)) return stamps.get(key);
  const r = kind === "circle" ? radius : radius * 1.25, half = Math.ceil((r + rim) * ratio) + 1;
  const picture = document.createElement("canvas"), pen = picture.getContext("2d");
  picture.width = picture.height = 2 * half;
  pen.setTransform(ratio, 0, 0, ratio, half, half);
  pen.beginPath();
  if (kind === "circle") {
    pen.arc(0, 0, r, 0, 2 * Math.PI);
  } else {
    pen.moveTo(0, -r);
    pen.lineTo(r, 0);
    pen.lineTo(0, r);
    pen.lineTo(-r, 0);
    pen.closePath();
  }
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = rim;
  if (rim) pen.stroke();
  else pen.fill();
  if (stamps.size > 200) stamps.clear(); // sizes follow the window
  stamps.set(key, picture);
  return picture;
}

// In the screen's own pixels, so that a copy needs no smoothing.
function stamp(pen, points, picture) {
  const half = picture.width / 2, { a, d, e, f } = pen.getTransform();
  pen.save();
  pen.resetTransform();
  for (const [x, y] of points) pen.drawImage(picture, Math.round(a * x + e) - half, Math.round(d * y + f) - half);
  pen.restore();
}

/** An arrow; the three losses have heads of three kinds. */
export function arrow(pen, x0, y0, x1, y1, { stroke, head, width = 1.6, dash = [] }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0.7)) return;
  line(pen, x0, y0, x1, y1, stroke, width, dash);
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length], size = Math.min(7, 2 + length * 0.4);
  pen.beginPath();
  if (head === "bar") {
    pen.moveTo(x1 - uy * size * 0.6, y1 + ux * size * 0.6);
    pen.lineTo(x1 + uy * size * 0.6, y1 - ux * size * 0.6);
    pen.stroke();
    return;
  }
  pen.moveTo(x1 - ux * size - uy * size * 0.5, y1 - uy * size + ux * size * 0.5);
  pen.lineTo(x1, y1);
  pen.lineTo(x1 - ux * size + uy * size * 0.5, y1 - uy * size - ux * size * 0.5);
  if (head === "filled") {
    pen.fillStyle = stroke;
    pen.fill();
  } else {
    pen.stroke();
  }
}
