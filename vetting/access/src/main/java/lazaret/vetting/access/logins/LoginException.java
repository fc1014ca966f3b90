package lazaret.vetting.access.logins;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// The refusal of a login or of an answer to one. The code is `unknown` for a login that does not
/// exist, `forbidden` for a caller who may not answer, and `server-unavailable` if a limit is
/// reached.
public final class LoginException extends LazaretException {
  private static final long serialVersionUID = 1L;

  LoginException(ErrorCode code, String message) {
    super(code, message, null);
  }
}
