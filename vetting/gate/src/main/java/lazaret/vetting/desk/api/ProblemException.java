package lazaret.vetting.desk.api;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.Problem;
import org.jspecify.annotations.Nullable;

/// An operation is refused for causes that a client may act on one by one.
public final class ProblemException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final @Nullable Duration retryAfter;

  /// Creates an exception for one cause that concerns no crate.
  public ProblemException(ErrorCode code, String detail) {
    this(List.of(new Problem(code, detail)), null);
  }

  /// Creates an exception.
  ///
  /// @param problems the causes, at least one, the gravest first
  /// @param retryAfter the time after which a repetition may succeed; null if it would not help
  public ProblemException(List<Problem> problems, @Nullable Duration retryAfter) {
    super(problems.getFirst().code(), problems.getFirst().sentence(), null);
    this.problems = List.copyOf(problems);
    this.retryAfter = retryAfter;
  }

  List<Problem> problems() {
    return problems;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
