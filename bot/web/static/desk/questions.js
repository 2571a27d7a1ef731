// Keys for the list of questions, while one of its groups has the focus.
import { findAll } from "./page.js";

const list = document.getElementById("groups");
/** @type {Record<string, number>} */
const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The first thing in a group that takes the focus. */
function focusOn(/** @type {Element | null | undefined} */ group) {
  const [first] = group ? findAll("summary, button", group) : [];
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

function move(/** @type {Element} */ from, /** @type {number} */ by) {
  const all = findAll(".group", list ?? document);
  focusOn(all[all.findIndex((one) => one === from) + by]);
}

/** Do what a number stands for: go to its field, follow its link, or press its button. */
function decide(/** @type {Element} */ group, /** @type {string} */ number) {
  const [way] = findAll(`[data-way="${number}"]`, group);
  if (!way) return;
  group.querySelector("details")?.setAttribute("open", "");
  if (way.matches("a, button")) way.click();
  else way.focus();
}

list?.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  const group = target.closest(".group");
  const typing = target.matches("input:not([type=checkbox]), select, textarea");
  if (!group || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = MOVES[event.key];
  if (by) move(group, by);
  else if ("1234".includes(event.key)) decide(group, event.key);
  else return;
  event.preventDefault();
});

// What had the focus is gone with the group that was decided: go on with the next one.
list?.addEventListener("htmx:afterSettle", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  const place = document.getElementById(detail.target?.id ?? "");
  if (!place || document.activeElement !== document.body) return;
  const next = place.classList.contains("settled") ? place.nextElementSibling : place;
  focusOn(next?.classList.contains("group") ? next : place);
});
