// What the console's scripts use of htmx, which the page loads by itself.
declare const htmx: {
  trigger(target: Element, name: string): void;
  ajax(method: string, url: string, how: { target: string; swap: string }): Promise<void>;
};
