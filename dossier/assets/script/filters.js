/* The filters of a list: hides items, counts what each option would leave, and keeps the choice in the query string
   (`?kind=report&voice=press`), so that it can be shared. An item is shown if it has the chosen value of each facet and all
   words of the text field, or words that begin like them; numbers and days in whatever form (words.js). Without scripts the
   whole list is shown, and no form. The markup comes from templates/filters.html and pages/list_filters.py. */

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

  /* The comparison has each item twice, as a table row and in a list; it is one item with two elements. */
  const items = new Map()
  for (const element of document.querySelectorAll("[data-item]")) {
    const {dataset} = element
    if (!items.has(dataset.item)) items.set(dataset.item, {elements: [], values: facets.map(({name}) => dataset[name]?.split(" ") ?? [])})
    items.get(dataset.item).elements.push(element)
  }
  /* Marks in a picture of the list go with their items. */
  for (const mark of document.querySelectorAll("[data-shown-with]")) items.get(mark.dataset.shownWith)?.elements.push(mark)
  const groups = [...document.querySelectorAll("[data-group]")].map(group => [group, [...group.querySelectorAll("[data-item]")]])
  const folds = [...document.querySelectorAll("[data-fold]")].map(fold => [fold, fold.open])

  /* Text search ignores closed <details> and the word "Link": readers would not see why an item is found. */
  const text = item => item.text ??= fold([...item.elements[0].querySelectorAll("details, .permalink")]
    .reduce((words, unseen) => words.replace(unseen.textContent, " "), item.elements[0].textContent))

  /* What an item is found by: its words, one after the other, and its codes. Where it has a date of its own, days in its text
     are none of it. */
  const found = item => {
    if (item.found) return item.found
    const codes = readCodes(text(item)).coded.flatMap(number => number.codes)
    const days = [...item.elements[0].querySelectorAll("time")].flatMap(time => readCodes(time.dateTime).coded.flatMap(day => day.codes))
    const own = days.length ? codes.filter(code => !code.startsWith("d")) : codes
    return item.found = {words: ` ${wordsOf(text(item)).join(" ")}`, codes: [...own, ...days]}
  }

  /* What the field asks for: words, and codes; of a bare number, which may not be typed out yet, the beginning of one. */
  const wanted = () => {
    const {coded, rest} = readQuery(find?.value ?? "")
    return {words: wordsOf(rest).map(stem), codes: coded.map(({codes: [code, plain]}) => code.startsWith("n") && !plain ? code.slice(0, -1) : code)}
  }

  const fitsWords = (item, {words, codes}) =>
    words.every(word => found(item).words.includes(` ${word}`)) && codes.every(code => found(item).codes.some(own => own.startsWith(code)))

  const show = () => {
    const asked = facets.map(chosen)
    const asking = wanted()
    const counts = facets.map(() => ({}))
    let shown = 0
    for (const item of items.values()) {
      const fitting = fitsWords(item, asking)
      const against = asked.flatMap((value, place) => value && !item.values[place].includes(value) ? [place] : [])
      const fits = fitting && against.length === 0
      if (fits) shown += 1
      for (const element of item.elements) element.toggleAttribute("hidden", !fits) // marks are SVG, which has no property of this name
      /* The count of an option is the number of items if it were chosen and all other facets stayed as they are. So an item
         that fits counts for all facets, and one that fails in a single facet counts for that facet only. */
      if (fitting && against.length < 2) {
        for (const place of against.length ? against : facets.keys()) {
          for (const value of item.values[place]) counts[place][value] = (counts[place][value] ?? 0) + 1
        }
      }
    }
    for (const [group, elements] of groups) group.hidden = elements.every(element => element.hidden)
    facets.forEach((facet, place) => number(facet, counts[place]))
    clear.hidden = !asked.some(Boolean) && !asking.words.length && !asking.codes.length
    // What is folded opens for who asks for something that is in it, and closes again.
    for (const [fold, isOpen] of folds) fold.open = isOpen || !clear.hidden
    const all = items.size.toLocaleString("en")
    tell(clear.hidden ? `${all} ${plural}` : shown ? `${shown.toLocaleString("en")} of ${all} ${plural}` : `No ${noun} fits this choice.`)
  }

  /* Write the counts into the labels, and disable options that would leave nothing. */
  const number = (facet, counts) => {
    for (const choice of facet.type === "checkbox" ? [facet] : [...facet.options].slice(1)) {
      const {[choice.value]: gives = 0} = counts
      const label = facet === choice ? facet.nextElementSibling : choice
      label.textContent = `${label.dataset.words} (${gives.toLocaleString("en")})`
      choice.disabled = !gives && !choice.selected && !choice.checked
    }
  }

  const tell = words => {
    // A live region is read out when it is set, even to the same text.
    if (said.textContent !== words) said.textContent = words
  }

  /* Read the form from the query string; unknown values are ignored. `keep` below is the reverse. */
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
    // replaceState, not pushState: otherwise the back button would undo every keystroke before it leaves the page.
    const address = new URL(location.href)
    for (const control of find ? [...facets, find] : facets) {
      const value = chosen(control).trim()
      if (value) address.searchParams.set(control.name, value)
      else address.searchParams.delete(control.name)
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  const change = () => { show(); keep() }

  /* On load and on back or forward. If the fragment names an item that the filters hide, they are reset. */
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
    // A malformed escape such as %E0%A4%A throws URIError.
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
