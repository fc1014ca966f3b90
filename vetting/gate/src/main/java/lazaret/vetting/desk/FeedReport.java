package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.advisory.FeedInfo;

/// The result of a change of advisory data.
public sealed interface FeedReport {
  /// The maximum number of versions with a ledger notice of their own for one change of a feed.
  int MAX_NOTICES = 5_000;

  /// An accepted feed. The versions that it concerns were evaluated again.
  ///
  /// @param info the feed as it is now stored
  /// @param complaints the problems of records that could not be read
  /// @param rejudged the consequences
  record Taken(FeedInfo info, List<String> complaints, Rejudged rejudged) implements FeedReport {
    /// Copies the list.
    public Taken {
      complaints = List.copyOf(complaints);
    }
  }

  /// A refused feed. The previous one remains.
  ///
  /// @param name the feed
  /// @param why the expected and the found state
  record Refused(String name, String why) implements FeedReport {}

  /// The consequences of new data.
  ///
  /// @param versions the number of versions that were evaluated again
  /// @param withdrawn the number of them that were served before and are not now
  /// @param freed the number of them that were not served before and are now
  /// @param concerned the blast radius of each version that is now advised against
  record Rejudged(int versions, int withdrawn, int freed, List<BlastRadius> concerned) {
    /// The consequences if there are none.
    public static final Rejudged NOTHING = new Rejudged(0, 0, 0, List.of());

    /// Copies the list.
    public Rejudged {
      concerned = List.copyOf(concerned);
    }
  }
}
