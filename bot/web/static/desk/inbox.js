// Keeps the list up to date, and calls somebody when a patient waits or tells of an emergency.
import { follow } from "./line.js";
import { find, findAll } from "./page.js";

const rows = find("#rows");
const title = document.title;

const calls = () => new Set(findAll("[data-call]", rows).map((row) => row.dataset["call"]));
let known = calls();

function count() {
  document.title = known.size ? `(${known.size}) ${title}` : title;
}

/** Two short tones; a browser lets us only after somebody has pressed something on the page. */
function beep() {
  const audio = new AudioContext();
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const begin = audio.currentTime + index * 0.18;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.17);
  }
  setTimeout(() => audio.close(), 1000);
}

/** @param {number} number of patients who need somebody since the last look */
function call(number) {
  const words = number === 1 ? "A patient needs somebody" : `${number} patients need somebody`;
  find("#told").textContent = words;
  if (isOn("sound")) beep();
  // Without a name or a word of the patient: others see the screen.
  if (isOn("notices") && document.hidden) new Notification(words, { tag: "desk" });
}

/** @param {string} name */
const isOn = (name) => localStorage.getItem(`desk-${name}`) === "on";

/**
 * Let a button switch a way of calling on and off.
 * @param {string} name
 * @param {() => Promise<boolean>} allowed
 */
function way(name, allowed) {
  const node = find(`#${name}`);
  const show = () => node.setAttribute("aria-pressed", String(isOn(name)));
  node.addEventListener("click", async () => {
    const wanted = !isOn(name) && (await allowed());
    localStorage.setItem(`desk-${name}`, wanted ? "on" : "off");
    show();
    if (wanted && name === "sound") beep();
  });
  show();
}

if (rows.dataset["list"]) {
  const cursor = rows.dataset["cursor"] ?? "";
  follow("/desk/inbox/stream", cursor, () => htmx.trigger(document.body, "news"));
  document.body.addEventListener("htmx:afterSwap", () => {
    const now = calls();
    const fresh = [...now].filter((id) => !known.has(id));
    known = now;
    count();
    if (fresh.length) call(fresh.length);
  });
  find(".calls").hidden = false;
  way("sound", async () => true);
  way("notices", async () => "Notification" in window && (await Notification.requestPermission()) === "granted");
  count();
}
