package lazaret.vetting.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The result of the rules for one version at one time, with all reasons. The first reason decided.
public sealed interface Verdict {
  /// Returns the reasons, never empty, the deciding one first.
  List<Reason> reasons();

  /// Returns the deciding reason.
  default Reason reason() {
    return reasons().getFirst();
  }

  /// Returns the code of the kind, for example `allow`.
  default String code() {
    return switch (this) {
      case Allow _ -> "allow";
      case Hold _ -> "hold";
      case Review _ -> "review";
      case Deny _ -> "deny";
    };
  }

  /// Returns whether a kind of reason is among the reasons.
  default boolean has(Reason.Code code) {
    // Not a stream: each download asks for a code.
    for (Reason reason : reasons()) {
      if (reason.code() == code) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the version is vetted.
  default boolean allows() {
    return this instanceof Allow;
  }

  /// The version may be served.
  ///
  /// @param reasons all reasons, the deciding one first; never empty
  record Allow(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Allow {
      reasons = List.copyOf(reasons);
    }
  }

  /// Only the age of the version prevents serving.
  ///
  /// @param until time at which the hold ends
  /// @param reasons all reasons, the deciding one first; never empty
  record Hold(Instant until, List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Hold {
      reasons = List.copyOf(reasons);
    }

    /// Returns the first full minute at which the hold is over, for texts without seconds.
    public Instant endMinute() {
      Instant minute = until.truncatedTo(ChronoUnit.MINUTES);
      return minute.equals(until) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }
  }

  /// A person must review the version before it may be served.
  ///
  /// @param reasons all reasons, the deciding one first; never empty
  record Review(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Review {
      reasons = List.copyOf(reasons);
    }
  }

  /// The policy or a person denies the version. In `audit` mode it is served nevertheless, unless
  /// its deciding reason holds in every mode.
  ///
  /// @param reasons all reasons, the deciding one first; never empty
  record Deny(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Deny {
      reasons = List.copyOf(reasons);
    }
  }
}
