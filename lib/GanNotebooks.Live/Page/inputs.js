/* Controls of settings: a choice, a number with slider and exact box, a network, a text. Each has set(value) and element. */

import { make, say } from "./dom.js";

let count = 0;
const newId = () => `control-${++count}`;

/** The name of a part without its parameters: "R1" of "R1(gamma=1)". */
const headOf = value => value.split("(")[0];

/** The choice for a value: the same text, or the same part. R1, R2 and R1R2 are weights of one penalty, which the engine calls ZeroCentered. */
function choiceFor(values, value, settings, name) {
  if (values.includes(value)) return value;
  const [onReal, onFake] = ["OnReal", "OnFake"].map(end => Number(settings[`${name}.${end}`]) > 0);
  const head = value === "ZeroCentered" ? (onReal && onFake ? "R1R2" : onFake ? "R2" : "R1") : headOf(value);
  return values.find(each => headOf(each) === head) ?? null;
}

/** A list of choices. A value that the list does not have is shown as it is. */
export function choice(title, choices, changed, name = "") {
  const id = newId(), select = make("select", { id, onchange: () => changed(select.value) });
  for (const each of choices) select.append(make("option", { value: each.value }, each.title ?? each.value));
  return {
    input: select,
    element: make("div", { class: "control" }, make("label", { for: id }, title), select),
    set(value, settings = {}) {
      let known = choiceFor([...select.options].map(option => option.value), value, settings, name);
      if (known === null) select.append(make("option", { value: known = value }, value));
      select.value = known;
    },
  };
}

/** A switch. */
export function flag(title, changed) {
  const id = newId(), box = make("input", { type: "checkbox", id, onchange: () => changed(box.checked ? "true" : "false") });
  return {
    input: box,
    element: make("div", { class: "control flag" }, box, make("label", { for: id }, title)),
    set(value) { box.checked = /^true$/i.test(value); },
  };
}

/** A plain text. */
export function text(title, changed) {
  const id = newId(), box = make("input", { type: "text", id, spellcheck: "false", autocomplete: "off", onchange: () => changed(box.value.trim()) });
  return { input: box, element: make("div", { class: "control" }, make("label", { for: id }, title), box), set(value) { box.value = value; } };
}

const places = 200; // of a slider

/** Maps a slider's places to values: in equal steps or in equal factors. A wide range from 0 has 0 at its first place, then factors. */
export function scaleOf({ min, max, log: asked, integer }) {
  const log = asked || (!integer && min === 0 && max >= 10);
  const zero = log && min <= 0, low = log ? (min > 0 ? min : integer ? 1 : max / 1e5) : min;
  const round = value => integer ? Math.round(value) : +value.toPrecision(log ? 2 : 3);
  return {
    toValue(place) {
      if (zero && place === 0) return 0;
      const share = place / places;
      return Math.max(min, Math.min(max, round(log ? low * (max / low) ** share : min + share * (max - min))));
    },
    toPlace(value) {
      if (zero && value < low) return 0;
      const share = log ? Math.log(value / low) / Math.log(max / low) : (value - min) / (max - min);
      return Math.round(places * Math.max(0, Math.min(1, share)));
    },
  };
}

/** A number: the slider for a quick move, the box for the exact value. The value is sent when the slider is let go. */
export function number(title, setting, changed) {
  const id = newId(), integer = Boolean(setting.whole || setting.integer), scale = scaleOf({ ...setting, integer });
  const box = make("input", { type: "text", inputmode: "decimal", id, class: "exact", autocomplete: "off", spellcheck: "false" });
  const slider = make("input", { type: "range", min: 0, max: places, step: 1, "aria-label": `${title}, slider` });
  slider.hidden = setting.name === "Seed"; // no seed is near another
  const short = integer && setting.max - setting.min <= places;
  if (short) [slider.min, slider.max] = [setting.min, setting.max];
  const valueOf = () => short ? +slider.value : scale.toValue(+slider.value);
  const show = () => slider.setAttribute("aria-valuetext", box.value);
  slider.addEventListener("input", () => {
    box.value = String(valueOf());
    show();
  });
  slider.addEventListener("change", () => changed(String(valueOf())));
  box.addEventListener("change", () => changed(box.value.trim().replace("−", "-")));
  return {
    input: box, slider,
    element: make("div", { class: "control number" }, make("label", { for: id }, title), box, slider),
    set(value, settings, refused = false) {
      if (box !== document.activeElement || refused) box.value = value; // else the reader is typing
      slider.value = short ? value : scale.toPlace(Number(value));
      show();
    },
  };
}

