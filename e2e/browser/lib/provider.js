// @ts-check
// An identity provider of OpenID Connect on a loopback port, with people who have groups.

import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** The id under which the desk is registered. */
export const CLIENT = 'desk'

/** The path to which the provider reports that a session ended. */
export const LOGOUT = '/desk/sign-in/back-channel-logout'

/** A text that runs where it is not escaped. */
export const HOSTILE = '<img src=x onerror="window.hit=1"> "\'>'

/** The people by the name with which they sign in. @type {Record<string, any>} */
const people = {
  mara: { name: 'Mara Meyer', groups: ['lazaret-admins', 'everybody'] },
  jonas: { name: HOSTILE, groups: ['lazaret-reviewers', HOSTILE] },
  lena: { name: 'Lena Lang', groups: ['lazaret-developers'] },
  stranger: { name: 'Nobody Known', groups: ['everybody'] },
}

/**
 * Starts the provider.
 * @param {string} issuer its address
 * @param {string} desk the address of the desk
 */
export async function startProvider(issuer, desk) {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${desk}/desk/sign-in/return`],
        post_logout_redirect_uris: [`${desk}/desk/sign-in`],
        backchannel_logout_uri: desk + LOGOUT,
        backchannel_logout_session_required: true,
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'groups'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    // Its own agent refuses loopback addresses.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    pkce: { required: () => true },
    cookies: { keys: ['of a test'] },
  })
  provider.on('backchannel.error', (_, problem) => console.error('not reported:', problem))
  const server = createServer(provider.callback())
  const port = Number(new URL(issuer).port)
  await new Promise(resolve => server.listen(port, '127.0.0.1', () => resolve(0)))
  return server
}

/** @param {string} id */
function claims(id) {
  const { name, groups } = people[id] ?? { name: id, groups: [] }
  const email = `${id}@example.org`
  return { sub: id, name, preferred_username: id, groups, email, email_verified: true }
}
