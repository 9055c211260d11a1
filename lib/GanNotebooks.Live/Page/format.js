/* Numbers as a reader likes to see them. */

/** A value with some significant digits: 0.0041, 1.386, 12,300, 2.0e-7. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return "not finite";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-4) return value.toExponential(Math.max(0, digits - 2)).replace("e+", "e").replace("-", "−").replace("e-", "e−");
  if (size >= 1000) return whole(value);
  const places = Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(size))));
  return value.toFixed(places).replace("-", "−");
}

/** A value with a fixed number of places, for numbers that change while one looks at them. */
export function fixed(value, places = 3) {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return "not finite";
  const text = value.toFixed(places);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

export const whole = value => Math.round(value).toLocaleString("en").replace("-", "−");

export const percent = value => value === null || value === undefined || !Number.isFinite(value) ? "–" : `${(100 * value).toFixed(1)} %`;

/** Round values that divide a range into some four parts. */
export function ticks(from, to, wanted = 5) {
  const raw = (to - from) / wanted, power = 10 ** Math.floor(Math.log10(raw)), share = raw / power;
  const step = power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10), result = [];
  if (!(step > 0) || !Number.isFinite(step)) return result;
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) result.push(i === 0 ? 0 : +(i * step).toPrecision(12));
  return result;
}

/** The next number of the kind 1, 2, 5, 10, 20, ...: the end of a time line does not move at each step. */
export function roundUp(value) {
  if (value <= 100) return 100;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 5, 7, 10].map(share => share * power).find(end => end >= value);
}

/** A tick's number. */
export const tick = value => Math.abs(value) >= 1000 ? (value % 1000 === 0 ? `${value / 1000}k` : whole(value)) : String(+value.toPrecision(6)).replace("-", "−");
