"use strict";
(async () => {
  const root = document.documentElement;
  const unpack = async (packed) => {
    const code = packed.textContent;
    let bytes;
    if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(code);
    else {
      const letters = atob(code);
      bytes = new Uint8Array(letters.length);
      for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    }
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  const state = { lang: root.dataset.lang, unit: "PJ" };
  const groups = [...document.querySelectorAll("[data-switch]")];
  const valuesOf = (group) => [...group.children].map((button) => button.dataset.value);
  for (const group of groups) if (!(group.dataset.switch in state)) state[group.dataset.switch] = valuesOf(group)[0];
  for (const pair of location.hash.slice(1).split(";").slice(1)) {
    const [key, value] = pair.split("=");
    if (groups.some((group) => group.dataset.switch === key && valuesOf(group).includes(value))) state[key] = value;
  }
  const unitNames = { Mtce: { zh: "百万吨标准煤", en: "Mtce" }, PJ: { zh: "拍焦", en: "PJ" }, TWh: { zh: "十亿千瓦时", en: "TWh" } };
  const apply = () => {
    root.dataset.lang = state.lang;
    root.lang = state.lang === "zh" ? "zh-CN" : "en";
    for (const group of groups) {
      for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.value === state[group.dataset.switch]));
    }
  };
  apply();
  const open = document.getElementById("figures");
  const figures = JSON.parse(open ? open.textContent : await unpack(document.getElementById("figures-gz")));
  const byId = Object.fromEntries(figures.map((figure) => [figure.id, figure]));
  const drawn = new Set();
  const isText = (value) => value && typeof value === "object" && typeof value.zh === "string" && typeof value.en === "string";

  const said = (value) => {
    if (isText(value)) return value[state.lang];
    if (Array.isArray(value)) return value.map(said);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, said(v)]));
    return value;
  };

  const chosen = (id) => {
    const figure = byId[id];
    return figure.choices ? { ...figure, ...figure.choices[state[figure.pick]] } : figure;
  };

  const factorOf = (figure) => figure.units[state.unit] || 1;

  const unitOf = (figure) => (Object.keys(figure.units).length ? unitNames[state.unit] : figure.unit);

  const traces = (figure) => figure.data.map((trace) => {
    const one = said(trace);
    const factor = factorOf(figure);
    if (factor !== 1 && one.y) one.y = one.y.map((v) => (v === null ? null : v * factor));
    if (factor !== 1 && one.link) one.link.value = one.link.value.map((v) => v * factor);
    return one;
  });

  const layoutOf = (figure) => {
    const own = said(figure.layout);
    const small = figure.size === "third";
    const wide = figure.size === "wide" && innerWidth > 820;
    const base = {
      margin: { l: 52, r: 12, t: own.annotations ? 26 : 10, b: 34, ...own.margin },
      font: { family: getComputedStyle(document.body).fontFamily, size: small ? 11 : 12, color: "#1b1f24" },
      hovermode: "x unified", hoverlabel: { namelength: -1 }, showlegend: false,
      paper_bgcolor: "#fff", plot_bgcolor: "#fff", separators: ".\u2009",
    };
    if (figure.data[0]?.type === "sankey") return { ...base, margin: { l: 8, r: 8, t: 8, b: 8 }, font: { ...base.font, size: innerWidth > 820 ? 12 : 9 } };
    const xaxis = { showgrid: false, ticks: "outside", automargin: true, linecolor: "#888", ...own.xaxis };
    if (xaxis.type === "linear") {
      const years = figure.data.flatMap((trace) => trace.x);
      const range = [Math.min(...years) - 0.6, Math.max(...years) + 0.8];
      Object.assign(xaxis, { tickformat: "d", hoverformat: "d", range, tick0: 2000, dtick: wide ? 5 : 10 });
    }
    const yaxis = { gridcolor: "#e5e8ec", zerolinecolor: "#555", automargin: true, nticks: small ? 5 : 8, hoverformat: ",.4~g", tickformat: ",~g", ...own.yaxis };
    const { legend, margin, ...rest } = own;
    return { ...base, ...rest, xaxis, yaxis };
  };

  const config = { displaylogo: false, displayModeBar: false, responsive: true };

  const draw = ({ id }) => {
    const figure = chosen(id);
    const place = document.getElementById(id);
    drawn.add(id);
    place.closest("figure").hidden = !figure.data.length;
    if (!figure.data.length) return;
    const shown = place.closest("figure").querySelectorAll(".legend .off");
    const hidden = new Set([...shown].map((button) => button.dataset.key));
    const data = traces(figure);
    for (const trace of data) if (hidden.has(trace.legendgroup)) trace.visible = false;
    Plotly.react(place, data, layoutOf(figure), config);
    const unit = place.closest("figure").querySelector(".unit");
    if (Object.keys(figure.units).length || figure.choices) unit.textContent = said(unitOf(figure));
  };

  const digits = (value, factor) => {
    if (value === null) return "";
    const told = Number((value * factor).toPrecision(4));
    const decimals = told ? Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(told))))) : 0;
    const [whole, part] = Math.abs(told).toFixed(decimals).split(".");
    return (told < 0 ? "\u2212" : "") + whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + (part ? `.${part}` : "");
  };

  const cell = (kind, content, number) => {
    const made = document.createElement(kind);
    made.textContent = content;
    if (number) made.className = "n";
    if (kind === "th") made.scope = "col";
    return made;
  };

  const fill = (details) => {
    const figure = chosen(details.closest("figure").querySelector(".plot").id);
    if (details.classList.contains("kept") && !figure.choices) return;
    const factor = factorOf(figure);
    const table = document.createElement("table");
    table.className = "data";
    const head = table.createTHead().insertRow();
    [said(unitOf(figure)), ...figure.columns.map(said)].forEach((one, at) => head.append(cell("th", one, at)));
    const body = table.createTBody();
    for (const [name, values] of figure.rows) {
      const row = body.insertRow();
      row.append(cell("td", said(name)), ...values.map((value) => cell("td", digits(value, factor), true)));
    }
    details.querySelector(".scroll").replaceChildren(table);
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("figure details[open]")) fill(event.target);
  }, true);

  const remember = () => {
    const anchor = location.hash.slice(1).split(";")[0];
    const rest = groups.map((group) => group.dataset.switch).map((key) => `${key}=${state[key]}`);
    history.replaceState(null, "", `#${[anchor, ...new Set(rest)].join(";")}`);
  };

  for (const group of groups) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-value]");
      if (!button) return;
      state[group.dataset.switch] = button.dataset.value;
      apply();
      remember();
      const touched = ["lang", "unit"].includes(group.dataset.switch) ? () => true : (id) => byId[id].pick === group.dataset.switch;
      for (const id of drawn) if (touched(id)) draw(byId[id]);
      for (const details of document.querySelectorAll("figure details[open]")) fill(details);
    });
  }

  const save = (name, content, kind) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const cellText = (cell) => {
    const chosen = cell.querySelector(`[lang=${state.lang}]`);
    return (chosen || cell).textContent.replaceAll(/[\u2009\u202f]/g, "").replaceAll("\u2212", "-");
  };

  const asCsv = (table) => "\ufeff" + [...table.rows].map((row) => [...row.cells].map((cell) => {
    const value = cellText(cell);
    const safe = /^[=+@\t\r]/.test(value) || (value.startsWith("-") && Number.isNaN(Number(value))) ? `'${value}` : value;
    return `"${safe.replaceAll('"', '""')}"`;
  }).join(",")).join("\r\n");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) {
      const box = button.closest("figure");
      const figure = chosen(box.querySelector(".plot").id);
      const name = figure.id.slice(2);
      if (button.dataset.do === "CSV") fill(box.querySelector("details"));
      if (button.dataset.do === "CSV") return save(`${name}.csv`, asCsv(box.querySelector("table")), "text/csv;charset=utf-8");
      const layout = { ...layoutOf(figure), showlegend: true, title: { text: `${said(figure.title)} (${said(unitOf(figure))})` } };
      layout.margin = { ...layout.margin, t: 50 };
      return Plotly.downloadImage({ data: traces(figure), layout }, { format: button.dataset.do.toLowerCase(), filename: name, width: 1100, height: 600 });
    }
    const item = event.target.closest(".legend button");
    if (item) {
      item.classList.toggle("off");
      draw(byId[item.closest("figure").querySelector(".plot").id]);
    }
    return undefined;
  });

  document.addEventListener("dblclick", (event) => {
    const item = event.target.closest(".legend button");
    if (!item) return;
    const all = [...item.parentElement.children];
    const alone = all.every((one) => one === item || one.classList.contains("off"));
    for (const one of all) one.classList.toggle("off", !alone && one !== item);
    draw(byId[item.closest("figure").querySelector(".plot").id]);
  });

  const packed = document.getElementById("plotly-gz");
  if (packed) {
    const script = document.createElement("script");
    script.textContent = await unpack(packed);
    document.head.append(script);
  }

  if (figures.length) draw(figures[0]);
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      if (!drawn.has(entry.target.id)) draw(byId[entry.target.id]);
    }
  }, { rootMargin: "500px" });
  for (const figure of figures) watcher.observe(document.getElementById(figure.id));

  const paper = { wide: [660, 270], half: [322, 210], third: [215, 160] };
  addEventListener("beforeprint", () => {
    for (const figure of figures) {
      if (!drawn.has(figure.id)) draw(figure);
      if (!chosen(figure.id).data.length) continue;
      const [width, height] = paper[figure.size];
      Plotly.relayout(document.getElementById(figure.id), { width, height, "font.size": 9 });
    }
  });
  addEventListener("afterprint", () => {
    for (const id of drawn) if (chosen(id).data.length) Plotly.newPlot(document.getElementById(id), traces(chosen(id)), layoutOf(chosen(id)), config);
  });
  const idle = window.requestIdleCallback || ((task) => setTimeout(task, 50));
  const rest = [...figures];
  const drawRest = () => {
    const next = rest.shift();
    if (!next) return;
    if (!drawn.has(next.id)) draw(next);
    idle(drawRest, { timeout: 2000 });
  };
  setTimeout(() => idle(drawRest), 1500);
})();
