"use strict";
(async () => {
  const root = document.documentElement;
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const state = { lang: root.dataset.lang, unit: "PJ" };
  for (const pair of location.hash.slice(1).split(";").slice(1)) {
    const [key, value] = pair.split("=");
    if (key === "lang" && ["zh", "en"].includes(value) && document.querySelector("[data-switch=lang]")) state.lang = value;
    if (key === "unit" && ["PJ", "Mtce", "TWh"].includes(value)) state.unit = value;
  }
  const unitNames = { Mtce: { zh: "百万吨标准煤", en: "Mtce" }, PJ: { zh: "拍焦", en: "PJ" }, TWh: { zh: "十亿千瓦时", en: "TWh" } };
  const drawn = new Set();
  const isText = (value) => value && typeof value === "object" && typeof value.zh === "string" && typeof value.en === "string";

  const said = (value) => {
    if (isText(value)) return value[state.lang];
    if (Array.isArray(value)) return value.map(said);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, said(v)]));
    return value;
  };

  const factorOf = (figure) => figure.units[state.unit] || 1;

  const unitOf = (figure) => (Object.keys(figure.units).length ? unitNames[state.unit] : figure.unit);

  const traces = (figure) => figure.data.map((trace) => {
    const one = said(trace);
    const factor = factorOf(figure);
    if (factor !== 1) one.y = one.y.map((v) => (v === null ? null : v * factor));
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

  const draw = (figure) => {
    const place = document.getElementById(figure.id);
    const shown = place.closest("figure").querySelectorAll(".legend .off");
    const hidden = new Set([...shown].map((button) => button.dataset.key));
    const data = traces(figure);
    for (const trace of data) if (hidden.has(trace.legendgroup)) trace.visible = false;
    Plotly.react(place, data, layoutOf(figure), config);
    drawn.add(figure.id);
    const unit = place.closest("figure").querySelector(".unit");
    if (Object.keys(figure.units).length) unit.textContent = said(unitOf(figure));
  };

  const byId = Object.fromEntries(figures.map((figure) => [figure.id, figure]));

  const remember = () => {
    const anchor = location.hash.slice(1).split(";")[0];
    history.replaceState(null, "", `#${anchor};lang=${state.lang};unit=${state.unit}`);
  };

  const apply = () => {
    root.dataset.lang = state.lang;
    root.lang = state.lang === "zh" ? "zh-CN" : "en";
    for (const group of document.querySelectorAll("[data-switch]")) {
      for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.value === state[group.dataset.switch]));
    }
  };

  for (const group of document.querySelectorAll("[data-switch]")) {
    group.addEventListener("click", (event) => {
      const value = event.target.dataset.value;
      if (!value) return;
      state[group.dataset.switch] = value;
      apply();
      remember();
      for (const id of drawn) draw(byId[id]);
    });
  }
  apply();

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
      const figure = byId[box.querySelector(".plot").id];
      const name = figure.id.slice(2);
      if (button.dataset.do === "CSV") return save(`${name}.csv`, asCsv(box.querySelector("table")), "text/csv;charset=utf-8");
      const layout = { ...layoutOf(figure), showlegend: true, title: { text: `${said(figure.title)} (${said(unitOf(figure))})` } };
      layout.margin.t = 50;
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
    const unpack = (code) => {
      if (Uint8Array.fromBase64) return Uint8Array.fromBase64(code);
      const letters = atob(code);
      const bytes = new Uint8Array(letters.length);
      for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
      return bytes;
    };
    const bytes = unpack(packed.textContent);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  }

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
      const [width, height] = paper[figure.size];
      Plotly.relayout(document.getElementById(figure.id), { width, height, "font.size": 9 });
    }
  });
  addEventListener("afterprint", () => {
    for (const id of drawn) Plotly.newPlot(document.getElementById(id), traces(byId[id]), layoutOf(byId[id]), config);
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
