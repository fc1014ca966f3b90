package lazaret.cli.sandbox;

import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DocumentationOutcome;
import lazaret.sandbox.output.OutputExcerpt;

/// The build of documentation in the sandbox. Another module has it, which the service finds by the
/// JDK's service loader at its first order.
public interface DocumentationBuild {
  /// Builds the documentation of a version.
  ///
  /// @param detonation the build that is ready to run
  /// @param output receives the end of cargo's output
  DocumentationOutcome document(
      LocalDetonation detonation, DetonationOrder order, OutputExcerpt output);
}
