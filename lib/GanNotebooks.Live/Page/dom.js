/* Elements without innerHTML: whatever comes from the engine or from a link is set as text. */

/**
 * Makes an element: make("button", { type: "button", class: "x", onclick: f }, "text", child).
 * Names that start with "on" are listeners; true and false set and remove an attribute.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const find = id => document.getElementById(id);

/** Sets a text only when it differs, so that nothing is laid out again for no change. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Saves a text as a file of the reader's. */
export function download(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Copies a text. Returns whether the browser allowed it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Opens a dialog with a head, a close button and content; Escape closes it, and focus goes back to where it was. */
export function openDialog(title, content, kind = "") {
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "✕");
  const head = make("h2", { id: "dialog-title" }, title);
  const dialog = make("dialog", { class: `dialog ${kind}`, "aria-labelledby": "dialog-title" },
    make("header", {}, head, close), make("div", { class: "dialog-body" }, content));
  const before = document.activeElement;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A sentence in the live region: screen readers speak it, and it stays readable on the page. */
export function announce(text) {
  say(find("status"), text);
}

/** A notice that stays until it is closed or replaced: an error, or something to decide. */
export function notice(text, actions = [], kind = "bad") {
  const place = find("notices");
  const close = make("button", { type: "button", class: "close", "aria-label": "Close this notice" }, "✕");
  const box = make("div", { class: `notice ${kind}` }, make("p", {}, text),
    actions.map(([label, act]) => make("button", { type: "button", onclick: () => { box.remove(); act(); } }, label)), close);
  close.addEventListener("click", () => box.remove());
  while (place.childElementCount > 1) place.firstElementChild.remove();
  place.append(box);
  return box;
}
