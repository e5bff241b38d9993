// @ts-check

/**
 * A guest's page shows nothing while nobody looks at it (L18, L20): in the app switcher as far as
 * the phone lets us, while the browser has it frozen, and when it is kept for the back button,
 * where nothing at all is left of it to come back.
 *
 * @param {Document} page
 * @param {EventTarget} screen the window, whose events these are
 */
export function veil(page, screen) {
  const put = () => page.documentElement.classList.add("veiled")
  const lift = () => page.documentElement.classList.remove("veiled")
  page.addEventListener("freeze", put)
  page.addEventListener("resume", lift)
  page.addEventListener("visibilitychange", () => (page.visibilityState === "hidden" ? put() : lift()))
  for (const sign of ["focus", "pointerdown", "keydown"]) screen.addEventListener(sign, lift, true)
  screen.addEventListener("pagehide", () => {
    put()
    page.body.replaceChildren()
  })
}
