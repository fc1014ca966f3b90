// @ts-check
// Chromium, and what it reports: messages of the console, failed files, violations of the policy.

import { chromium } from 'playwright-core'

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('playwright-core').Page} Page */

/** The name of the cookie of a session. */
export const SESSION = '__Host-lazaret'

/** The sizes in which every page is shown. Zoom of 200 % halves the width of 1,440 px. */
export const views = [
  { name: '1440 px', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  { name: '400 px', viewport: { width: 400, height: 800 }, deviceScaleFactor: 1 },
  { name: '200 % zoom', viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
]

/** The time for one step of a page, in milliseconds. Pages are slow beside other work. */
export const PATIENCE = 60_000

/** Starts the browser. */
export function start() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
}

/**
 * Opens a context that keeps what the browser reports.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<{ context: BrowserContext, page: Page, reports: string[] }>}
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ ...views[0], name: undefined, ...options })
  context.setDefaultTimeout(PATIENCE)
  /** @type {string[]} */
  const reports = []
  context.on('console', message => reports.push(`console: ${message.text()}`))
  context.on('weberror', problem => reports.push(`script: ${problem.error()}`))
  context.on('requestfailed', request => {
    // A page that is left stops what it still loads, such as its icon.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return
    reports.push(`not loaded: ${request.url()}`)
  })
  if (options.javaScriptEnabled !== false) {
    await context.exposeBinding('reportViolation', (_, text) => reports.push(`policy: ${text}`))
    await context.addInitScript(listen)
  }
  return { context, page: await context.newPage(), reports }
}

/** Runs in the page, before its own scripts. */
function listen() {
  document.addEventListener('securitypolicyviolation', event => {
    const own = /** @type {any} */ (window)
    own.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
  })
}

/**
 * Signs in with the form for tokens.
 * @param {Page} page
 * @param {import('./gate.js').Gate} gate
 * @param {string} [token] the administrator's if absent
 * @param {string} [to] the path of the page that is shown afterwards
 */
export async function signIn(page, gate, token = gate.token, to = '/desk/people/me') {
  await page.goto(`${gate.url}/desk/sign-in?to=${encodeURIComponent(to)}`)
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(gate.url + to)
}

/**
 * Returns the cookie of the session as the browser stored it.
 * @param {BrowserContext} context
 */
export async function sessionCookie(context) {
  return (await context.cookies()).find(cookie => cookie.name === SESSION)
}

/**
 * Returns whether a report is a fault of the page. Chromium reports the status of an error page.
 * @param {string} report
 */
export function isFault(report) {
  return !/^console: Failed to load resource: the server responded with a status of 4/.test(report)
}

/**
 * Returns whether the page is wider than the window.
 * @param {Page} page
 */
export function scrollsSideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement
    return root.scrollWidth > root.clientWidth
  })
}
