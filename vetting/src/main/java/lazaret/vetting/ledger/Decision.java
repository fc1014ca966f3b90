package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import org.jspecify.annotations.Nullable;

/// A person's word on one version, bound to the SHA-256 of its bytes. The latest decision on a
/// version stands; the earlier ones remain as history.
///
/// @param kind what was decided
/// @param id name, exact version text and SHA-256 that the decision is bound to
/// @param at when, by the gate's clock
/// @param by the name of the token that decided
/// @param reason the person's own words; never blank
/// @param expires when an approval runs out; null where it does not, and for other kinds
/// @param criteria cargo-vet criteria that an approval vouches for, for example `safe-to-deploy`
/// @param evidence what the decision rests on, for example a lockfile's path
public record Decision(
    Kind kind,
    CrateId id,
    Instant at,
    String by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence)
    implements Event {

  /// The longest reason that is kept, in characters.
  public static final int MAX_REASON = 2_000;

  /// What a person can decide.
  public enum Kind {
    /// The version may be served, whatever its age.
    APPROVE,
    /// The version must not be served, in no mode.
    DENY,
    /// What was served so far must not be served any longer, in no mode, until approved anew.
    REVOKE
  }

  /// Copies the lists and checks the reason.
  ///
  /// @throws IllegalArgumentException if the reason is blank or longer than [#MAX_REASON], or if an
  ///   expiry stands on something that is not an approval
  public Decision {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "a decision needs a reason of 1 to " + MAX_REASON + " characters");
    }
    if (expires != null && kind != Kind.APPROVE) {
      throw new IllegalArgumentException("only an approval can expire");
    }
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
  }

  /// Tells whether this decision vouches for its version at a moment.
  public boolean approvesAt(Instant now) {
    return kind == Kind.APPROVE && (expires == null || now.isBefore(expires));
  }
}
