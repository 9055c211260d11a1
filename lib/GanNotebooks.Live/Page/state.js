/* The state of a run in the address, as base64url of its JSON, and what the page remembers until its tab is closed. */

const own = "gan-notebooks-lab-hash"; // what this tab wrote itself: the engine knows it already

export function encode(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  let letters = "";
  for (let i = 0; i < bytes.length; i += 4096) letters += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The state of an encoded text; an error with a sentence for the reader when it is none. */
export function decode(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), letter => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error("The address holds a state that cannot be read. It may have been cut when it was copied.");
  }
}

/** Reads a state that a reader pasted: JSON, or an address that holds one. */
export function readPasted(text) {
  const inAddress = /[#&]s=([\w-]+)/.exec(text);
  if (inAddress) return decode(inAddress[1]);
  try {
    const state = JSON.parse(text);
    if (state && typeof state === "object" && !Array.isArray(state)) return state;
  } catch { /* told below */ }
  throw new Error("This is neither the JSON of a state nor an address that holds one.");
}

/** The fragment for the present runs; the teacher's options stay. */
export function fragmentOf(runs, options) {
  const parts = new URLSearchParams();
  for (const name of ["hide", "present"]) if (options[name]) parts.set(name, options[name]);
  for (const run of runs) if (run.state) parts.set(run.id === "A" ? "s" : "b", encode(run.state));
  return parts.toString();
}

/** Writes the fragment without a new entry in the history. */
export function writeFragment(fragment) {
  if (fragment.length > 200_000) return; // a browser has its limits; the file has none
  try {
    history.replaceState(null, "", `#${fragment}`);
    sessionStorage.setItem(own, fragment);
  } catch { /* the browser refuses: the link of the dialog still works */ }
}

/** Whether the fragment came from this tab's own last visit, and not from a link. */
export function isOwnFragment() {
  try {
    return sessionStorage.getItem(own) === location.hash.slice(1);
  } catch {
    return false;
  }
}
