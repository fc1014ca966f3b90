package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// What the gate said of one version at a moment that is past.
///
/// @param id the version; the SHA-256 is that of now
/// @param at the moment
/// @param account whether that was written down then
/// @param verdict what the rules said; null where the gate did not know the version yet
/// @param served whether the version was handed out
/// @param given the verdict that was given last before the moment, as it was written down; null
///   where none was
/// @param next the first that was given after it; null where none was
/// @param decisions people's decisions on the version until then, oldest first
/// @param keptSince from when on verdicts are written down; null where none was yet
/// @param assumed why it had to be reconstructed, then what of today was taken for what was then,
///   in one clause each; empty where it had not
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

  /// Where the knowledge of a past verdict comes from.
  public enum Account {
    /// It was written down when it was given, and stood.
    RECORDED,
    /// It is what today's knowledge says of then.
    RECONSTRUCTED,
    /// The gate did not know the version.
    NOT_KNOWN;

    /// Returns the kebab-case form: `not-known`.
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
