package lazaret.cli.desk;

import java.util.List;
import lazaret.cli.report.JsonObject;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The command line cannot do what was asked. Its code decides the exit code.
public final class CliException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// Creates an exception.
  ///
  /// @param message what was tried, on what, expected and found, what to do next
  public CliException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /// Creates an exception over the failure underneath.
  ///
  /// @param message what was tried, on what, expected and found, what to do next
  public CliException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
    this.problems = List.of(new Problem(code, message, null, null));
  }

  /// Creates an exception from what a desk answered.
  ///
  /// @param tried what was tried, for example `cannot approve serde@1.0.9`
  /// @param problems what the desk says; never empty, the gravest first
  public CliException(String tried, List<Problem> problems) {
    super(problems.getFirst().code(), tried + ": " + problems.getFirst().sentence(), null);
    this.problems = List.copyOf(problems);
  }

  /// Returns every problem, the gravest first.
  public List<Problem> problems() {
    return problems;
  }

  /// One thing that went wrong.
  ///
  /// @param detail one sentence; foreign text, not neutralised
  /// @param name the crate concerned; null where none is
  /// @param version the version concerned; null where none is
  /// @param verdict the refusal of a version that the index does not list; null for any other
  ///   problem
  public record Problem(
      ErrorCode code,
      String detail,
      @Nullable String name,
      @Nullable String version,
      @Nullable JsonObject verdict) {
    /// Creates a problem without a verdict.
    public Problem(ErrorCode code, String detail, @Nullable String name, @Nullable String version) {
      this(code, detail, name, version, null);
    }

    /// Returns the detail, with the version in front where one is concerned.
    public String sentence() {
      if (name == null) {
        return detail;
      }
      return (version == null ? name : name + " " + version) + ": " + detail;
    }
  }
}
