package lazaret.vetting.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// A decision of a person on one version, bound to the SHA-256 of its bytes. The latest decision on
/// a version is in force; the earlier ones remain in the ledger.
///
/// @param kind kind of the decision
/// @param id name, exact version text and SHA-256 that the decision is bound to
/// @param at time of the decision, by the gate's clock
/// @param by the person who decided: the owner of the token, or [#LOCAL] and the name of the
///   operating system user who opened the store
/// @param reason reason in the person's own words; never blank
/// @param expires expiry of an approval or exemption; null if it does not expire, and for other
///   kinds
/// @param criteria cargo-vet criteria that an approval certifies, for example `safe-to-deploy`
/// @param evidence supporting material, for example the path of a lockfile
/// @param delta base version of a delta review; null if the whole version was reviewed
/// @param waives ids of advisories and codes of signals that an approval sets aside knowingly. A
///   reason that always denies needs waivers of two persons
/// @param context context that was recorded with the decision; null if none was recorded
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
    @Nullable DecisionContext context)
    implements Event {

  /// The maximum length of a reason, in characters.
  public static final int MAX_REASON = 2_000;

  /// The prefix of `by` for a decision that an operating system user made without server and token.
  public static final String LOCAL = "local:";

  /// The kinds of decisions.
  public enum Kind implements Coded {
    /// A person reviewed the version. It may be served regardless of its age.
    APPROVE("approve"),
    /// The version is served without a review until the exemption expires. Unlike those of
    /// cargo-vet, every exemption has an expiry.
    EXEMPT("exempt"),
    /// The version is refused in every mode, including `audit`.
    DENY("deny"),
    /// A version that was served is refused in every mode until a new approval.
    REVOKE("revoke");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /// Returns the code in the ledger, for example `approve`.
    @Override
    public String code() {
      return code;
    }

    /// Returns whether a decision of this kind permits serving.
    public boolean serves() {
      return this == APPROVE || this == EXEMPT;
    }
  }

  /// Creates a decision on the whole version without waivers and context.
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

  /// Copies the lists and checks the fields.
  ///
  /// @throws IllegalArgumentException if the reason is blank or longer than [#MAX_REASON]; if a
  ///   kind that does not serve has an expiry, or an exemption has none; or if a kind other than an
  ///   approval has a delta base or a waiver
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

  /// Returns whether this decision permits serving its version at a time.
  public boolean approvesAt(Instant now) {
    return kind.serves() && (expires == null || now.isBefore(expires));
  }

  /// Returns the person to count where two persons must agree. A token owner and an operating
  /// system user of the same name are one person, ignoring case.
  public String person() {
    return person(by);
  }

  /// Returns the person to count where two persons must agree, as in [#person].
  ///
  /// @param by owner of a token, or `local:` and the operating system user
  public static String person(String by) {
    String name = by.startsWith(LOCAL) ? by.substring(LOCAL.length()) : by;
    return name.toLowerCase(Locale.ROOT);
  }
}
