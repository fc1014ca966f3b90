package lazaret.vetting.takeover;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One sign that a version may come from a hijacked account or a look-alike crate.
///
/// @param code what kind of sign it is
/// @param weight what becomes of the version where the policy sets nothing else
/// @param detail one short clause for a person, without a full stop
/// @param until when the sign ends by itself; null where only a person ends it
public record TakeoverSignal(Code code, Weight weight, String detail, @Nullable Instant until) {

  /// What becomes of a version that shows a sign.
  public enum Weight {
    /// It is told, and decides nothing.
    NOTE,
    /// The version waits; time cures it.
    HOLD,
    /// A person looks.
    REVIEW
  }

  /// The kinds of signs; each is explained in `docs/takeover.md`.
  public enum Code {
    /// It newly depends on a crate whose first version ever is young (arrayref 0.3.10).
    NEW_DEPENDENCY_YOUNG,
    /// It newly depends on a crate whose name resembles that of an established one.
    NEW_DEPENDENCY_LOOKALIKE,
    /// It newly depends on a crate of which nothing that matches is served.
    NEW_DEPENDENCY_UNSERVED,
    /// It newly depends on a crate that upstream does not have, or has no more.
    NEW_DEPENDENCY_ABSENT,
    /// It newly depends on a crate that could not be looked up yet.
    NEW_DEPENDENCY_UNKNOWN,
    /// The first version ever of the crate itself is young.
    YOUNG_CRATE,
    /// The name of the crate resembles that of an established one.
    NAME_LOOKALIKE,
    /// Most of its source is that of the established crate whose name it resembles.
    NEAR_CLONE,
    /// A first release, or a step, of a major number that nobody reaches honestly (99.0.1).
    VERSION_JUMP,
    /// Published after the crate was quiet for more than a year. With anything new in it that could
    /// matter, a person looks.
    REVIVED,
    /// Published by other means than the version before, which came from a trusted publisher.
    TRUST_DOWNGRADE,
    /// Published by an account that published no earlier version.
    NEW_PUBLISHER;

    /// Tells whether the sign ends as soon as another crate is looked up, appears, or is served.
    public boolean waits() {
      return this == NEW_DEPENDENCY_UNSERVED
          || this == NEW_DEPENDENCY_ABSENT
          || this == NEW_DEPENDENCY_UNKNOWN;
    }

    /// Returns the kebab-case form, for example `new-dependency-young`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
