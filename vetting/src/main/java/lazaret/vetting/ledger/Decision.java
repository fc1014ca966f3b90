package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A person's word on one version, bound to the SHA-256 of its bytes. The latest decision on a
/// version stands; the earlier ones remain as history.
///
/// @param kind what was decided
/// @param id name, exact version text and SHA-256 that the decision is bound to
/// @param at when, by the gate's clock
/// @param by the person who decided: the owner of the token, or [#LOCAL] and the user of the
///   machine who opened the store
/// @param reason the person's own words; never blank
/// @param expires when an approval runs out; null where it does not, and for other kinds
/// @param criteria cargo-vet criteria that an approval vouches for, for example `safe-to-deploy`
/// @param evidence what the decision rests on, for example a lockfile's path
/// @param delta the version whose difference to this one was read; null where the whole was
/// @param waives ids of advisories and codes of signals that an approval knowingly sets aside; what
///   denies always, denies until two persons have waived it
/// @param grounds what it rested on beside that; null where that was not recorded
public record Decision(
    Kind kind,
    CrateId id,
    Instant at,
    String by,
    String reason,
    @Nullable Instant expires,
    List<String> criteria,
    List<String> evidence,
    @Nullable CrateVersion delta,
    List<String> waives,
    @Nullable Grounds grounds)
    implements Event {

  /// The longest reason that is kept, in characters.
  public static final int MAX_REASON = 2_000;

  /// What stands before the user of the machine where somebody decided without a server and without
  /// a token.
  public static final String LOCAL = "local:";

  /// What a person can decide.
  public enum Kind {
    /// A person looked: the version may be served, whatever its age.
    APPROVE,
    /// Nobody looked, and the version is served all the same until the exemption runs out: a debt
    /// (cargo-vet's word; its exemptions never end, ours always do).
    EXEMPT,
    /// The version must not be served, in no mode.
    DENY,
    /// What was served so far must not be served any longer, in no mode, until approved anew.
    REVOKE;

    /// Tells whether this lets the version be served.
    public boolean serves() {
      return this == APPROVE || this == EXEMPT;
    }
  }

  /// A decision on the whole version that waives nothing.
  public Decision(
      Kind kind,
      CrateId id,
      Instant at,
      String by,
      String reason,
      @Nullable Instant expires,
      List<String> criteria,
      List<String> evidence) {
    this(kind, id, at, by, reason, expires, criteria, evidence, null, List.of(), null);
  }

  /// Copies the lists and checks the reason.
  ///
  /// @throws IllegalArgumentException if the reason is blank or longer than [#MAX_REASON], if an
  ///   expiry stands on something that does not serve or lacks on an exemption, or if a delta base,
  ///   criteria or a waiver stand on something that is no approval
  public Decision {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "a decision needs a reason of 1 to " + MAX_REASON + " characters");
    }
    if (expires != null && !kind.serves()) {
      throw new IllegalArgumentException("only an approval or an exemption can expire");
    }
    if (expires == null && kind == Kind.EXEMPT) {
      throw new IllegalArgumentException("an exemption must say when it expires");
    }
    if (kind != Kind.APPROVE && (delta != null || !waives.isEmpty())) {
      throw new IllegalArgumentException("only an approval has a delta base or waives anything");
    }
    criteria = List.copyOf(criteria);
    evidence = List.copyOf(evidence);
    waives = List.copyOf(waives);
  }

  /// Tells whether this decision lets its version be served at a moment.
  public boolean approvesAt(Instant now) {
    return kind.serves() && (expires == null || now.isBefore(expires));
  }

  /// Returns whom this decision counts for where two persons must agree: the owner of a token and
  /// the user of the machine who is called the same are one person, whatever the letters' case.
  public String person() {
    return person(by);
  }

  /// Returns whom somebody counts for where two persons must agree, see [#person].
  ///
  /// @param by the owner of a token, or `local:` and the user of the machine
  public static String person(String by) {
    String name = by.startsWith(LOCAL) ? by.substring(LOCAL.length()) : by;
    return name.toLowerCase(Locale.ROOT);
  }
}
