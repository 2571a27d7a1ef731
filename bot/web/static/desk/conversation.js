// Keeps an open conversation up to date, says that its holder is still there, and keeps the draft.
import { follow } from "./line.js";

const RENEW = 30_000; // milliseconds
const talk = document.querySelector(".talk");
const log = document.getElementById("log");
const standing = document.getElementById("standing");
const composer = document.getElementById("composer");
const text = document.getElementById("text");
const hint = document.getElementById("refusal");
const { base, csrf } = talk.dataset;
const usual = "Ctrl and Enter sends it. Whoever sends takes the conversation over.";

const frame = log.parentElement;
const isAtEnd = () => frame.scrollHeight - frame.scrollTop - frame.clientHeight < 80;
const toEnd = () => { frame.scrollTop = frame.scrollHeight; };

let isFetching = false;
let isStale = false;

/** Fetch what came since the last line; one request after the other, so that no line comes twice. */
async function fetchNews() {
  if (isFetching) {
    isStale = true;
    return;
  }
  isFetching = true;
  const stay = isAtEnd();
  try {
    do {
      isStale = false;
      const last = log.lastElementChild?.dataset.seq ?? "0";
      await htmx.ajax("GET", `${base}/news?after=${last}`, { target: "#log", swap: "beforeend" });
    } while (isStale);
  } finally {
    isFetching = false;
  }
  if (stay) toEnd();
  mayWrite();
}

/** Somebody else may have taken the conversation: say so, and leave what was typed. */
function mayWrite() {
  const { refusal } = standing.firstElementChild.dataset;
  hint.textContent = refusal || usual;
  for (const button of document.querySelectorAll(".composer .button, .quick .button")) button.disabled = Boolean(refusal);
}

const isMine = () => standing.firstElementChild.dataset.mine === "yes";

setInterval(async () => {
  if (!isMine()) return;
  const answer = await fetch(`${base}/renew`, { method: "POST", body: new URLSearchParams({ csrf }) }).catch(() => null);
  if (answer && answer.status === 409) fetchNews();
}, RENEW);

// The draft outlives a session that is over, and goes when it was sent or the window is closed.
const draft = `draft-${text.dataset.draft}`;
if (!text.value) text.value = sessionStorage.getItem(draft) ?? "";
text.addEventListener("input", () => sessionStorage.setItem(draft, text.value));
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.value.trim()) {
    event.preventDefault();
    composer.requestSubmit(composer.querySelector("button"));
  }
});
if (new URLSearchParams(location.search).get("done") === "answered") {
  // Only what was sent: a button's message leaves the draft.
  if (sessionStorage.getItem(`${draft}-sent`) === text.value) {
    sessionStorage.removeItem(draft);
    text.value = "";
  }
}
sessionStorage.removeItem(`${draft}-sent`);
composer.addEventListener("submit", () => sessionStorage.setItem(`${draft}-sent`, text.value));
if (location.search) history.replaceState(null, "", location.pathname);

toEnd();
mayWrite();
follow(`${base}/stream`, talk.dataset.cursor, fetchNews);
