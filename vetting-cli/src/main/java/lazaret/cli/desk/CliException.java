package lazaret.cli.desk;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.Problem;
import org.jspecify.annotations.Nullable;

/// The failure of a command. Its code determines the exit code.
public final class CliException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// Creates an exception.
  ///
  /// @param message the attempted action and its object, what was expected and found, and the next
  ///   step
  public CliException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /// Creates an exception with an underlying failure.
  ///
  /// @param message the attempted action and its object, what was expected and found, and the next
  ///   step
  public CliException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
    this.problems = List.of(new Problem(code, message));
  }

  /// Creates an exception from the reply of a desk.
  ///
  /// @param tried the attempted action, for example `cannot approve serde@1.0.9`
  /// @param problems the problems in the reply, at least one, most severe first
  public CliException(String tried, List<Problem> problems) {
    super(problems.getFirst().code(), tried + ": " + problems.getFirst().sentence(), null);
    this.problems = List.copyOf(problems);
  }

  /// Returns all problems, most severe first.
  public List<Problem> problems() {
    return problems;
  }
}
