"use strict";
(() => {
  const header = document.querySelector("header");
  const measure = () => document.documentElement.style.setProperty("--top", `${header.offsetHeight}px`);
  new ResizeObserver(measure).observe(header);
  measure();

  const marks = new Map();
  for (const mark of document.querySelectorAll("mark")) {
    for (const record of mark.dataset.records.split(" ")) {
      if (!marks.has(record)) marks.set(record, []);
      marks.get(record).push(mark);
    }
  }

  const clear = () => {
    for (const element of document.querySelectorAll(".active")) element.classList.remove("active");
  };

  const setDrawer = (aside, open) => {
    aside.classList.toggle("open", open);
    aside.querySelector(".drawer").setAttribute("aria-expanded", String(open));
  };

  const highlight = (record) => {
    document.getElementById(record).classList.add("active");
    for (const mark of marks.get(record) || []) mark.classList.add("active");
  };

  // A record was chosen: show its passage. With a link, the passage of the link.
  const showPassage = (record, target, behavior = "auto") => {
    clear();
    highlight(record);
    const mark = target || (marks.get(record) || [])[0];
    if (mark) mark.scrollIntoView({ block: "center", behavior });
  };

  const showCard = (card) => {
    const list = card.closest(".groups");
    list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 48;
  };

  const isShown = (card) => !document.body.classList.contains(`no-${card.dataset.type}`);

  // A passage was chosen: show its records; a further click goes to the next of them.
  let lastMark = null;
  let turn = 0;
  const showRecords = (mark) => {
    const records = mark.dataset.records.split(" ").filter((record) => isShown(document.getElementById(record)));
    if (!records.length) return;
    turn = mark === lastMark ? (turn + 1) % records.length : 0;
    lastMark = mark;
    // The shortest passage comes last and is the one meant most of the time.
    const record = records[(records.length - 1 + turn) % records.length];
    const card = document.getElementById(record);
    clear();
    highlight(record);
    card.classList.remove("hidden");
    card.closest("details").open = true;
    setDrawer(card.closest("aside"), true);
    // On a phone the list rises over the text: keep the passage above it.
    const hidden = mark.getBoundingClientRect().bottom + 48 - card.closest("aside").getBoundingClientRect().top;
    if (getComputedStyle(card.closest("section")).display === "block" && hidden > 0) scrollBy(0, hidden);
    showCard(card);
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) {
      if (!String(getSelection())) showRecords(mark);
      return;
    }
    const card = event.target.closest(".card");
    if (card) {
      const link = event.target.closest("a");
      if (link) event.preventDefault();
      else if (String(getSelection())) return;
      showPassage(card.id, link && document.getElementById(link.hash.slice(1)));
      return;
    }
    const drawer = event.target.closest(".drawer");
    if (drawer) {
      const aside = drawer.closest("aside");
      setDrawer(aside, !aside.classList.contains("open"));
    }
    const contents = document.querySelector(".contents");
    if (contents && !event.target.closest(".contents summary")) contents.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if ((event.key === "Enter" || event.key === " ") && event.target.classList.contains("card")) {
      event.preventDefault();
      showPassage(event.target.id);
    }
  });

  // Who comes by a link to one record sees its passage at once.
  const follow = () => {
    const card = document.getElementById(location.hash.slice(1));
    if (!card || !card.classList.contains("card")) return;
    showPassage(card.id, null, "instant");
    showCard(card);
  };
  // The browser itself goes to the card first, which is beside the text and not in it.
  addEventListener("hashchange", () => requestAnimationFrame(follow));
  addEventListener("load", () => requestAnimationFrame(follow));

  for (const box of document.querySelectorAll(".switch input")) {
    const apply = () => document.body.classList.toggle(`no-${box.value}`, !box.checked);
    box.addEventListener("change", apply);
    apply();
  }

  const plain = (text) => text.normalize("NFC").toLocaleLowerCase("vi");
  for (const search of document.querySelectorAll("input[type=search]")) {
    const aside = search.closest("aside");
    search.addEventListener("input", () => {
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      for (const card of aside.querySelectorAll(".card")) {
        const text = plain(card.textContent);
        card.classList.toggle("hidden", !words.every((word) => text.includes(word)));
      }
      if (words.length) setDrawer(aside, true);
    });
  }
})();
