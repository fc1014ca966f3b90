// @ts-check
// The pages that the tests visit. A new page of the desk gets a line here.

/** @typedef {import('playwright-core').Page} Page */

/**
 * A page of the desk.
 * - `open`: shown without sign-in, too
 * - `status`: the expected status, 200 if absent
 * - `planned`: skipped while the desk answers 404; remove the mark when the page is there
 * - `act`: sends the form whose response is the page
 * @typedef {{ name: string, path: string, open?: boolean, status?: number, planned?: boolean,
 *   act?: (page: Page) => Promise<void> }} DeskPage
 */

/**
 * Returns all pages.
 * @param {string} crate a crate of the gate
 * @param {string} version a version that is withheld and was requested
 * @param {string} [git] the key of a Git source; without it the pages of one are left out
 * @returns {DeskPage[]}
 */
export function pages(crate, version, git) {
  const at = `/desk/crates/${crate}/${version}`
  return [
    { name: 'sign-in', path: '/desk/sign-in', open: true },
    { name: 'sign-in after a session ended', path: '/desk/sign-in?ended=1', open: true },
    { name: 'request', path: `/desk/request/${crate}/${version}`, open: true },
    { name: 'request, recorded', path: `/desk/request/${crate}/${version}?done=1`, open: true },
    { name: 'queue', path: '/desk/queue' },
    { name: 'queue of cooldowns', path: '/desk/queue?tab=cooldown' },
    { name: 'queue of second persons', path: '/desk/queue?tab=second-person' },
    { name: 'queue, nothing selected', path: '/desk/queue?done=none' },
    { name: 'queue, unknown reason', path: '/desk/queue?reason=x', status: 400 },
    { name: 'queue, denial', path: '/desk/queue', act: deny },
    { name: 'version', path: at },
    { name: 'review', path: `${at}/review` },
    { name: 'review, split', path: `${at}/review?view=split` },
    { name: 'review, search', path: `${at}/review?find=main` },
    { name: 'review of several', path: `/desk/review?versions=${crate}@${version}` },
    { name: 'file', path: `${at}/files/Cargo.toml` },
    { name: 'crate', path: `/desk/crates/${crate}` },
    { name: 'crates', path: '/desk/crates' },
    { name: 'search', path: `/desk/search?q=${crate}` },
    { name: 'search without a result', path: '/desk/search?q=no-such-word' },
    { name: 'lockfiles', path: '/desk/lockfiles' },
    { name: 'lockfile', path: '/desk/lockfiles', act: page => check(page, crate, version) },
    { name: 'lockfile, malformed', path: '/desk/lockfiles', status: 400, act: checkMalformed },
    { name: 'inventory', path: '/desk/inventory' },
    { name: 'expiring', path: '/desk/expiring' },
    { name: 'documentation', path: '/desk/documentation' },
    { name: 'events', path: '/desk/events' },
    { name: 'feeds', path: '/desk/feeds' },
    { name: 'toolchains', path: '/desk/toolchains' },
    { name: 'Git sources', path: '/desk/git-sources' },
    { name: 'Git sources, none found', path: '/desk/git-sources?only=denied&q=no-such-word' },
    { name: 'no such Git source', path: `/desk/git-sources/${'0'.repeat(64)}`, status: 404 },
    ...(git ? pagesOfSource(`/desk/git-sources/${git}`) : []),
    { name: 'policy', path: '/desk/policy' },
    { name: 'bundles', path: '/desk/bundles' },
    { name: 'private crates', path: '/desk/private' },
    { name: 'people', path: '/desk/people' },
    { name: 'person', path: '/desk/people/me' },
    { name: 'own requests', path: '/desk/people/me/requests' },
    { name: 'status', path: '/desk/status' },
    { name: 'device', path: '/desk/device' },
    { name: 'device, unknown code', path: '/desk/device?code=BCDF-GHJK', status: 404 },
    { name: 'no such page', path: '/desk/no-such-page', open: true, status: 404 },
    { name: 'no such crate', path: '/desk/crates/no-such-crate', status: 404 },
    { name: 'malformed name', path: '/desk/crates/..%3Cb%3E', status: 400 },
  ]
}

/**
 * Returns the pages of a Git source.
 * @param {string} path
 * @returns {DeskPage[]}
 */
function pagesOfSource(path) {
  return [
    { name: 'Git source', path },
    { name: 'Git source, denial', path: `${path}?kind=deny` },
    { name: 'Git source, no reason', path, status: 422, act: decideWithoutReason },
  ]
}

/**
 * Sends the form of a decision without a reason, which the browser alone would refuse.
 * @param {Page} page
 */
async function decideWithoutReason(page) {
  await page.locator('#decide').evaluate(form => form.setAttribute('novalidate', ''))
  await page.getByRole('button', { name: 'Record approval' }).click()
}

/** @param {Page} page */
async function deny(page) {
  await page.locator('input[name=pick]').first().check()
  await page.locator('button[name=do][value=deny]').click()
}

/**
 * Sends a lockfile with one version.
 * @param {Page} page
 * @param {string} crate
 * @param {string} version
 */
async function check(page, crate, version) {
  const source = 'registry+https://github.com/rust-lang/crates.io-index'
  const checksum = '0'.repeat(64)
  const fields = { name: crate, version, source, checksum }
  const lines = Object.entries(fields).map(([name, value]) => `${name} = "${value}"`)
  await send(page, `version = 4\n\n[[package]]\n${lines.join('\n')}\n`)
}

/** @param {Page} page */
async function checkMalformed(page) {
  await send(page, '[[package]\nname = <b>')
}

/** @param {Page} page @param {string} lockfile */
async function send(page, lockfile) {
  await page.locator('textarea[name=lockfile]').fill(lockfile)
  await page.getByRole('button', { name: 'Check the lockfile' }).click()
}

/**
 * Opens a page and, if it is the response to a form, sends the form.
 * @param {Page} page
 * @param {string} url the address of the desk
 * @param {DeskPage} each
 * @returns {Promise<number>} the status of the page
 */
export async function show(page, url, each) {
  const response = await page.goto(url + each.path, { waitUntil: 'networkidle' })
  // A review without a compared file loads itself again.
  const shown = page.locator('#code .hunk, main:not(:has(#waiting))')
  await shown.first().waitFor({ state: 'attached' })
  // The first hunk may be that of a page that is still loading.
  await page.waitForLoadState('networkidle')
  if (!each.act || !response?.ok()) return response?.status() ?? 0
  const sent = page.waitForResponse(answer => answer.request().method() === 'POST')
  await each.act(page)
  const answer = await sent
  await page.waitForLoadState('networkidle')
  return answer.status()
}

/**
 * Returns whether a page is missing as planned.
 * @param {DeskPage} page
 * @param {number} status the status of the response
 */
export function isMissing(page, status) {
  return page.planned === true && status === 404
}

/** The reason with which a planned page is skipped. */
export const MISSING = 'the desk has no such page yet'
