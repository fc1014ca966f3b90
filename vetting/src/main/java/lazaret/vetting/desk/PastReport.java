package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The verdict on one version at a past moment.
///
/// @param id the version, with its current SHA-256
/// @param at the moment
/// @param account the origin of the verdict
/// @param verdict the verdict; null if the gate did not know the version then
/// @param served whether the version was served
/// @param given the last recorded verdict before the moment; null if there is none
/// @param next the first recorded verdict after the moment; null if there is none
/// @param decisions the decisions on the version until the moment, oldest first
/// @param keptSince the moment from which verdicts are recorded; null if none was yet
/// @param assumed the reason for a reconstruction, then the current data that was assumed for the
///   moment, one clause each; empty without a reconstruction
public record PastReport(
    CrateId id,
    Instant at,
    Account account,
    @Nullable Verdict verdict,
    boolean served,
    @Nullable Ruling given,
    @Nullable Ruling next,
    List<Decision> decisions,
    @Nullable Instant keptSince,
    List<String> assumed) {
  /// Copies the lists.
  public PastReport {
    decisions = List.copyOf(decisions);
    assumed = List.copyOf(assumed);
  }

  /// The origin of a past verdict.
  public enum Account {
    /// A verdict that was recorded when it was given, and was still valid.
    RECORDED("recorded"),
    /// A verdict that is reconstructed from current data.
    RECONSTRUCTED("reconstructed"),
    /// A version that the gate did not know.
    NOT_KNOWN("not-known");

    private final String code;

    Account(String code) {
      this.code = code;
    }

    /// Returns the kebab-case form, such as `not-known`.
    public String code() {
      return code;
    }
  }
}
