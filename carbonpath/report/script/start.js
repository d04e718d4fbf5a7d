// Drawing, and what happens when a reader presses, folds, prints or follows a link.
const config = { displaylogo: false, displayModeBar: false, responsive: true };
const boxOf = (place, figure) => {
  const sankey = figure.data[0]?.type === "sankey";
  const font = figure.size === "third" || (sankey && narrow()) ? 11 : 12;
  return { width: place.clientWidth, height: place.clientHeight, font };
};

const emptied = (place, figure) => {
  const nothing = !figure.data.length || !known(figure);
  const box = place.closest("figure");
  box.classList.toggle("empty", nothing);
  box.querySelector(".nothing").textContent = nothing ? said(figure.rows.length ? unknown : figure.empty) : "";
  return nothing;
};
const unknown = { zh: "无数据", en: "no data" };

const draw = (id, printed) => {
  const figure = chosen(id);
  const place = document.getElementById(id);
  drawn.add(id);
  place.closest("figure").hidden = typeof figure.pathway === "number" && off.has(figure.pathway);
  if (place.closest("figure").hidden || emptied(place, figure)) return;
  const pale = [...place.closest("figure").querySelectorAll(".legend .off")].map((button) => button.dataset.key);
  const data = traces(figure);
  for (const trace of data) if (pale.includes(trace.legendgroup)) trace.visible = false;
  for (const button of place.closest("figure").querySelectorAll(".legend button")) {
    const own = data.filter((one) => (one.legendgroup || one.name) === button.dataset.key);
    button.hidden = figure.choices && data[0].legendgroup !== undefined && own.every((one) => off.has(one.meta));
  }
  Plotly.react(place, data, layoutOf(figure, data, printed || boxOf(place, figure)), config);
  const unit = place.closest("figure").querySelector(".unit");
  if (Object.keys(figure.units).length || figure.choices) unit.textContent = said(unitOf(figure));
};

const visible = (id) => document.getElementById(id).closest("figure").parentElement.checkVisibility();
const redraw = (touched) => {
  for (const id of drawn) if (touched(id)) draw(id);
  for (const details of document.querySelectorAll("figure details[open]")) fill(details);
};
const EVERYWHERE = ["lang", "unit"];

for (const group of groups) {
  const press = (button) => {
    const key = group.dataset.switch;
    state[key] = button.dataset.value;
    apply();
    remember();
    redraw(EVERYWHERE.includes(key) ? () => true : (id) => byId[id].pick === key);
  };
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-value]");
    if (button) press(button);
  });
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...group.children];
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    next.focus();
    press(next);
  });
}

toggles.forEach((button, at) => button.addEventListener("click", () => {
  if (off.has(at)) off.delete(at);
  else if (off.size < toggles.length - 1) off.add(at);
  apply();
  remember();
  redraw(() => true);
}));

document.addEventListener("toggle", (event) => {
  if (event.target.matches("figure details[open]")) fill(event.target);
  if (event.target.matches("details.fold[open]")) {
    for (const plot of event.target.querySelectorAll(".plot")) if (!drawn.has(plot.id)) draw(plot.id);
  }
}, true);

const legendOf = (item) => item.closest("figure").querySelector(".plot").id;
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) take(button);
  const item = event.target.closest(".legend button");
  if (!item) return;
  item.setAttribute("aria-pressed", String(!item.classList.toggle("off")));
  draw(legendOf(item));
});
document.addEventListener("dblclick", (event) => {
  const item = event.target.closest(".legend button");
  if (!item) return;
  const all = [...item.parentElement.children];
  const alone = all.every((one) => one === item || one.classList.contains("off"));
  for (const one of all) one.setAttribute("aria-pressed", String(!one.classList.toggle("off", !alone && one !== item)));
  draw(legendOf(item));
});

if (plotlyCode) {
  const script = document.createElement("script");
  script.textContent = await plotlyCode;
  document.head.append(script);
}
performance.mark("plotly");
const first = figures.find((figure) => visible(figure.id));
if (first) draw(first.id);
performance.mark("first-chart");

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    watcher.unobserve(entry.target);
    if (!drawn.has(entry.target.id)) draw(entry.target.id);
  }
}, { rootMargin: "500px" });
for (const figure of figures) watcher.observe(document.getElementById(figure.id));

const go = () => {
  const target = document.getElementById(anchorOf());
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  (target.closest("figure") || target).scrollIntoView();
};
addEventListener("hashchange", () => {
  read();
  apply();
  redraw(() => true);
  remember();
  go();
});
if (location.hash.includes(";")) go();

const links = [...document.querySelectorAll("nav a")];
const parts = links.map((one) => document.getElementById(one.hash.slice(1)));
const reading = new IntersectionObserver(() => {
  const passed = parts.filter((part) => part.getBoundingClientRect().top < 160);
  const current = passed.at(-1) || parts[0];
  links.forEach((one, at) => (parts[at] === current ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current")));
}, { rootMargin: "-150px 0px 0px 0px", threshold: [0, 0.01] });
for (const part of parts) reading.observe(part);

const paper = { wide: [660, 270], half: [322, 210], third: [215, 160] };
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.fold:not([open])")];
  for (const fold of folded) fold.open = true;
  for (const { id, size } of figures) {
    const [width, height] = paper[size];
    draw(id, { width, height, font: 9, printed: true });
  }
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
  for (const id of drawn) {
    if (!visible(id)) drawn.delete(id);
    else if (!document.getElementById(id).closest("figure").classList.contains("empty")) {
      Plotly.purge(id);
      draw(id);
    }
  }
});
const idle = window.requestIdleCallback || ((task) => setTimeout(task, 50));
const rest = figures.map((figure) => figure.id);
const drawRest = () => {
  const next = rest.shift();
  if (!next) return;
  if (!drawn.has(next) && visible(next)) draw(next);
  idle(drawRest, { timeout: 2000 });
};
setTimeout(() => idle(drawRest), 1500);
