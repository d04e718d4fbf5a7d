// Figures: their data, unpacked; what is shown of them in the language, unit, year and view chosen.
const bytesOf = (code) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(code);
  const letters = atob(code);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
};
const unpack = (packed) => new Response(
  new Blob([bytesOf(packed.textContent)]).stream().pipeThrough(new DecompressionStream("gzip")),
).text();

const packedPlotly = document.getElementById("plotly-gz");
const plotlyCode = packedPlotly && unpack(packedPlotly);
const open = document.getElementById("figures");
const figures = JSON.parse(open ? open.textContent : await unpack(document.getElementById("figures-gz")));
const byId = Object.fromEntries(figures.map((figure) => [figure.id, figure]));
const drawn = new Set();
const unitNames = { Mtce: { zh: "百万吨标准煤", en: "Mtce" }, PJ: { zh: "拍焦", en: "PJ" }, TWh: { zh: "十亿千瓦时", en: "TWh" } };

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

const scaled = (values, factor) => values.map((v) => (v === null ? null : v * factor));

const withoutHidden = (trace) => {
  const kept = trace.x.map((_, at) => !off.has(at));
  for (const name of ["x", "y"]) trace[name] = trace[name].filter((_, at) => kept[at]);
};

const hover = (trace, unit, named) => {
  if (trace.type === "sankey") trace.valuesuffix = ` ${unit}`;
  else if (trace.type === "waterfall") trace.hovertemplate = `%{x}: %{text} ${unit}<extra></extra>`;
  else if (!trace.hovertemplate && !trace.hoverinfo) trace.hovertemplate = `${named ? "%{y}: %{x:,.4~g}" : "%{y:,.4~g}"} ${unit}`;
};

const traces = (figure) => {
  const unit = said(unitOf(figure));
  const factor = factorOf(figure);
  return figure.data.map((trace) => {
    const one = said(trace);
    if (factor !== 1 && one.y && figure.layout.yaxis?.type !== "category") one.y = scaled(one.y, factor);
    if (factor !== 1 && one.link) one.link.value = scaled(one.link.value, factor);
    if (one.meta === "pathways") withoutHidden(one);
    if (typeof one.meta === "number" && off.has(one.meta)) one.visible = false;
    hover(one, unit, figure.layout.yaxis?.type === "category");
    return one;
  });
};

const known = (figure) => figure.rows.some(([, values]) => values.some((value) => value !== null));
