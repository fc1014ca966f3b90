package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.advisory.FeedInfo;

/// What became of new data.
public sealed interface FeedReport {
  /// How many versions are noted one by one in the ledger for one change of a feed.
  int MAX_NOTICES = 5_000;

  /// The feed was taken, and what it touches was judged again.
  ///
  /// @param info the feed as it is held now
  /// @param complaints what could not be read
  /// @param rejudged what follows
  record Taken(FeedInfo info, List<String> complaints, Rejudged rejudged) implements FeedReport {
    /// Copies the list.
    public Taken {
      complaints = List.copyOf(complaints);
    }
  }

  /// The feed was not taken; what was held before stays.
  ///
  /// @param name the feed
  /// @param why what was expected and found
  record Refused(String name, String why) implements FeedReport {}

  /// What follows from new data.
  ///
  /// @param versions how many versions were judged again
  /// @param withdrawn how many of them were served before and are not now
  /// @param freed how many of them were not served before and are now
  /// @param concerned who has what is advised against now
  record Rejudged(int versions, int withdrawn, int freed, List<BlastRadius> concerned) {
    /// Nothing follows.
    public static final Rejudged NOTHING = new Rejudged(0, 0, 0, List.of());

    /// Copies the list.
    public Rejudged {
      concerned = List.copyOf(concerned);
    }
  }
}
