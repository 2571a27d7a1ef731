// Ask by keyboard: what is found is walked through with the arrows, copied, or put into a reply.

const UNREACHED = "The site can't be reached. What is shown may be old.";
const COPIED = "Copied, with its source.";
const search = /** @type {HTMLInputElement | null} */ (document.querySelector("#words"));

/**
 * @param {Element | null} from
 * @returns {HTMLElement | null} the search that an element belongs to, with all that it found
 */
const whole = (from) => /** @type {HTMLElement | null} */ (from?.closest("[data-asking], [data-into]") ?? null);

/** @param {Element} around @returns {HTMLElement[]} */
const choices = (around) => [...around.querySelectorAll("[data-choice]")].map((one) => /** @type {HTMLElement} */ (one));

/** @param {Element} around @returns {HTMLInputElement | null} */
const field = (around) => around.querySelector("[data-search]");

/** @param {string} text tell it to whoever looks and whoever listens */
const tell = (text) => {
  for (const place of document.querySelectorAll("[data-trouble]")) place.textContent = text;
};

/** @param {EventTarget | null} target @returns {boolean} whether somebody writes there */
const isWriting = (target) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type));

/** Empty the search and everything below it. */
const beginAnew = (/** @type {HTMLInputElement} */ input) => {
  input.value = "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
};

/** @param {HTMLElement} around @param {Element} from @param {number} step */
const walk = (around, from, step) => {
  const all = choices(around);
  const place = all.findIndex((one) => one === from) + step;
  const next = place < 0 ? field(around) : all[Math.min(place, all.length - 1)];
  next?.focus();
};

/** @param {HTMLElement} textarea @param {string} text */
const insert = (textarea, text) => {
  if (!(textarea instanceof HTMLTextAreaElement)) return;
  const { selectionStart: start, selectionEnd: end, value } = textarea;
  const before = value.slice(0, start).trimEnd();
  const after = value.slice(end).trimStart();
  textarea.setRangeText(`${before && "\n\n"}${text}${after && "\n\n"}`, before.length, value.length - after.length, "end");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
  textarea.focus();
};

const toCopy = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-copy]"))?.dataset["copy"] ?? "";

const isAnythingSelected = () => {
  const at = document.activeElement;
  if (at instanceof HTMLInputElement && at.selectionStart !== at.selectionEnd) return true;
  return !(document.getSelection()?.isCollapsed ?? true);
};

const copy = async () => {
  try {
    await navigator.clipboard.writeText(toCopy());
    tell(COPIED);
  } catch {
    // Where the site is reached without https there is no clipboard but by this event.
    document.getSelection()?.removeAllRanges();
    if (!document.execCommand("copy")) tell("It could not be copied. Mark the text and copy it by hand.");
  }
};

document.addEventListener("copy", (event) => {
  if (!toCopy() || isAnythingSelected()) return;
  event.clipboardData?.setData("text/plain", toCopy());
  event.preventDefault();
  tell(COPIED);
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  const around = whole(target);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || event.isComposing) return;
  if (event.key === "/" && search && !isWriting(target)) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  const input = around ? field(around) : search;
  if (event.key === "Escape" && input) {
    event.preventDefault();
    beginAnew(input);
    return;
  }
  const isChoice = target.matches("[data-choice]");
  if (!around || !(isChoice || target === input)) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isChoice || event.key === "ArrowDown") walk(around, target, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !isChoice && around.matches("[data-into]")) {
    event.preventDefault();
    choices(around)[0]?.click();
  } else if (isChoice && event.key.length === 1 && event.key !== " ") {
    // Whoever types on goes on with the question.
    input?.focus();
  }
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-copies]")) void copy();
  const chosen = /** @type {HTMLElement | null} */ (target.closest("[data-insert]"));
  const textarea = chosen && document.getElementById(whole(chosen)?.dataset["into"] ?? "");
  if (textarea) insert(textarea, chosen.dataset["insert"] ?? "");
});

/** The button that copies is of no use without this script. */
const showCopying = () => {
  for (const button of document.querySelectorAll("[data-copies]")) button.removeAttribute("hidden");
};

document.addEventListener("htmx:afterSwap", () => {
  tell("");
  showCopying();
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => tell(UNREACHED));
document.addEventListener("htmx:responseError", () => tell("That did not work. Type on, or load the page again."));
showCopying();
