package lazaret.vetting.gate.feeds;

import java.util.List;
import lazaret.vetting.advisory.FeedInfo;

/// The result of a change of advisory data.
public sealed interface FeedUpdateReport {
  /// The maximum number of versions with a ledger notice of their own for one change of a feed.
  int MAX_NOTICES = 5_000;

  /// An accepted feed. The versions that it concerns were evaluated again.
  ///
  /// @param info the feed as it is now stored
  /// @param complaints the problems of records that could not be read
  /// @param reevaluated the consequences
  record Accepted(FeedInfo info, List<String> complaints, Reevaluation reevaluated)
      implements FeedUpdateReport {
    /// Copies the list.
    public Accepted {
      complaints = List.copyOf(complaints);
    }
  }

  /// A refused feed. The previous one remains.
  ///
  /// @param name the feed
  /// @param why the expected and the found state
  record Refused(String name, String why) implements FeedUpdateReport {}

  /// The consequences of new data.
  ///
  /// @param versions the number of versions that were evaluated again
  /// @param withdrawn the number of them that were served before and are not now
  /// @param released the number of them that were not served before and are now
  /// @param affected the blast radius of each version that is now advised against
  record Reevaluation(int versions, int withdrawn, int released, List<BlastRadius> affected) {
    /// The consequences if there are none.
    public static final Reevaluation NOTHING = new Reevaluation(0, 0, 0, List.of());

    /// Copies the list.
    public Reevaluation {
      affected = List.copyOf(affected);
    }
  }
}
