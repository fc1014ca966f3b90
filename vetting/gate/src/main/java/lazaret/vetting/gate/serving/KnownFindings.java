package lazaret.vetting.gate.serving;

import java.util.Optional;
import java.util.function.Consumer;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;

/// A source of findings that another gate made, asked before an inspection. Thread-safe.
@FunctionalInterface
public interface KnownFindings {
  /// No findings: each artifact is inspected.
  KnownFindings NONE = (_, _, _) -> Optional.empty();

  /// Returns the findings that an inspection would have, or empty to inspect. It does not throw.
  ///
  /// @param crate the artifact, whose SHA-256 was compared
  /// @param expected the external facts with which an inspection would compare it
  /// @param writes receives what is stored together with the findings
  Optional<Findings> find(VerifiedCrate crate, Inspector.Expected expected, Consumer<Write> writes);
}
