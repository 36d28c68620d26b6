// The search page. Pagefind and its index are loaded at the first keystroke, or at once if the query string has a query.
// The query is kept in the query string. Labels of facet values are read from the lists below the form (templates/search.html),
// so this file has none. words.js, query.js and facet.js stand before it in one module.
const ROOT = new URL("..", import.meta.url)
const AT_ONCE = 10 // results in a batch
const WORDS = 32 // words of an excerpt
const PAUSE = 200 // ms between the last keystroke and the search

const page = document.querySelector("[data-search]")
const form = page.querySelector("form")
const field = form.querySelector("input")
const said = page.querySelector(".search-count")
const hint = page.querySelector(".search-meant")
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

/* The values of that filter by kind. */
const whats = () => Object.fromEntries([...facet.kind.items.keys()].map(kind => [kind, ["", ...(facet.verdict?.items.keys() ?? [])].map(verdict => `${kind}:${verdict}`)]))

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
const pagefind = () => (loading ??= import(new URL("pagefind/pagefind.js", ROOT)).then(async made => {
  await made.options({ranking: RANKING})
  await made.init()
  return new Asker(made, new URL("pagefind/", ROOT), whats())
}))

// Number of the latest search. Each search checks it after every await, and gives up if a newer one has started.
let turn = 0
let left = []
let terms = [] // words and codes that were searched for, to mark them

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
    columns.hidden = hint.hidden = true
    said.textContent = ""
    return
  }
  if (columns.hidden) said.textContent = "Searching …"
  list.ariaBusy = "true"
  try {
    const asker = await pagefind()
    if (mine !== turn) return
    const found = await asker.ask(ask.q, filters(ask))
    // Counts of a facet with a choice must ignore that choice, else all its other values would be 0: one more search each.
    const others = new Map()
    for (const one of facets.filter(one => ask[one.name].length)) {
      others.set(one, (await asker.index.search(found.query, { filters: filters(ask, one.name) })).filters)
    }
    if (mine !== turn) return
    for (const one of facets) if (one.always || one.box.open) one.count(counted(others.get(one) ?? found.filters, one.name))
    columns.hidden = !found.results.length && !number
    left = [...found.results]
    terms = found.terms
    list.replaceChildren()
    suggest(found)
    await show(mine)
    if (mine !== turn) return
    said.textContent = summary(found, ask)
    list.ariaBusy = "false"
  } catch (fault) {
    if (mine !== turn) return
    loading = undefined
    columns.hidden = true
    said.textContent = "The search could not be loaded. The lists below lead to everything."
    console.warn(fault)
  }
}

const summary = ({ results: { length: number }, without, meant }, ask) =>
  `${number ? number.toLocaleString("en") : "No"} ${number === 1 ? "result" : "results"}${ask.q ? ` for “${ask.q}”` : ""}`
  + `${number && meant.length ? `, read as “${corrected(meant)}”` : ""}${number && without.length ? `, also without “${without.join("”, “")}”` : ""}${choices(ask) ? ", narrowed down" : ""}`

/* What was typed, with slips put right. */
const corrected = meant => meant.reduce((text, { words, meant: word }) => fold(text).replace(words, word), field.value.trim())

/* "Did you mean": a link that asks with slips put right. Where nothing was found, what else can be typed. */
function suggest({ results, meant }) {
  const link = make("a", "", corrected(meant))
  link.href = `?${new URLSearchParams({ q: link.textContent })}`
  const advice = results.length ? [] : ["Try another word, a number, a day or a name, or one of the lists below."]
  hint.replaceChildren(...(meant.length ? ["Did you mean ", link, "?"] : advice))
  hint.hidden = !hint.hasChildNodes()
}

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
  if (data.meta.when) facts.append(" · ", data.meta.when)
  if (kind === "note" && facet.article) facts.append(" · ", ...facet.article.label(article[0]))
  return make("li", "", make("h3", "", link), facts, excerpt(data))
}

/* WORDS words around the first hit: Pagefind's `locations` are word indexes into `content`; numbers and days in another form
   than they were typed in are found by their codes. Pagefind's own excerpts are HTML strings. */
function excerpt({ content, locations }) {
  const words = content.split(/\s+/)
  const hits = new Set([...locations, ...codedPlaces(words)])
  const start = Math.max(0, Math.min((hits.size ? Math.min(...hits) : 0) - 8, words.length - WORDS))
  const made = make("p", "excerpt", start ? "… " : "")
  words.slice(start, start + WORDS).forEach((word, place) => made.append(hits.has(start + place) ? make("mark", "", word) : word, " "))
  if (start + WORDS < words.length) made.append("…")
  return made
}

/* The indexes of words that are a number or a day which was asked for. */
function* codedPlaces(words) {
  const folded = words.map(fold).join(" ")
  for (const { words: text, at, codes } of readCodes(folded).coded) {
    if (!codes.some(code => terms.includes(code))) continue
    const first = folded.slice(0, at).split(" ").length - 1
    for (const place of text.split(" ").keys()) yield first + place
  }
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
