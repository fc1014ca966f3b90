// @ts-check
// Makes the pictures of docs/desk-web.md from the demo. bin/screenshots starts it.
// node tool/screenshots.js FOLDER ADDRESS TOKEN ADMIN-TOKEN

import { join } from 'node:path'
import { open, signIn, start } from '../lib/browser.js'
import { show } from '../lib/pages.js'

const [folder, url, token, admin] = process.argv.slice(2)

/** The pages by the name of their pictures. */
const pages = {
  'sign-in': '/desk/sign-in',
  request: '/desk/request/zstd-sys/2.1.3+zstd.1.5.7',
  queue: '/desk/queue',
  version: '/desk/crates/ringbuf-async/1.4.1',
  review: '/desk/crates/ringbuf-async/1.4.1/review',
  crate: '/desk/crates/zstd-sys',
  lockfiles: '/desk/lockfiles',
  search: '/desk/search?q=zstd',
  inventory: '/desk/inventory',
  feeds: '/desk/feeds',
  policy: '/desk/policy',
  events: '/desk/events',
  people: '/desk/people',
  status: '/desk/status',
}

/** The pages that are shown to a visitor who is not signed in. */
const OPEN = ['sign-in', 'request']

/** The pages that are shown to an administrator. */
const ADMIN = ['people']

/** The pages that are also shown dark and narrow. */
const ALL_KINDS = ['request', 'queue', 'version', 'review', 'status']

/** The kinds of pictures by the end of their names. */
const kinds = {
  light: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  narrow: { colorScheme: 'light', viewport: { width: 400, height: 800 } },
}

const browser = await start()
for (const [kind, options] of Object.entries(kinds)) {
  const settings = /** @type {any} */ (options)
  const visitor = await open(browser, settings)
  const person = await open(browser, settings)
  await signIn(person.page, { url, token })
  const manager = await open(browser, settings)
  await signIn(manager.page, { url, token: admin })
  for (const [name, path] of Object.entries(pages)) {
    if (kind !== 'light' && !ALL_KINDS.includes(name)) continue
    const other = ADMIN.includes(name) ? manager : person
    const { page } = OPEN.includes(name) ? visitor : other
    const status = await show(page, url, { name, path })
    if (status !== 200) {
      console.log(`left out: ${path} has the status ${status}`)
      continue
    }
    await page.screenshot({ path: join(folder, `${name}-${kind}.png`), caret: 'hide' })
  }
}
await browser.close()
