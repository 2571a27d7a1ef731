// One line of the conversation as elements.

import { textBlocks } from "./blocks.js";
import { el, icon, outsideLink } from "./dom.js";
import { texts } from "./texts.js";

export function patientLine(words) {
  return el("div", { class: "line patient" }, spoken(`${texts.you}: `), el("div", { class: "bubble" }, ...textBlocks(words)));
}

// `say(payload, label)` sends what a tapped button means.
export function replyLine({ author, message }, clinic, say) {
  const from = author === "staff" ? texts.staff(clinic.name) : texts.assistant;
  const body = el("div", { class: "bubble" }, ...textBlocks(ownText(message)));
  if (message.kind === "urgent") body.append(calls(clinic));
  if (message.figure) body.append(picture(message.figure));
  if (message.citations?.length) body.append(sources(message.citations));
  if (message.booking) body.append(booking(message.booking));
  const line = el("div", { class: `line reply ${message.kind}` }, spoken(`${from}: `), body);
  if (message.suggestions?.length) line.append(nextQuestions(message.suggestions, say));
  return line;
}

export function nextQuestions(suggestions, say, title = texts.next) {
  const buttons = suggestions.map(({ label, payload }) =>
    el("li", {}, el("button", { type: "button", class: "next", onclick: () => say(payload, label) }, label, icon("arrow"))),
  );
  return el("div", { class: "nexts" }, el("p", { class: "quiet" }, title), el("ul", {}, ...buttons));
}

// The last paragraph names the source for channels without links; here the card does.
function ownText({ text, citations }) {
  const paragraphs = text.split("\n\n");
  const last = paragraphs.at(-1);
  const named = citations?.length && citations.every(({ title }) => last.includes(`“${title}”`));
  return named && paragraphs.length > 1 ? paragraphs.slice(0, -1).join("\n\n") : text;
}

function spoken(words) {
  return el("span", { class: "spoken" }, words);
}

function calls({ phone, phone_link, emergency_number }) {
  const emergency = el("a", { class: "call first", href: `tel:${emergency_number}` }, icon("phone"), texts.ring(emergency_number));
  const own = el("a", { class: "call", href: phone_link }, texts.ringClinic(phone));
  return el("div", { class: "calls" }, emergency, own);
}

function picture({ url, alt }) {
  return outsideLink(url, { class: "figure" }, el("img", { src: url, alt, loading: "lazy", width: 360, height: 428 }));
}

function sources(citations) {
  const byUrl = new Map(citations.map((citation) => [citation.url, citation]));
  const links = [...byUrl.values()].map(({ url, title }) =>
    el("li", {}, outsideLink(url, { title: texts.readPassage }, icon("page"), el("span", {}, title), spoken(` (${texts.newTab})`))),
  );
  return el("div", { class: "sources" }, el("p", { class: "quiet" }, texts.source), el("ul", {}, ...links));
}

function booking({ label, url }) {
  return outsideLink(url, { class: "booking" }, label);
}
