// What helps a caseworker: a link that leaves the screen, a photo made small, a code, the note.

import "../../web/static/js/elements/code-from-address.js"
import "../../web/static/js/elements/emergency-card.js"
import "../../web/static/js/elements/note-panel.js"
import "../../web/static/js/elements/photo-field.js"
import "../../web/static/js/elements/seen-password.js"
import "../../web/static/js/elements/shown-briefly.js"
import { equal, ok, test } from "./harness/test.mjs"

function on(page, tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  page.append(element)
  return element
}

const field = (value = "") => Object.assign(document.createElement("input"), { value })

/** Look after each change of an element until something holds. */
const until = (element, holds) =>
  new Promise((done) => {
    if (holds()) return done()
    const look = new MutationObserver(() => holds() && (look.disconnect(), done()))
    look.observe(element, { childList: true, subtree: true, attributes: true })
  })

test("a link leaves the screen when its time is up, and the page says so", async () => {
  const words = { "data-seconds": "0", "data-gone": "Linket er skjult igen.", tabindex: "-1" }
  const shown = on(document.body, "shown-briefly", words, field("http://localhost/m#secret"))
  await until(shown, () => !shown.querySelector("input"))
  equal(shown.textContent, "Linket er skjult igen.")
  equal(shown.firstElementChild.getAttribute("role"), "status")
  ok(!document.documentElement.outerHTML.includes("secret"))
  shown.remove()
})

test("a page left and kept for the back button holds no link", () => {
  const words = { "data-seconds": "60", "data-gone": "Linket er skjult igen.", tabindex: "-1" }
  const shown = on(document.body, "shown-briefly", words, field("http://localhost/m#secret"))
  dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }))
  equal(shown.querySelector("input"), null)
  shown.remove()
})

test("a code behind the # goes into its field and out of the address", () => {
  history.replaceState(null, "", "#ABCD-EFGH")
  const input = field()
  on(document.body, "code-from-address", {}, input).remove()
  equal(input.value, "ABCD-EFGH")
  equal(location.hash, "")
})

test("without a code the field keeps what was typed", () => {
  const input = field("typed by hand")
  on(document.body, "code-from-address", {}, input).remove()
  equal(input.value, "typed by hand")
})

test("a password can be looked at, and is dots again before it is sent", () => {
  const form = on(document.body, "form", {})
  form.addEventListener("submit", (event) => event.preventDefault())
  const input = field("grønne cykler")
  input.type = "password"
  const element = document.createElement("seen-password")
  Object.assign(element.dataset, { show: "Vis", hide: "Skjul" })
  element.append(input)
  form.append(element)
  const button = element.querySelector("button")
  equal([input.type, button.textContent, button.type].join(), "password,Vis,button")
  button.click()
  equal([input.type, button.textContent].join(), "text,Skjul")
  form.requestSubmit()
  equal([input.type, input.value, button.textContent].join(), "password,grønne cykler,Vis")
  form.remove()
})

async function chosen(file) {
  const input = Object.assign(document.createElement("input"), { type: "file" })
  const holder = on(document.body, "photo-field", {}, input)
  const files = new DataTransfer()
  files.items.add(file)
  input.files = files.files
  input.dispatchEvent(new Event("change"))
  await until(holder, () => holder.hasAttribute("data-ready"))
  holder.remove()
  return input.files[0]
}

test("the emergency card unfolds when nobody is reached, and stays as it was put after that", () => {
  const fold = document.createElement("details")
  const card = on(document.body, "emergency-card", {}, fold)
  const told = (...alerts) => card.show({ state: { alerts: alerts.map((id) => ({ id })) } })
  told("line-broke")
  equal(fold.open, false)
  told("line-broke", "emergency")
  equal(fold.open, true)
  fold.open = false
  told("emergency")
  equal(fold.open, false)
  told()
  told("emergency")
  equal(fold.open, true)
  card.remove()
})

test("a large photo becomes a small square one under a name of ours", async () => {
  const canvas = new OffscreenCanvas(1600, 900)
  canvas.getContext("2d").fillRect(0, 0, 800, 900)
  const large = new File([await canvas.convertToBlob({ type: "image/png" })], "hjemme.png")
  const sent = await chosen(large)
  const picture = await createImageBitmap(sent)
  equal(`${picture.width} x ${picture.height}`, "480 x 480")
  equal(sent.type, "image/jpeg")
  equal(sent.name, "portrait.jpg")
})

test("what is no picture goes as it is, for the server to say so", async () => {
  const sent = await chosen(new File(["no picture"], "brev.txt", { type: "text/plain" }))
  equal(sent.name, "brev.txt")
})

/** One row of a note, as noting/item.html draws it. */
function row(number, standing, ...deeds) {
  const item = document.createElement("li")
  item.dataset.item = number
  const said = Object.assign(document.createElement("p"), { textContent: standing })
  const more = document.createElement("details")
  more.append(document.createElement("summary"))
  for (const deed of deeds) {
    const form = Object.assign(document.createElement("form"), { action: deed, method: "post" })
    form.append(document.createElement("textarea"), document.createElement("button"))
    more.append(form)
  }
  item.append(said, more)
  return item
}

/** A note beside the call, on a page whose server answers with these rows. */
function noteOf(...rows) {
  const list = document.createElement("ol")
  list.dataset.items = ""
  list.append(row(1, "Sofie har ikke valgt.", "/mark", "/strike"))
  const page = new Blob([`<ol data-items>${rows.map((one) => one.outerHTML).join("")}</ol>`], { type: "text/html" })
  const note = on(document.body, "note-panel", { "data-page": URL.createObjectURL(page) }, list)
  return { note, list }
}

