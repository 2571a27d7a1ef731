// What was said, line by line, and the reader's place in it.

import { el } from "./dom.js";
import { patientLine, replyLine } from "./message.js";

const SHORT_GAP = 1500;

export class Transcript {
  /** @param {Parts} parts @param {Clinic} clinic @param {Acts} act */
  constructor(parts, clinic, act) {
    this.parts = parts;
    this.clinic = clinic;
    this.act = act;
    /** @type {Map<string, HTMLElement>} what waits to be delivered, by its key */
    this.waiting = new Map();
    /** @type {HTMLElement | undefined} what the patient said last */
    this.latest = undefined;
    // Nobody knows when a person will write.
    this.isAnswered = true;
    this.isWaiting = false;
  }

  /** @param {Entry[]} entries @param {"new" | "history" | "earlier"} how */
  show(entries, how) {
    const { log, lines, scroll } = this.parts;
    // What was said before is not read out again.
    log.setAttribute("aria-live", how === "new" ? "polite" : "off");
    const fromEnd = scroll.scrollHeight - scroll.scrollTop;
    if (how === "new") entries.forEach((entry) => this.add(this.line(entry)));
    else {
      const nodes = entries.map((entry) => this.line(entry));
      if (how === "earlier") lines.prepend(...nodes);
      else lines.replaceChildren(...nodes, ...this.waiting.values());
    }
    if (how !== "earlier") this.wait(this.waiting.size > 0 || entries.at(-1)?.author === "patient");

    if (how === "new" && this.latest?.isConnected) this.bringUp(this.latest);
    // Who reads further up stays there.
    else if (how !== "new" || fromEnd - scroll.clientHeight < 80) this.jump(how === "earlier" ? fromEnd : 0);
  }

  // Above what waits to be delivered; a line that stands there already isn't moved, nor read again.
  /** @param {HTMLElement} line */
  add(line) {
    const [next = null] = this.waiting.values();
    if (!line.isConnected || line.nextSibling !== next) this.parts.lines.insertBefore(line, next);
  }

  /** @param {Entry} entry */
  line(entry) {
    if (entry.author !== "patient") return replyLine(entry, this.clinic, this.act);
    const key = entry.key ?? "";
    const sent = this.waiting.get(key);
    this.waiting.delete(key);
    return sent ?? patientLine(entry.message.text, this.clinic);
  }

  /** @param {boolean} thereAre */
  earlier(thereAre) {
    const { earlier, scroll } = this.parts;
    if (!thereAre && earlier.matches(":focus")) scroll.focus();
    earlier.hidden = !thereAre;
  }

  /** @param {Unsent} message */
  sending({ key, shown }) {
    const line = patientLine(shown, this.clinic);
    line.classList.add("sending");
    this.waiting.set(key, line);
    this.parts.log.setAttribute("aria-live", "polite");
    this.parts.lines.append(line);
    this.wait(true);
    this.bringUp(line);
    // A short gap, as when a train passes a tunnel, isn't worth a word.
    setTimeout(() => line.classList.contains("sending") && this.explain(line, this.clinic.words.unsent), SHORT_GAP);
  }

  /** @param {Unsent} message */
  kept({ key }) {
    const line = this.waiting.get(key);
    line?.classList.remove("sending");
    line?.querySelector(".why")?.remove();
    return line;
  }

  /** @param {Unsent} message @param {string} words */
  refused(message, words) {
    const { input } = this.parts;
    const line = this.kept(message);
    if (!line) return;
    this.waiting.delete(message.key);
    line.classList.add("refused");
    this.add(line);
    if (!input.value && message.text === message.shown) input.value = message.text;
    this.explain(line, words);
    this.wait(false);
  }

  /** @param {HTMLElement} line @param {string} words */
  explain(line, words) {
    const why = el("p", { class: "why" }, words);
    line.append(why);
    why.scrollIntoView({ block: "nearest" });
  }

  /** @param {"gone" | "deleted"} why */
  restarted(why) {
    this.earlier(false);
    this.parts.subtitle.textContent = this.clinic.words.subtitle;
    this.parts.lines.replaceChildren(...this.waiting.values());
    this.note(this.clinic.words[why]);
  }

  // What waited to be delivered is not wanted any more.
  clear() {
    this.waiting.clear();
    this.wait(false);
  }

  // A line of the widget itself, read out like the others.
  /** @param {string} words */
  note(words) {
    this.parts.log.setAttribute("aria-live", "polite");
    const line = el("p", { class: "line note" }, words);
    this.add(line);
    line.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} isWaiting */
  wait(isWaiting) {
    this.isWaiting = isWaiting && this.isAnswered;
    this.parts.typing.hidden = !this.isWaiting;
  }

  // The question at the top, so that its answer is read from the beginning.
  /** @param {HTMLElement} line */
  bringUp(line) {
    this.latest = line;
    this.parts.scroll.scrollTo({ top: line.offsetTop - 12 });
  }

  /** @param {number} fromEnd */
  jump(fromEnd) {
    const { scroll } = this.parts;
    scroll.scrollTo({ top: scroll.scrollHeight - fromEnd, behavior: "instant" });
  }
}
