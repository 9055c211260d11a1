/* The colours of the book's figures (Plotting/figures.js, after Okabe and Ito 2008): a role has one colour, one mark and one dash. */

const pairs = {
  ink: ["#222222", "#e8e8e8"], muted: ["#6b6b6b", "#a3a3a3"], grid: ["#dddddd", "#444444"], paper: ["#ffffff", "#1e1e1e"],
  blue: ["#0072b2", "#5cb3f2"], vermilion: ["#d55e00", "#ff9a5c"], green: ["#008f68", "#3fd3a4"],
  purple: ["#b04a86", "#f09acb"], olive: ["#857000", "#dcc544"], sky: ["#2f86ba", "#a6dcff"], brown: ["#7a4a2b", "#d8a888"],
  violet: ["#5f49b0", "#b9a8fa"],
};
const ramps = {
  // 0 blue, 1/2 neutral, 1 orange: MapScale.Probability of the book.
  probability: [["#08519c", "#7fb3dc", "#f4f4f2", "#f7b877", "#e07b00"], ["#4a9fe8", "#36648f", "#3b3b3d", "#8a5a2c", "#ff9d3c"]],
  error: [["#ffffff", "#d9d2f2", "#9c8bdb", "#5f49b0", "#2f1f75"], ["#1e1e1e", "#3b3266", "#6552b8", "#9a86f2", "#e3dbff"]],
  data: [["#ffffff", "#d4d4d2", "#a3a3a0", "#6f6f6c", "#333331"], ["#1e1e1e", "#444446", "#77777a", "#adadb0", "#f0f0f0"]],
  made: [["#ffffff", "#c4e8dc", "#74c9ab", "#2a9e7a", "#00573f"], ["#1e1e1e", "#12483a", "#1c7d62", "#2fb38a", "#9ff5d8"]],
};
let dark = false;
const tables = new Map();

export function setDark(value) {
  dark = value;
  tables.clear();
}

export const isDark = () => dark;

/** A colour of the palette in the page's theme. */
export const colour = name => pairs[name][dark ? 1 : 0];

export const rampStops = name => ramps[name][dark ? 1 : 0];

const channels = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));

/** 256 colours of a ramp, red, green, blue after each other. */
export function ramp(name) {
  if (tables.has(name)) return tables.get(name);
  const stops = rampStops(name).map(channels), table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = i / 255 * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(place)), share = place - low;
    for (let c = 0; c < 3; c++) table[3 * i + c] = stops[low][c] + share * (stops[low + 1][c] - stops[low][c]);
  }
  tables.set(name, table);
  return table;
}

/** Colours, dashes and heads of the three losses' arrows. The heads differ too. */
export const arrowKinds = [
  { key: "saturating", array: "arrowsSaturating", title: "saturating", colour: "purple", head: "open", dash: [3, 2] },
  { key: "nonSaturating", array: "arrowsNonSaturating", title: "non-saturating", colour: "brown", head: "filled", dash: [] },
  { key: "chosen", array: "arrowsChosen", title: "the chosen loss", colour: "ink", head: "bar", dash: [] },
];
