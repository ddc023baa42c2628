// A list narrows to the items that hold every typed word and are of the chosen kind.
const FEW = 5; // so many are shown open
const fold = (text) => text.toLowerCase().normalize("NFC");
const plain = (text) => text.replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa");

for (const filter of document.querySelectorAll("[data-narrow]")) {
  const field = filter.querySelector("input");
  const choices = [...filter.querySelectorAll("select")];
  const status = filter.querySelector("[role=status]");
  const { one, many, none, groups } = filter.dataset;
  const folded = groups ? [...document.querySelectorAll(groups)] : [];
  const numbers = folded.map((group) => group.querySelector(".sources__count"));
  let isNarrowed = false;
  const items = [...document.querySelectorAll(filter.dataset.narrow)].map((item) => {
    const text = fold(`${item.textContent} ${item.dataset.words ?? ""}`);
    return { item, own: item.querySelector("details"), text: `${text} ${plain(text)}` };
  });

  const narrow = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const fits = ({ item, text }) =>
      words.every((word) => text.includes(word)) && choices.every(({ name, value }) => !value || item.dataset[name] === value);
    let count = 0;
    for (const entry of items) {
      entry.item.hidden = !fits(entry);
      count += !entry.item.hidden;
    }
    const wasNarrowed = isNarrowed;
    isNarrowed = words.length > 0 || choices.some(({ value }) => value);
    folded.forEach((group, index) => {
      const shown = group.querySelectorAll(`${filter.dataset.narrow}:not([hidden])`).length;
      group.hidden = !shown;
      if (numbers[index]) numbers[index].textContent = shown;
      if (isNarrowed || wasNarrowed) group.open = isNarrowed; // What is found is seen; the whole list is folded again.
    });
    const said = count === 0 ? none : count === 1 ? one : many.replace("{count}", count);
    status.textContent = isNarrowed ? said : "";
    if (isNarrowed || wasNarrowed) for (const { item, own } of items) if (own) own.open = isNarrowed && count <= FEW && !item.hidden;
  };

  // A link to an entry opens it, or its group; if it is narrowed away, the whole list is shown again.
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const group = target?.closest("details") ?? target?.querySelector(":scope > details");
    if (!target?.closest("[hidden]") && (!group || group.open)) return;
    if (target.closest("[hidden]")) {
      field.value = "";
      for (const choice of choices) choice.value = "";
      narrow();
    }
    if (group) group.open = true;
    target.scrollIntoView();
  };

  filter.addEventListener("input", narrow);
  addEventListener("hashchange", show);
  addEventListener("pageshow", narrow); // The browser gives back what was typed.
  narrow();
  show();
}