/** Text of a network, such as "32-32 ReLU": widths of the hidden layers, and the activation. */
export function parseNetwork(value) {
  const parts = /^\s*(\d+(?:-\d+)*)\s+(\S+)\s*$/.exec(value ?? "");
  return parts && { widths: parts[1].split("-").map(Number), activation: parts[2] };
}

/** A network: a box for each hidden layer's width, buttons for more and fewer layers, and the activation. */
export function network(title, { activations, maxLayers, maxWidth }, changed) {
  let now = null;
  const name = newId(), layers = make("span", { class: "widths" }), select = make("select", { "aria-label": `${title}: activation` });
  for (const each of activations) select.append(make("option", { value: each.value ?? each }, each.title ?? each));
  const [fewer, more] = [["−", "one hidden layer less"], ["+", "one hidden layer more"]].map(([sign, label]) =>
    make("button", { type: "button", class: "small", "aria-label": `${title}: ${label}`, title: label }, sign));
  const other = make("input", { type: "text", hidden: true, "aria-labelledby": name, onchange: () => changed(other.value.trim()) });
  const send = change => {
    const next = { ...now, ...change };
    changed(`${next.widths.join("-")} ${next.activation}`);
  };
  select.addEventListener("change", () => send({ activation: select.value }));
  fewer.addEventListener("click", () => send({ widths: now.widths.slice(0, -1) }));
  more.addEventListener("click", () => send({ widths: [...now.widths, now.widths.at(-1)] }));
  const editor = make("div", { class: "network-row" }, layers, fewer, more, select);
  const sizes = make("span", { class: "quiet" });
  return {
    input: select, sizes,
    element: make("div", { class: "control network", role: "group", "aria-labelledby": name }, make("span", { class: "label", id: name }, title, " ", sizes), editor, other),
    set(value) {
      now = parseNetwork(value);
      editor.hidden = !now;
      other.hidden = Boolean(now);
      other.value = value;
      if (!now) return;
      if (layers.childElementCount !== now.widths.length) {
        layers.replaceChildren(...now.widths.map((_, i) => make("input", {
          type: "number", min: 1, max: maxWidth, "aria-label": `${title}: width of hidden layer ${i + 1}`,
          onchange: ({ target }) => {
            target.value = Math.max(1, Math.min(maxWidth, Math.round(+target.value) || now.widths[i]));
            send({ widths: now.widths.map((width, j) => j === i ? +target.value : width) });
          },
        })));
      }
      now.widths.forEach((width, i) => { if (layers.children[i] !== document.activeElement) layers.children[i].value = width; });
      if (![...select.options].some(option => option.value === now.activation)) select.append(make("option", {}, now.activation));
      select.value = now.activation;
      fewer.disabled = now.widths.length <= 1;
      more.disabled = now.widths.length >= maxLayers;
    },
  };
}

/** The control that fits a setting of the catalog. */
export function controlOf(setting, networks, changed) {
  switch (setting.kind) {
    case "choice": return choice(setting.title, setting.choices ?? [], changed, setting.name);
    case "flag": case "boolean": return flag(setting.title, changed);
    case "number": return number(setting.title, setting, changed);
    case "network": return network(setting.title, networks, changed);
    default: return text(setting.title, changed);
  }
}

/** Marks a control as refused, with the engine's sentence under it, until it is changed again. */
export function refuse(control, message) {
  let line = control.element.querySelector(".refused");
  if (!message) {
    line?.remove();
    control.input.removeAttribute("aria-invalid");
    return;
  }
  if (!line) control.element.append(line = make("p", { class: "refused", role: "alert" }));
  say(line, message);
  control.input.setAttribute("aria-invalid", "true");
}
