package lazaret.signin.oidc;

import lazaret.vetting.text.Coded;

/// The reason why a sign-in was refused, with a sentence for the person. The codes are public and
/// never change.
public enum SignInRefusalCode implements Coded {
  /// The browser has no begun sign-in with the returned state. Another browser began it, it is
  /// older than ten minutes, it was used, or the server restarted.
  NOT_BEGUN(
      "sign-in-not-begun",
      "this browser did not begin this sign-in, or began it more than 10 minutes ago; begin it"
          + " again"),
  /// The response of the provider has no usable form.
  RESPONSE_MALFORMED(
      "sign-in-response",
      "the response of the identity provider cannot be read; begin the sign-in again"),
  /// The response names another issuer (RFC 9207).
  WRONG_ISSUER(
      "sign-in-issuer",
      "the response names another identity provider than the configured one; begin the sign-in"
          + " again"),
  /// The person canceled, or the provider denied access.
  DENIED(
      "sign-in-denied",
      "the identity provider denied the sign-in; ask its administrator for access to this"
          + " application"),
  /// The provider reported an error in the request.
  PROVIDER_ERROR(
      "sign-in-provider-error",
      "the identity provider reported an error; the log of this server has its code"),
  /// The provider did not accept the code: it was used before, or it expired.
  CODE_REFUSED(
      "sign-in-code",
      "the identity provider did not accept the code of this sign-in; begin the sign-in again"),
  /// The provider did not accept the client id or the secret of this server.
  CLIENT_REFUSED(
      "sign-in-client",
      "the identity provider did not accept this server as its client; an administrator must check"
          + " the configuration"),
  /// The ID token has a wrong form, signature or claim.
  TOKEN_REFUSED(
      "sign-in-token",
      "the identity provider sent a token that cannot be accepted; the log of this server has the"
          + " reason"),
  /// The ID token has no name of the person, or one that the provider did not verify.
  NAME_REFUSED(
      "sign-in-name",
      "the identity provider sent no usable name of this person; the log of this server has the"
          + " reason"),
  /// The groups of the person have a wrong form, or are too many.
  GROUPS_REFUSED(
      "sign-in-groups",
      "the identity provider sent groups that cannot be accepted; the log of this server has the"
          + " reason");

  private final String code;
  private final String sentence;

  SignInRefusalCode(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  @Override
  public String code() {
    return code;
  }

  /// Returns a sentence for a page; lower case, no full stop.
  public String sentence() {
    return sentence;
  }
}
