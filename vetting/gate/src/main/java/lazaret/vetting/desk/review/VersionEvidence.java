package lazaret.vetting.desk.review;

import java.util.List;
import lazaret.vetting.policy.rules.ExternalEvidence;

/// The stored evidence on one version.
///
/// @param external the advisories, audits and takeover signals of the version
/// @param dependencies the crates that it needs to build and run, with their status in the store;
///   those that the base of its evaluation lacks first
public record VersionEvidence(
    ExternalEvidence external, List<ReviewReport.Dependency> dependencies) {
  public VersionEvidence {
    dependencies = List.copyOf(dependencies);
  }
}
