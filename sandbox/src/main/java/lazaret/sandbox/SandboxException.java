package lazaret.sandbox;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The failure of the sandbox to run a command, or to read its result. A command is never run
/// without the sandbox. The message states the attempted action, its object, what was expected and
/// found, and the next step.
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// The cause of the failure.
  public enum Kind {
    /// The request: a forbidden folder, or an unusable command or variable.
    REFUSED,
    /// The machine: bubblewrap is missing or too old, namespaces are unavailable, or a probe was
    /// not denied.
    UNUSABLE,
    /// An error during the setup of the sandbox or while reading its result.
    FAILED
  }

  /// Creates an exception.
  ///
  /// @param kind the cause
  /// @param message the message, in lower case, without a full stop and secrets
  public SandboxException(Kind kind, String message) {
    this(kind, message, null);
  }

  /// Creates an exception with an underlying failure.
  ///
  /// @param kind the cause
  /// @param message the message, in lower case, without a full stop and secrets
  /// @param cause the underlying failure, or null
  public SandboxException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
  }

  /// Returns the cause of the failure.
  public Kind kind() {
    return kind;
  }
}
