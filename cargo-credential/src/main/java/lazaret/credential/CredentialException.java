package lazaret.credential;

import org.jspecify.annotations.Nullable;

/// The failure to read or write stored tokens, or a refused value of them. The message has no
/// secret.
public final class CredentialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CredentialException(String message) {
    this(message, null);
  }

  CredentialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Returns the message: the attempted action, what was expected and found, and the next step.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
