// What every script of the console finds on its page.

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @returns {T} the first element that it names; a page without it is not ours
 */
export function find(selector) {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`nothing here is ${selector}`);
  return /** @type {T} */ (found);
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} all that it names */
export const findAll = (selector, within = document) =>
  [...within.querySelectorAll(selector)].map((one) => /** @type {HTMLElement} */ (one));
