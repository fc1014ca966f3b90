package lazaret.vetting.policy.file;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.policy.PolicyOverride;
import org.jspecify.annotations.Nullable;

/// The ignored advisories of another tool's file, as overrides with an expiry. Such files have no
/// expiry dates, and the gate permits no permanent override.
///
/// @param file name of the file, and of the table that names it
/// @param until time at which the ignored advisories count again; null if the file may not ignore
///   any
/// @param overrides receives the overrides
record Ignored(String file, @Nullable Instant until, List<PolicyOverride> overrides) {
  /// Adds an override, or a mistake if the override is not permitted.
  ///
  /// @param one the table that states it
  /// @param crate the crate; null for all
  /// @param what id of an advisory or code of a reason
  /// @param reason reason in the file; null if there is none
  void add(TableReader one, @Nullable CrateSpec crate, String what, @Nullable String reason) {
    if (OverrideWords.isHard(what)) {
      one.mistake("'advisories.ignore' names '%s': %s".formatted(what, OverrideWords.WHY));
    } else if (until == null) {
      one.mistake(
          "'advisories.ignore' has no expiry, and the gate sets nothing aside permanently: set 'ignore-until' in [%s] of the policy file"
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
