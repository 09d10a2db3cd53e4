"use strict";
(() => {
  const items = [...document.querySelectorAll("nav a")];
  const cards = document.querySelector(".cards");
  const header = document.querySelector("header");
  const output = header.querySelector("output");
  const selects = [...header.querySelectorAll("select")];
  const words = header.querySelector("input");
  cards.classList.add("one");

  const article = (item) => document.getElementById(item.hash.slice(1));

  // Texts are searched as typed, in lower case, over the record and its context.
  const texts = new Map(items.map((item) => [item, `${item.textContent} ${article(item).textContent}`.toLowerCase()]));

  const show = (item) => {
    for (const shown of document.querySelectorAll(".shown")) shown.classList.remove("shown");
    if (!item) return;
    item.classList.add("shown");
    article(item).classList.add("shown");
    item.scrollIntoView({ block: "nearest" });
    article(item).querySelector("mark").scrollIntoView({ block: "center" });
    cards.scrollTop = Math.min(cards.scrollTop, article(item).offsetTop);
  };

  const visible = () => items.filter((item) => !item.hidden);

  const filter = () => {
    const wanted = words.value.toLowerCase();
    for (const item of items) {
      const fits = selects.every((select) => {
        const values = item.dataset[select.name];
        const several = select.name === "measure" || select.name === "field";
        return !select.value || (several ? values.split(" ").includes(select.value) : values === select.value);
      });
      item.hidden = !fits || (wanted !== "" && !texts.get(item).includes(wanted));
      item.style.display = item.hidden ? "none" : "";
    }
    output.textContent = `${visible().length} of ${items.length} mistakes (j, k: next, previous)`;
    if (!visible().some((item) => item.classList.contains("shown"))) show(visible()[0]);
  };

  for (const control of [...selects, words]) control.addEventListener("input", filter);
  document.querySelector("nav").addEventListener("click", (event) => {
    const item = event.target.closest("a");
    if (!item) return;
    event.preventDefault();
    history.replaceState(null, "", item.hash);
    show(item);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = visible();
    const next = shown[shown.findIndex((item) => item.classList.contains("shown")) + step];
    if (next) show(next);
  });
  filter();
  const linked = items.find((item) => item.hash === location.hash);
  if (linked) show(linked);
})();
