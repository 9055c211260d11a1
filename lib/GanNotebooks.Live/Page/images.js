/* The picture of a target of images: samples of fixed noise in a grid, and a row of data above it. */

import { letters } from "./axes.js";
import { colour } from "./palette.js";

const sheet = document.createElement("canvas");

export function drawImages(pen, width, height, { frame, view }) {
  const { samples, data } = frame?.arrays ?? {}, size = letters();
  if (!samples) return null;
  let top = 0.4 * size;
  const perRow = Math.ceil(Math.sqrt(samples.shape[0]));
  const rows = Math.ceil(samples.shape[0] / perRow), withData = view.data && data;
  const title = 1.7 * size, cell = Math.floor(Math.min((width - size) / perRow, (height - 2 * title - 2 * size) / (rows + (withData ? 1.3 : 0))));
  const left = (width - perRow * cell) / 2;
  pen.textAlign = "left";
  pen.textBaseline = "top";
  const heading = text => {
    pen.fillStyle = colour("ink");
    pen.fillText(text, left, top);
    top += title;
  };
  if (withData) {
    heading("data");
    const shown = Math.min(perRow, data.shape[0]);
    for (let i = 0; i < shown; i++) tile(pen, data, i, left + i * cell, top, cell);
    top += cell + 0.6 * size;
  }
  if (view.samples === false) return null;
  heading(`samples: G of ${samples.shape[0]} fixed z`);
  for (let i = 0; i < samples.shape[0]; i++) {
    tile(pen, samples, i, left + (i % perRow) * cell, top + Math.floor(i / perRow) * cell, cell);
  }
  return null;
}

/** One image, [C, H, W] in [-1, 1], one channel or three. */
function tile(pen, { shape: [, channels, rows, columns], values }, index, left, top, cell) {
  const inner = sheet.getContext("2d", { willReadFrequently: true });
  sheet.width = columns;
  sheet.height = rows;
  const picture = inner.createImageData(columns, rows), pixels = rows * columns, start = index * channels * pixels;
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) {
      picture.data[4 * i + c] = 127.5 * (values[start + (channels === 3 ? c * pixels : 0) + i] + 1);
    }
    picture.data[4 * i + 3] = 255;
  }
  inner.putImageData(picture, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(sheet, left + 1, top + 1, cell - 2, cell - 2);
}
