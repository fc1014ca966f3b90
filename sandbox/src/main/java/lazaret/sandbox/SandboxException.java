package lazaret.sandbox;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sandbox does not run the command. Nothing was run without it. The message says what was
/// tried, on what, what was expected and found, and the cure.
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What stands in the way.
  public enum Kind {
    /// The call: a folder that must not be inside, a command or a variable that cannot be used.
    REFUSED,
    /// The machine: bubblewrap is missing or too old, namespaces are off, a probe was not denied.
    UNUSABLE,
    /// Setting the sandbox up, or reading what came out of it, failed.
    FAILED
  }

  /// Creates an exception.
  ///
  /// @param message lower case, no full stop, no secrets
  public SandboxException(Kind kind, String message) {
    this(kind, message, null);
  }

  /// Creates an exception over the failure underneath.
  ///
  /// @param message lower case, no full stop, no secrets
  public SandboxException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind);
  }

  /// Returns what stands in the way.
  public Kind kind() {
    return kind;
  }
}
