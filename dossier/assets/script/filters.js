/* The filters of a list. Without this file the whole list is shown, and no filter.
   An item fits where each facet has its chosen value and the words looked for stand in it. The choice stands in the
   address, as in `?kind=report&voice=press`, so that it can be sent to others. */

const box = document.querySelector("[data-filters]")

if (box) {
  const form = box.querySelector("form")
  const said = form.querySelector("[role=status]")
  const clear = form.querySelector("button")
  const find = form.querySelector("[type=search]")
  const facets = [...form.querySelectorAll("select, [type=checkbox]")]
  const {noun, plural} = box.dataset
  let waiting

  const chosen = facet => facet.type === "checkbox" && !facet.checked ? "" : facet.value
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase()

  /* An item may stand on the page twice, as a row and in a list; it counts once. */
  const items = new Map()
  for (const element of document.querySelectorAll("[data-item]")) {
    const {dataset} = element
    if (!items.has(dataset.item)) items.set(dataset.item, {elements: [], values: facets.map(({name}) => dataset[name]?.split(" ") ?? [])})
    items.get(dataset.item).elements.push(element)
  }
  const groups = [...document.querySelectorAll("[data-group]")].map(group => [group, [...group.querySelectorAll("[data-item]")]])

  /* What is folded away or says "Link" on every item would be found without being seen. */
  const text = item => item.text ??= fold([...item.elements[0].querySelectorAll("details, .permalink")]
    .reduce((words, unseen) => words.replace(unseen.textContent, " "), item.elements[0].textContent))

  const show = () => {
    const asked = facets.map(chosen)
    const words = fold(find?.value ?? "").split(/\s+/).filter(Boolean)
    const counts = facets.map(() => ({}))
    let shown = 0
    for (const item of items.values()) {
      const found = words.every(word => text(item).includes(word))
      const against = asked.flatMap((value, place) => value && !item.values[place].includes(value) ? [place] : [])
      const fits = found && against.length === 0
      if (fits) shown += 1
      for (const element of item.elements) element.hidden = !fits
      /* A choice counts what it would give, the other choices being as they are. */
      if (found && against.length < 2) {
        for (const place of against.length ? against : facets.keys()) {
          for (const value of item.values[place]) counts[place][value] = (counts[place][value] ?? 0) + 1
        }
      }
    }
    for (const [group, elements] of groups) group.hidden = elements.every(element => element.hidden)
    facets.forEach((facet, place) => number(facet, counts[place]))
    clear.hidden = !asked.some(Boolean) && !words.length
    const all = items.size.toLocaleString("en")
    tell(clear.hidden ? `${all} ${plural}` : shown ? `${shown.toLocaleString("en")} of ${all} ${plural}` : `No ${noun} fits this choice.`)
  }

  const number = (facet, counts) => {
    for (const choice of facet.type === "checkbox" ? [facet] : [...facet.options].slice(1)) {
      const {[choice.value]: gives = 0} = counts
      const label = facet === choice ? facet.nextElementSibling : choice
      label.textContent = `${label.dataset.words} (${gives.toLocaleString("en")})`
      choice.disabled = !gives && !choice.selected && !choice.checked
    }
  }

  const tell = words => {
    if (said.textContent !== words) said.textContent = words
  }

  /* From the address to the form, and back. A value that is not offered is no choice. */
  const read = () => {
    const {searchParams} = new URL(location.href)
    for (const facet of facets) {
      const value = searchParams.get(facet.name) ?? ""
      if (facet.type === "checkbox") facet.checked = value === facet.value
      else facet.value = [...facet.options].some(option => option.value === value) ? value : ""
    }
    if (find) find.value = searchParams.get("find") ?? ""
  }

  const keep = () => {
    const address = new URL(location.href)
    for (const control of find ? [...facets, find] : facets) {
      const value = chosen(control).trim()
      if (value) address.searchParams.set(control.name, value)
      else address.searchParams.delete(control.name)
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  const change = () => { show(); keep() }

  /* Who follows a link to an item sees it, whatever had been chosen. */
  const arrive = () => {
    clearTimeout(waiting)
    read()
    show()
    const target = document.getElementById(named(location.hash))
    if (!target?.closest("[hidden]")) return
    form.reset()
    change()
    target.scrollIntoView({behavior: "instant"})
  }

  const named = hash => {
    try { return decodeURIComponent(hash.slice(1)) } catch { return "" }
  }

  form.addEventListener("input", ({target}) => {
    clearTimeout(waiting)
    if (target === find) waiting = setTimeout(change, 150)
    else change()
  })
  form.addEventListener("submit", event => event.preventDefault())
  clear.addEventListener("click", () => { form.reset(); facets.concat(find ?? [])[0].focus(); change() })
  addEventListener("popstate", arrive)

  arrive()
  box.hidden = false
}
