package lazaret.vetting.policy.file;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.policy.PolicyOverride;
import org.jspecify.annotations.Nullable;

/// The ignored advisories of a `deny.toml`, as overrides with an expiry. The file has no expiry
/// dates, and the gate permits no permanent override.
///
/// @param until time at which the ignored advisories count again
/// @param overrides receives the overrides
record IgnoredAdvisories(Instant until, List<PolicyOverride> overrides) {
  /// Adds an override, or a mistake if the override is not permitted.
  ///
  /// @param one the table that states it
  /// @param crate the crate; null for all
  /// @param what id of an advisory or code of a reason
  /// @param reason reason in the file; null if there is none
  void add(PolicyTable one, @Nullable CrateSpec crate, String what, @Nullable String reason) {
    if (OverrideTargets.isHard(what)) {
      one.mistake("'advisories.ignore' names '%s': %s".formatted(what, OverrideTargets.WHY));
      return;
    }
    overrides.add(
        new PolicyOverride(
            crate == null ? null : crate.name(),
            crate == null ? null : crate.req(),
            what,
            reason == null ? "ignored in deny.toml without a reason" : reason,
            until));
  }
}
