// The contents list is open where it stands beside the text, and closed where it stands above it. It marks the section that
// is being read. Far down the page the way back to the top follows along.
const list = document.querySelector(".contents details");
const beside = matchMedia("(min-width: 60rem)"); // as in contents.css
const links = [...document.querySelectorAll(".contents a")];
const top = document.querySelector(".top");
const FAR = 2; // screens
const NEAR = 60; // pixels below the upper edge, at which a section counts as read

if (list) {
  const fit = () => { list.open = beside.matches; };
  fit();
  beside.addEventListener("change", fit);
}

let waiting = false;
const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

function mark() {
  waiting = false;
  top?.classList.toggle("is-far", scrollY > FAR * innerHeight);
  // A folded answer and what stands in it have no place on the page until they are open.
  const read = places.findLastIndex((place) => place?.checkVisibility() && place.getBoundingClientRect().top < NEAR);
  links.forEach((link, i) => (i === read ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
}

addEventListener("scroll", () => {
  if (!waiting) requestAnimationFrame(mark);
  waiting = true;
}, { passive: true });
mark();
