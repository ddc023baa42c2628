// What only some figures need comes after the page: on a phone it would put off the first sight of the text.
addEventListener("load", () => {
  for (const { dataset } of document.querySelectorAll("template[data-script]")) import(dataset.script);
});