test("what was just done to a line shows at once, and the keyboard stays in its row", async () => {
  const { note, list } = noteOf(row(1, "Sig det til Sofie.", "/strike"))
  const button = list.querySelector("button")
  list.querySelector("details").open = true
  button.focus()
  const native = fetch
  window.fetch = async () => Response.json({ text: "Gemt" })
  button.click()
  await until(list, () => list.textContent.includes("Sig det til Sofie."))
  window.fetch = native
  equal(document.activeElement, list.querySelector("summary"))
  equal(list.querySelector("details").open, false)
  note.remove()
})

test("a line somebody writes in is left alone when the young person chooses", async () => {
  const { note, list } = noteOf(row(1, "Sofie har valgt."), row(2, "Ny."))
  list.querySelector("details").open = true
  list.querySelector("textarea").value = "Halvt skrevet"
  note.show({ items: [{ item: 1 }] })
  await until(list, () => list.children.length === 2)
  equal(list.querySelector("textarea").value, "Halvt skrevet")
  note.remove()
})

test("what is typed on behind words that are being saved begins the next line", async () => {
  const form = Object.assign(document.createElement("form"), { className: "note__new" })
  const words = Object.assign(document.createElement("textarea"), { name: "text", value: "Hun har fået en kanin." })
  const kept = document.createElement("p")
  kept.dataset.kept = ""
  form.append(words)
  const note = on(document.body, "note-panel", { "data-page": "" }, form, kept)
  const native = fetch
  window.fetch = async () => {
    words.value += "Den hedder"
    return Response.json({ text: "Gemt" })
  }
  form.requestSubmit()
  await until(note, () => kept.textContent === "Gemt")
  window.fetch = native
  equal(words.value, "Den hedder")
  note.remove()
})

test("words another window wrote first stand under the field until somebody chooses", async () => {
  const form = Object.assign(document.createElement("form"), { className: "note__new" })
  form.dataset.place = "meeting:7:noticed"
  form.dataset.revision = "0"
  const holder = Object.assign(document.createElement("div"), { className: "field" })
  const words = document.createElement("textarea")
  holder.append(words)
  form.append(holder)
  const model = document.createElement("template")
  model.dataset.conflict = ""
  const shown = Object.assign(document.createElement("div"), { className: "note-conflict" })
  const other = document.createElement("p")
  other.dataset.fill = "other"
  const takes = ["theirs", "mine"].map((name) => {
    const press = Object.assign(document.createElement("button"), { type: "button" })
    press.dataset.takes = name
    return press
  })
  shown.append(other, ...takes)
  model.content.append(shown)
  const note = on(document.body, "note-panel", { "data-page": "" }, form, model)
  const native = fetch
  const sent = []
  const answers = [
    [409, { error: "written-elsewhere", text: "Der er skrevet", other: "Fra den første", revision: 4 }],
    [200, { revision: 5, hints: ["Er det noget, du så?"] }],
  ]
  window.fetch = async (_, { body }) => {
    sent.push(Object.fromEntries(body))
    const [status, told] = answers[sent.length - 1]
    return Response.json(told, { status })
  }
  words.value = "Fra den anden"
  words.dispatchEvent(new Event("input", { bubbles: true }))
  await until(note, () => form.querySelector(".note-conflict"))
  equal(form.querySelector("[data-fill]").textContent, "Fra den første")
  equal(words.value, "Fra den anden")
  form.querySelector('[data-takes="mine"]').click()
  await until(note, () => form.dataset.revision === "5")
  equal(sent[1].text, "Fra den anden")
  equal(sent[1].revision, "4")
  equal(form.querySelector(".note-conflict"), null)
  // Sent meanwhile: nothing is left there to meet.
  answers.push([409, { error: "written-elsewhere", text: "", other: "", revision: 6 }], [200, { revision: 7 }])
  words.dispatchEvent(new Event("input", { bubbles: true }))
  await until(note, () => form.dataset.revision === "7")
  equal(sent[3].revision, "6")
  equal(form.querySelector(".note-conflict"), null)
  window.fetch = native
  note.remove()
})

test("words typed on while a draft is still on its way meet no other window", async () => {
  const form = document.createElement("form")
  form.dataset.place = "meeting:7:noticed"
  form.dataset.revision = "0"
  const words = document.createElement("textarea")
  form.append(words)
  const note = on(document.body, "note-panel", { "data-page": "" }, form)
  const native = fetch
  const sent = []
  const answers = []
  window.fetch = (_, { body }) => {
    sent.push(Object.fromEntries(body))
    return new Promise((answer) => answers.push(answer))
  }
  const type = async (text, count) => {
    words.value = text
    words.dispatchEvent(new Event("input", { bubbles: true }))
    await new Promise((done) => setTimeout(done, 900)) // the rest after the last key
    equal(sent.length, count)
  }
  await type("Hun har", 1)
  await type("Hun har fået en kanin", 1)
  answers[0](Response.json({ revision: 1, hints: [] }))
  await until(note, () => form.dataset.revision === "1")
  await new Promise((done) => setTimeout(done))
  equal(sent[1].text, "Hun har fået en kanin")
  equal(sent[1].revision, "1")
  answers[1](Response.json({ revision: 2, hints: [] }))
  await until(note, () => form.dataset.revision === "2")
  window.fetch = native
  note.remove()
})
