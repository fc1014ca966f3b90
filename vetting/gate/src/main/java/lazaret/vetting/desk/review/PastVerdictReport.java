package lazaret.vetting.desk.review;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The recorded verdict on one version at a past moment.
///
/// @param id the version, with its current SHA-256
/// @param at the moment
/// @param account the origin of the verdict
/// @param verdict the recorded verdict; null if none is recorded for the moment
/// @param served whether the version was served, as far as that is known
/// @param given the last recorded verdict before the moment; null if there is none
/// @param next the first recorded verdict after the moment; null if there is none
/// @param decisions the decisions on the version until the moment, oldest first
/// @param keptSince the moment from which verdicts are recorded; null if none was yet
/// @param detail the reason for which no verdict is recorded for the moment; null if one is, or if
///   the gate did not know the version
public record PastVerdictReport(
    CrateId id,
    Instant at,
    Source account,
    @Nullable Verdict verdict,
    boolean served,
    @Nullable RecordedVerdict given,
    @Nullable RecordedVerdict next,
    List<Decision> decisions,
    @Nullable Instant keptSince,
    @Nullable String detail) {
  /// Copies the list.
  public PastVerdictReport {
    decisions = List.copyOf(decisions);
  }

  /// The origin of a past verdict.
  public enum Source implements Coded {
    /// A verdict that was recorded when it was given, and was still valid.
    RECORDED("recorded"),
    /// No record, because the version was past its cooldown. A version that is served by its age
    /// alone has no record.
    AGED("aged"),
    /// No record, for another reason.
    NOT_RECORDED("not-recorded"),
    /// A version that the gate did not know.
    NOT_KNOWN("not-known");

    private final String code;

    Source(String code) {
      this.code = code;
    }

    /// Returns the kebab-case form, such as `not-known`.
    @Override
    public String code() {
      return code;
    }
  }
}
