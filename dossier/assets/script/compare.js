/* The filters of the page that compares the articles. Without this file every claim is shown.
   The choice stands in the address, as in `?topic=whatsapp&differ=1`, so that it can be sent to others. */

const filter = document.querySelector("[data-filter]")

if (filter) {
  const topic = filter.querySelector("select")
  const differ = filter.querySelector("input")
  const count = filter.querySelector("[role=status]")
  const compared = document.querySelector("[data-compared]")
  const groups = [...compared.querySelectorAll("[data-group]")].map(group => [group, [...group.querySelectorAll("[data-claim]")]])

  const fits = ({dataset}) =>
    (!topic.value || dataset.topics.split(" ").includes(topic.value)) && (!differ.checked || "differs" in dataset)

  // A claim may be on the page as a row and as an item of a list; it counts once.
  const number = claims => new Set(claims.map(claim => claim.dataset.claim)).size

  const show = () => {
    for (const [group, claims] of groups) {
      for (const claim of claims) claim.hidden = !fits(claim)
      group.hidden = claims.every(claim => claim.hidden)
    }
    const all = groups.flatMap(([, claims]) => claims)
    const shown = number(all.filter(claim => !claim.hidden))
    compared.hidden = shown === 0
    count.textContent = shown ? `Claims shown: ${shown} of ${number(all)}.` : "No claim fits this choice."
  }

  const keep = () => {
    const address = new URL(location.href)
    const choice = {topic: topic.value, differ: differ.checked ? "1" : ""}
    for (const [name, value] of Object.entries(choice)) {
      if (value) address.searchParams.set(name, value)
      else address.searchParams.delete(name)
    }
    history.replaceState(history.state, "", address)
  }

  const asked = new URL(location.href).searchParams
  topic.value = [...topic.options].some(option => option.value === asked.get("topic")) ? asked.get("topic") : ""
  differ.checked = asked.get("differ") === "1"
  filter.hidden = false
  show()
  filter.addEventListener("change", () => { show(); keep() })
}
