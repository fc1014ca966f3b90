package lazaret.vetting.policy;

import java.time.Instant;
import java.util.List;

/// What the rules say of one version at one moment, with every reason that led there; the first
/// reason is the one that decided.
public sealed interface Verdict {
  /// Returns the reasons, never empty, the deciding one first.
  List<Reason> reasons();

  /// Returns the deciding reason.
  default Reason reason() {
    return reasons().getFirst();
  }

  /// Tells whether a reason of a kind is among the reasons.
  default boolean has(Reason.Code code) {
    return reasons().stream().anyMatch(r -> r.code() == code);
  }

  /// Tells whether the version is vetted.
  default boolean allows() {
    return this instanceof Allow;
  }

  /// The version may be served.
  record Allow(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Allow {
      reasons = List.copyOf(reasons);
    }
  }

  /// Nothing speaks against the version but its age.
  ///
  /// @param until when the hold ends by itself
  record Hold(Instant until, List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Hold {
      reasons = List.copyOf(reasons);
    }
  }

  /// A person must look before the version may be served.
  record Review(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Review {
      reasons = List.copyOf(reasons);
    }
  }

  /// The version must not be served, in no mode.
  record Deny(List<Reason> reasons) implements Verdict {
    /// Copies the list.
    public Deny {
      reasons = List.copyOf(reasons);
    }
  }
}
