// The search page. Pagefind and its index are loaded at the first keystroke, or at once if the query string has a query.
// The query is kept in the query string. Labels of facet values are read from the lists below the form (templates/search.html),
// so this file has none.
const ROOT = new URL("..", import.meta.url)
const AT_ONCE = 10 // results in a batch
const WORDS = 32 // words of an excerpt
const LISTED = 12 // values of a facet before "Show all"
const PAUSE = 200 // ms between the last keystroke and the search

const page = document.querySelector("[data-search]")
const form = page.querySelector("form")
const field = form.querySelector("input")
const said = page.querySelector(".search-count")
const clear = page.querySelector(".clear")
const columns = page.querySelector(".search-columns")
const panel = page.querySelector(".facets")
const list = page.querySelector(".results")
const more = page.querySelector(".more")
const roomy = matchMedia("(min-width: 60em)")

const make = (tag, name, ...parts) => {
  const made = document.createElement(tag)
  if (name) made.className = name
  made.append(...parts)
  return made
}

/* A facet: labels from a list of the page, and the checkboxes that filter by its values. */
class Facet {
  constructor(section) {
    this.name = section.dataset.facet
    this.items = new Map([...section.querySelectorAll("[data-value]")].map(item => [item.dataset.value, item]))
    this.boxes = new Map()
    this.title = section.querySelector("h3").textContent.replace(/^By (.)/, (_, first) => first.toUpperCase())
    this.whole = false
    this.rows = make("div", "facet-values")
    this.rest = make("button", "more", "Show all")
    this.rest.type = "button"
    this.rest.addEventListener("click", () => { this.whole = true; this.count(this.counts) })
    this.box = make("details", "facet", make("summary", "", this.title), this.rows, this.rest)
    this.rows.setAttribute("role", "group")
    this.rows.setAttribute("aria-label", this.title)
    this.box.open = this.always || "light" in page.dataset
  }

  /* Kind and verdict are in one small Pagefind filter that every search loads; other filters are loaded once their facet is open. */
  get always() { return this.name === "kind" || this.name === "verdict" }
  get chosen() { return [...this.boxes].filter(([, box]) => box.checked).map(([value]) => value) }

  /* Clones of the label's nodes: verdicts have a shape before the word. */
  label(value) {
    const item = this.items.get(value)
    return item ? item.firstElementChild.cloneNode(true).childNodes : [value]
  }

  row(value) {
    if (!this.boxes.has(value)) {
      const box = make("input")
      Object.assign(box, { type: "checkbox", name: this.name, value, autocomplete: "off" })
      this.boxes.set(value, box)
    }
    return this.boxes.get(value).closest("label") ?? make("label", "", this.boxes.get(value), make("span", "", ...this.label(value)), make("span", "number"))
  }

  choose(values) {
    for (const box of this.boxes.values()) box.checked = false
    const known = values.filter(value => this.items.has(value))
    for (const value of known) {
      this.row(value)
      this.boxes.get(value).checked = true
    }
    if (known.length) this.box.open = true
  }

  /* Show the values that have results, in the order of the list. If there are more than LISTED, only the most frequent ones,
     and those that are checked, until "Show all". */
  count(counts) {
    this.counts = counts
    const order = [...this.items.keys()]
    const chosen = this.chosen
    const able = order.filter(value => counts[value] || chosen.includes(value))
    const least = able.map(value => counts[value] ?? 0).sort((a, b) => b - a)[LISTED - 1] ?? 0
    let room = LISTED
    const shown = able.filter(value => this.whole || chosen.includes(value) || ((counts[value] ?? 0) >= least && room-- > 0))
    const rows = shown.map(value => {
      const row = this.row(value)
      row.lastChild.textContent = (counts[value] ?? 0).toLocaleString("en")
      return row
    })
    // Replacing the rows takes the focus away from a checkbox that was just changed.
    const focused = document.activeElement
    this.rows.replaceChildren(...rows)
    if (this.rows.contains(focused)) focused.focus()
    this.rest.hidden = shown.length === able.length
    this.rest.textContent = `Show all ${able.length.toLocaleString("en")}`
    this.box.hidden = !able.length && this.box.open
  }
}

const facets = [...page.querySelectorAll("[data-facet]")].map(section => new Facet(section))
const facet = Object.fromEntries(facets.map(one => [one.name, one]))
panel.append(...facets.map(one => one.box))

/* The query: words, and the checked values of each facet. */
const asked = () => ({ q: field.value.trim(), ...Object.fromEntries(facets.map(one => [one.name, one.chosen])) })
const choices = ask => facets.reduce((number, one) => number + ask[one.name].length, 0)

/* The query as Pagefind filters; `but` leaves one facet out. Kind and verdict are one filter, `what`, with values such as
   `note:incorrect` (see output/pagefind.py). A filter with an empty `any` restricts nothing, but makes Pagefind load its counts. */
const filters = (ask, but) => {
  const values = name => (name === but ? [] : ask[name] ?? [])
  const made = { what: { any: [] } }
  if (values("kind").length || values("verdict").length) {
    const kinds = values("kind").length ? values("kind") : [...facet.kind.items.keys()]
    const verdicts = values("verdict").length ? values("verdict") : ["", ...(facet.verdict?.items.keys() ?? [])]
    made.what.any = kinds.flatMap(kind => verdicts.map(verdict => `${kind}:${verdict}`))
  }
  for (const one of facets) if (!one.always && (one.box.open || values(one.name).length)) made[one.name] = { any: values(one.name) }
  return made
}

