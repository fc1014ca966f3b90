package lazaret.vetting.deskapi.client;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.Problem;
import org.jspecify.annotations.Nullable;

/// A desk refused an operation, or no reply arrived. The code is that of the gravest problem.
public final class DeskException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// Creates an exception for a reply that did not arrive.
  ///
  /// @param message the attempt, the cause and the next step
  /// @param cause the failure underneath; null if there is none
  public DeskException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
    this.problems = List.of(new Problem(code, message));
  }

  /// Creates an exception for a refusal.
  ///
  /// @param attempt the purpose of the call: `cannot approve serde@1.0.9`
  /// @param problems the causes, at least one, the gravest first
  public DeskException(String attempt, List<Problem> problems) {
    super(problems.getFirst().code(), attempt + ": " + problems.getFirst().sentence(), null);
    this.problems = List.copyOf(problems);
  }

  /// Returns the causes, the gravest first.
  public List<Problem> problems() {
    return problems;
  }
}
