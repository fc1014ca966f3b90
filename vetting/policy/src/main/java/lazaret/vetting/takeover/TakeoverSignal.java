package lazaret.vetting.takeover;

import java.time.Instant;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// A sign that a version may come from a hijacked account or a look-alike crate.
///
/// @param code kind of the sign
/// @param weight effect on the version unless the policy sets another
/// @param detail one short clause for a person, without a full stop
/// @param until time at which the sign ends; null if only a decision ends it
public record TakeoverSignal(Code code, Weight weight, String detail, @Nullable Instant until) {

  /// The effect of a sign on a version.
  public enum Weight {
    /// Reported, without effect on the verdict.
    NOTE,
    /// The version waits until the sign ends.
    HOLD,
    /// A person must review the version.
    REVIEW
  }

  /// The kinds of signs, each explained in `docs/takeover.md`.
  public enum Code implements Coded {
    /// It newly depends on a crate whose first version is young (arrayref 0.3.10).
    NEW_DEPENDENCY_YOUNG("new-dependency-young"),
    /// It newly depends on a crate whose name resembles that of an established one.
    NEW_DEPENDENCY_LOOKALIKE("new-dependency-lookalike"),
    /// It newly depends on a crate without a served version that matches.
    NEW_DEPENDENCY_UNSERVED("new-dependency-unserved"),
    /// It newly depends on a crate that upstream does not have, or no longer has.
    NEW_DEPENDENCY_ABSENT("new-dependency-absent"),
    /// It newly depends on a crate that could not be looked up yet.
    NEW_DEPENDENCY_UNKNOWN("new-dependency-unknown"),
    /// The first version of the crate itself is young.
    YOUNG_CRATE("young-crate"),
    /// The name of the crate resembles that of an established one.
    NAME_LOOKALIKE("name-lookalike"),
    /// Most of its source is that of the established crate whose name it resembles.
    NEAR_CLONE("near-clone"),
    /// A first release or a step with an implausible major number (99.0.1).
    VERSION_JUMP("version-jump"),
    /// Published after the crate was quiet for more than a year. If the version also adds something
    /// significant, a person must review it.
    REVIVED("revived"),
    /// Published by other means than the previous version, which came from a trusted publisher.
    TRUST_DOWNGRADE("trust-downgrade"),
    /// Published by an account that published no earlier version.
    NEW_PUBLISHER("new-publisher");

    private final String code;

    Code(String code) {
      this.code = code;
    }

    /// Returns whether the sign ends as soon as another crate is looked up, appears or is served.
    public boolean waits() {
      return this == NEW_DEPENDENCY_UNSERVED
          || this == NEW_DEPENDENCY_ABSENT
          || this == NEW_DEPENDENCY_UNKNOWN;
    }

    /// Returns the kebab-case form, for example `new-dependency-young`.
    @Override
    public String code() {
      return code;
    }
  }
}
