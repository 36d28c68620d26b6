// A part of the search page's script (search.js), which has `page` and `make`.
const LISTED = 12 // values of a facet before "Show all"

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
