package lazaret.web.review;

import java.util.List;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;
import lazaret.vetting.deskapi.reading.CurrentReaderInfo;
import lazaret.web.page.Feedback;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of a review.
///
/// @param version the reviewed version
/// @param head the reasons of the verdict, and the other readers
/// @param against the versions that are compared
/// @param code the code; null if it cannot be shown yet
/// @param lanes the other lanes; null if there is no code
/// @param ledger the verified ledger, for a printed review; null if it is not known
/// @param decision the form; null if the visitor may not decide on the crate
/// @param say the result of the last form; null if there was none
public record ReviewView(
    VersionReply version,
    Head head,
    Against against,
    @Nullable CodeView code,
    @Nullable Lanes lanes,
    @Nullable LedgerVerificationReply ledger,
    @Nullable DecisionView decision,
    @Nullable Feedback say) {
  /// The sentences below the title.
  ///
  /// @param causes the reasons of the verdict
  /// @param readers the other persons who read the version now
  public record Head(List<CauseView> causes, List<CurrentReaderInfo> readers) {
    public Head {
      causes = List.copyOf(causes);
      readers = List.copyOf(readers);
    }
  }

  /// The versions that are compared, with the addresses of the page.
  ///
  /// @param base the base; null if the difference is the whole crate
  /// @param state the state of the base in a clause; empty if there is none
  /// @param unified the address of the unified view
  /// @param split the address of the split view
  /// @param isSplit whether the split view is shown
  /// @param bases other versions to compare with
  public record Against(
      @Nullable String base,
      String state,
      String unified,
      String split,
      boolean isSplit,
      List<BaseLink> bases) {
    public Against {
      bases = List.copyOf(bases);
    }
  }

  /// A version to compare with.
  ///
  /// @param version the version
  /// @param state its state in a clause
  /// @param address the address of the review with this base
  public record BaseLink(String version, String state, String address) {}

  /// The lanes besides the code.
  public record Lanes(LaneView capabilities, LaneView behavior) {}

  /// Returns the badge of the verdict.
  public VerdictBadge badge() {
    return VerdictBadge.of(version.verdict());
  }

  /// Returns the crate and version without build metadata: `zstd-sys 2.1.3`.
  public String shortName() {
    String text = version.version().text();
    int plus = text.indexOf('+');
    return version.name().published() + " " + (plus < 0 ? text : text.substring(0, plus));
  }
}
