// @ts-check
// The headers that every response of the desk has, byte for byte.

export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';" +
  " base-uri 'none'; frame-ancestors 'none'; connect-src 'self';" +
  " require-trusted-types-for 'script'; trusted-types 'none'"

/** The headers by name. */
export const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
