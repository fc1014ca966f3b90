package lazaret.detonation;

import java.nio.file.Path;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The outcome of an order of documentation.
public sealed interface DocumentationOutcome {
  /// The build was run, successfully or not.
  ///
  /// @param pages the file with the pages, which the sender deletes; null if there are none, or
  ///   they were received into a stream
  record Documented(DocumentationReport report, @Nullable Path pages)
      implements DocumentationOutcome {}

  /// The build was not run.
  ///
  /// @param code the kind of the failure
  /// @param detail one clause for a person; it may contain foreign text
  record Refused(ErrorCode code, String detail) implements DocumentationOutcome {
    /// Cuts the detail, and replaces characters that do not print.
    public Refused {
      detail = new DetonationOutcome.Refused(code, detail).detail();
    }
  }
}
