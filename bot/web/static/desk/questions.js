// Keys for the list of questions, while one of its groups has the focus.

const list = document.getElementById("groups");
const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const groups = () => [...list.querySelectorAll(".group")];
const groupOf = (/** @type {Element} */ node) => node.closest(".group");

/** The first thing in a group that takes the focus. */
function focusOn(/** @type {Element | undefined} */ group) {
  const first = group?.querySelector("summary, button");
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

function move(/** @type {Element} */ from, /** @type {number} */ by) {
  const all = groups();
  focusOn(all[all.indexOf(from) + by]);
}

/** Do what a number stands for: go to its field, follow its link, or press its button. */
function decide(/** @type {Element} */ group, /** @type {string} */ number) {
  const way = group.querySelector(`[data-way="${number}"]`);
  if (!way) return;
  group.querySelector("details").open = true;
  if (way.matches("a, button")) way.click();
  else way.focus();
}

list?.addEventListener("keydown", (event) => {
  const group = groupOf(event.target);
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (!group || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in MOVES) move(group, MOVES[event.key]);
  else if ("1234".includes(event.key)) decide(group, event.key);
  else return;
  event.preventDefault();
});

// What had the focus is gone with the group that was decided: go on with the next one.
list?.addEventListener("htmx:afterSettle", (event) => {
  const place = document.getElementById(event.detail.target?.id ?? "");
  if (!place || document.activeElement !== document.body) return;
  const next = place.classList.contains("settled") ? place.nextElementSibling : place;
  focusOn(next?.classList.contains("group") ? next : place);
});