/* Counts by value of a facet. Those of kind and verdict are sums over the combined filter. */
const counted = (found, name) => {
  const place = ["kind", "verdict"].indexOf(name)
  if (place < 0) return found[name] ?? {}
  const counts = {}
  for (const [what, number] of Object.entries(found.what ?? {})) {
    const value = what.split(":")[place]
    if (value) counts[value] = (counts[value] ?? 0) + number
  }
  return counts
}

// The promise of the loaded module; reset after an error, so that the next search tries again.
let loading
const pagefind = () => (loading ??= import(new URL("pagefind/pagefind.js", ROOT)).then(async made => { await made.init(); return made }))

// Number of the latest search. Each search checks it after every await, and gives up if a newer one has started.
let turn = 0
let left = []

const remember = ask => {
  const address = new URLSearchParams(ask.q ? [["q", ask.q]] : [])
  for (const one of facets) for (const value of ask[one.name]) address.append(one.name, value)
  history.replaceState(null, "", `${address}` ? `?${address}` : location.pathname)
}

async function search() {
  const ask = asked(), mine = ++turn
  remember(ask)
  const number = choices(ask)
  clear.hidden = !number
  panel.firstElementChild.textContent = number ? `Narrow down (${number} chosen)` : "Narrow down"
  if (!ask.q && !number) {
    columns.hidden = true
    said.textContent = ""
    return
  }
  if (columns.hidden) said.textContent = "Searching …"
  list.ariaBusy = "true"
  try {
    const index = await pagefind()
    if (mine !== turn) return
    const found = await index.search(ask.q || null, { filters: filters(ask) })
    // Counts of a facet with a choice must ignore that choice, else all its other values would be 0: one more search each.
    const others = new Map()
    for (const one of facets.filter(one => ask[one.name].length)) {
      others.set(one, (await index.search(ask.q || null, { filters: filters(ask, one.name) })).filters)
    }
    if (mine !== turn) return
    for (const one of facets) if (one.always || one.box.open) one.count(counted(others.get(one) ?? found.filters, one.name))
    columns.hidden = false
    left = [...found.results]
    list.replaceChildren()
    await show(mine)
    if (mine !== turn) return
    said.textContent = summary(found.results.length, ask)
    list.ariaBusy = "false"
  } catch (fault) {
    if (mine !== turn) return
    loading = undefined
    columns.hidden = true
    said.textContent = "The search could not be loaded. The lists below lead to everything."
    console.warn(fault)
  }
}

const summary = (number, ask) =>
  `${number ? number.toLocaleString("en") : "No"} ${number === 1 ? "result" : "results"}${ask.q ? ` for “${ask.q}”` : ""}${choices(ask) ? ", narrowed down" : ""}`

async function show(mine) {
  const next = left.splice(0, AT_ONCE)
  const made = await Promise.all(next.map(async result => entry(await result.data())))
  if (mine !== turn) return
  list.append(...made)
  more.hidden = !left.length
  return made[0]
}

/* A result as DOM nodes. Text is never parsed as HTML, so that nothing in a record can inject markup. */
function entry(data) {
  const { what: [what], article = [] } = data.filters
  const [kind, verdict] = what.split(":")
  const link = make("a", "", data.meta.title)
  const { pathname, hash } = new URL(data.raw_url ?? data.url, ROOT)
  link.href = pathname + hash
  const facts = make("p", "how", facet.kind.items.get(kind).dataset.one)
  if (verdict) facts.append(" · ", ...facet.verdict.label(verdict))
  if (kind === "note" && facet.article) facts.append(" · ", ...facet.article.label(article[0]))
  return make("li", "", make("h3", "", link), facts, excerpt(data))
}

/* WORDS words around the first hit. Pagefind's `locations` are word indexes into `content`; its own excerpts are HTML strings. */
function excerpt({ content, locations }) {
  const words = content.split(/\s+/)
  const hits = new Set(locations)
  const start = Math.max(0, Math.min(Math.min(...hits, words.length) - 8, words.length - WORDS))
  const made = make("p", "excerpt", start ? "… " : "")
  words.slice(start, start + WORDS).forEach((word, place) => made.append(hits.has(start + place) ? make("mark", "", word) : word, " "))
  if (start + WORDS < words.length) made.append("…")
  return made
}

function restore() {
  const address = new URLSearchParams(location.search)
  field.value = address.get("q") ?? ""
  for (const one of facets) one.choose(address.getAll(one.name))
  search()
}

let waiting
field.addEventListener("input", () => {
  pagefind().catch(() => { loading = undefined })
  clearTimeout(waiting)
  waiting = setTimeout(search, PAUSE)
})
form.addEventListener("submit", event => {
  event.preventDefault()
  clearTimeout(waiting)
  search()
})
panel.addEventListener("change", search)
clear.addEventListener("click", () => {
  for (const one of facets) one.choose([])
  field.focus()
  search()
})
for (const one of facets) one.box.addEventListener("toggle", () => { if (one.box.open && !one.always && !columns.hidden) search() })
more.addEventListener("click", async () => (await show(turn))?.querySelector("a").focus())
addEventListener("popstate", restore)

/* Arrow keys move the focus between field and results; Escape returns to the field. */
page.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const links = [...list.querySelectorAll("h3 a")]
  const at = links.indexOf(document.activeElement)
  if (event.key === "Escape" && list.contains(document.activeElement)) field.focus()
  else if (step && (at >= 0 || (document.activeElement === field && step > 0))) (links[at + step] ?? (at + step < 0 ? field : links[at]))?.focus()
  else return
  event.preventDefault()
})

/* On wide screens the facets are always open; their summary is hidden there. */
const unfold = () => { panel.open = roomy.matches }
roomy.addEventListener("change", unfold)
unfold()
restore()
