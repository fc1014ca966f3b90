package lazaret.vetting.desk.api;

import java.util.Optional;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.deskapi.feeds.AgedFeedInfo;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedFailureInfo;
import lazaret.vetting.deskapi.feeds.FeedRefreshInfo;
import lazaret.vetting.deskapi.feeds.FeedStateInfo;
import lazaret.vetting.deskapi.feeds.FeedStatusInfo;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.deskapi.feeds.ReevaluationInfo;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedState;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import org.jspecify.annotations.Nullable;

/// The conversion of values about feeds to records of the API.
final class FeedInfos {
  private FeedInfos() {}

  static FeedStatusInfo status(FeedInfo feed, Optional<FeedService.Failure> failure) {
    return new FeedStatusInfo(
        feed.name(),
        format(feed.format()),
        feed.origin(),
        feed.asOf(),
        feed.newest(),
        feed.records(),
        feed.skipped(),
        failure.map(FeedInfos::failure).orElse(null));
  }

  static FeedFailureInfo failure(FeedService.Failure failure) {
    return new FeedFailureInfo(failure.at(), failure.why());
  }

  static FeedAgeInfo age(FeedAge age) {
    return new FeedAgeInfo(state(age), age.toString(), seconds(age));
  }

  private static @Nullable Long seconds(FeedAge age) {
    return age.age() == null ? null : age.age().toSeconds();
  }

  private static FeedAgeInfo.State state(FeedAge age) {
    return switch (age.state()) {
      case NONE -> FeedAgeInfo.State.NONE;
      case FRESH -> FeedAgeInfo.State.FRESH;
      case QUIET -> FeedAgeInfo.State.QUIET;
      case OLD -> FeedAgeInfo.State.OLD;
      case STALE -> FeedAgeInfo.State.STALE;
    };
  }

  static FeedStateInfo state(FeedState feeds) {
    return new FeedStateInfo(
        state(feeds.age()),
        feeds.age().toString(),
        seconds(feeds.age()),
        feeds.limits().warn().toSeconds(),
        feeds.limits().stop().toSeconds(),
        feeds.feeds().stream()
            .flatMap(age -> Optional.ofNullable(age.feed()).map(feed -> aged(feed, age)).stream())
            .toList(),
        feeds.failing());
  }

  private static AgedFeedInfo aged(FeedInfo feed, FeedAge age) {
    return new AgedFeedInfo(
        feed.name(),
        format(feed.format()),
        feed.origin(),
        feed.asOf(),
        feed.newest(),
        feed.records(),
        feed.skipped(),
        state(age),
        age.toString(),
        seconds(age));
  }

  static FeedUpdateReply updated(FeedUpdateReport.Accepted accepted) {
    FeedInfo feed = accepted.info();
    return new FeedUpdateReply(
        feed.name(),
        format(feed.format()),
        feed.origin(),
        feed.asOf(),
        feed.newest(),
        feed.records(),
        feed.skipped(),
        accepted.complaints(),
        reevaluation(accepted.reevaluated()));
  }

  static FeedRefreshInfo refreshed(FeedUpdateReport report) {
    return switch (report) {
      case FeedUpdateReport.Accepted accepted -> {
        FeedUpdateReply update = updated(accepted);
        yield new FeedRefreshInfo.Updated(
            update.name(),
            update.format(),
            update.origin(),
            update.asOf(),
            update.newest(),
            update.records(),
            update.skipped(),
            update.warnings(),
            update.reevaluated());
      }
      case FeedUpdateReport.Refused(String name, String why) ->
          new FeedRefreshInfo.Refused(name, why);
    };
  }

  static ReevaluationInfo reevaluation(FeedUpdateReport.Reevaluation reevaluated) {
    return new ReevaluationInfo(
        reevaluated.versions(),
        reevaluated.withdrawn(),
        reevaluated.released(),
        reevaluated.affected().stream().map(CrateInfos::blastRadius).toList());
  }

  private static FeedStatusInfo.Format format(FeedFormat format) {
    return switch (format) {
      case RUSTSEC -> FeedStatusInfo.Format.RUSTSEC;
      case OSV -> FeedStatusInfo.Format.OSV;
      case LOCAL -> FeedStatusInfo.Format.LOCAL;
    };
  }

  static @Nullable FeedFormat format(FeedStatusInfo.@Nullable Format format) {
    return switch (format) {
      case null -> null;
      case RUSTSEC -> FeedFormat.RUSTSEC;
      case OSV -> FeedFormat.OSV;
      case LOCAL -> FeedFormat.LOCAL;
    };
  }
}
