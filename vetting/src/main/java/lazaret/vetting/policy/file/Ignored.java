package lazaret.vetting.policy.file;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.policy.PolicyOverride;
import org.jspecify.annotations.Nullable;

/// What a file of another tool ignores, as overrides that end: such files know no end, and here
/// nothing is set aside for ever.
///
/// @param file the file's name, which is also that of the table that names it
/// @param until when what it ignores counts again; null where it may ignore nothing
/// @param overrides receives what it ignores
record Ignored(String file, @Nullable Instant until, List<PolicyOverride> overrides) {
  /// Notes one thing that is ignored, or a mistake.
  ///
  /// @param one where the file says so
  /// @param crate of which crate it is ignored; null for all
  /// @param what an advisory's id or the code of a reason
  void add(TableReader one, @Nullable CrateSpec crate, String what, @Nullable String reason) {
    if (OverrideWords.isHard(what)) {
      one.mistake("'advisories.ignore' names '%s': %s".formatted(what, OverrideWords.WHY));
    } else if (until == null) {
      one.mistake(
          "'advisories.ignore' has no end, and nothing is set aside for ever here: say in the policy file until when, with 'ignore-until' beside 'file' in [%s]"
              .formatted(file.replace('.', '-')));
    } else {
      overrides.add(
          new PolicyOverride(
              crate == null ? null : crate.name(),
              crate == null ? null : crate.req(),
              what,
              reason == null ? "ignored in %s without a reason".formatted(file) : reason,
              until));
    }
  }
}
