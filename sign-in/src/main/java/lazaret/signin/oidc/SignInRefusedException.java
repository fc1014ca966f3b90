package lazaret.signin.oidc;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// The refusal of a sign-in, which [OidcClient] turns into its result.
final class SignInRefusedException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final SignInRefusalCode reason;
  private final String detail;

  /// Creates an exception.
  ///
  /// @param detail the reason for the log; lower case, no full stop, without secrets
  SignInRefusedException(SignInRefusalCode reason, String detail) {
    super(ErrorCode.UNAUTHENTICATED, detail, null);
    this.reason = reason;
    this.detail = detail;
  }

  /// Returns the result that the caller of the client gets.
  AuthenticationResult.Refused result() {
    return new AuthenticationResult.Refused(reason, detail);
  }
}
