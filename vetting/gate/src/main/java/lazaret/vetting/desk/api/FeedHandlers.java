package lazaret.vetting.desk.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.feeds.AdvisoryReply;
import lazaret.vetting.deskapi.feeds.AdvisoryRequest;
import lazaret.vetting.deskapi.feeds.FailingFeedInfo;
import lazaret.vetting.deskapi.feeds.FeedFetchRequest;
import lazaret.vetting.deskapi.feeds.FeedImportRequest;
import lazaret.vetting.deskapi.feeds.FeedRemoveReply;
import lazaret.vetting.deskapi.feeds.FeedRemoveRequest;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.deskapi.feeds.FeedsRefreshReply;
import lazaret.vetting.deskapi.feeds.FeedsReply;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.index.Validators;

/// The operations on feeds of advisories.
final class FeedHandlers {
  private final Desk desk;
  private final FeedRefresher refresher;

  FeedHandlers(Desk desk, FeedRefresher refresher) {
    this.desk = desk;
    this.refresher = refresher;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(FeedOperations.FEEDS, (_, _) -> list());
    handlers.add(
        FeedOperations.REFRESH_FEEDS,
        (_, caller) ->
            new FeedsRefreshReply(
                refresher.now(caller.owner()).stream().map(FeedInfos::refreshed).toList()));
    handlers.add(FeedOperations.IMPORT_FEED, this::importFeed);
    handlers.add(FeedOperations.FETCH_FEED, this::fetch);
    handlers.add(FeedOperations.REMOVE_FEED, this::remove);
    handlers.add(FeedOperations.ADVISORY, (request, _) -> advisory(request));
  }

  private FeedsReply list() {
    FeedService feeds = desk.feeds();
    return new FeedsReply(
        FeedInfos.age(feeds.age()),
        feeds.advisories().feeds().stream()
            .map(each -> FeedInfos.status(each.info(), feeds.failure(each.info().name())))
            .toList(),
        feeds.failing().stream()
            .map(
                name ->
                    new FailingFeedInfo(
                        name, feeds.failure(name).map(FeedInfos::failure).orElse(null)))
            .toList(),
        Infos.feedWarnings(desk));
  }

  private FeedUpdateReply importFeed(FeedImportRequest request, Caller caller) {
    Instant now = desk.feeds().now();
    Instant asOf = request.asOf();
    if (asOf != null && asOf.isAfter(now)) {
      throw new MalformedException(
          "cannot import the feed: expected a time in the past as `as_of`, found '%s'"
              .formatted(asOf));
    }
    FeedSource source =
        new FeedSource(
            request.feed(),
            FeedInfos.format(request.format()),
            request.origin() == null ? "imported" : request.origin(),
            asOf == null ? now : asOf);
    return updated(
        desk.feeds()
            .accept(
                new FeedService.FeedDelivery(
                    source, Validators.NONE, request.allowFewer(), caller.owner()),
                request.file()));
  }

  private FeedUpdateReply fetch(FeedFetchRequest request, Caller caller) {
    URI address = request.url();
    if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
      throw new MalformedException(
          "cannot fetch the feed: expected an http or https address, found one of another scheme");
    }
    return updated(
        refresher.refresh(
            new FeedLocation(request.feed(), FeedInfos.format(request.format()), address),
            caller.owner()));
  }

  private static FeedUpdateReply updated(FeedUpdateReport report) {
    return switch (report) {
      case FeedUpdateReport.Accepted accepted -> FeedInfos.updated(accepted);
      case FeedUpdateReport.Refused(String name, String why) ->
          throw new ProblemException(
              ErrorCode.MALFORMED_INPUT, "the feed '" + name + "' is not imported: " + why);
    };
  }

  private FeedRemoveReply remove(FeedRemoveRequest request, Caller caller) {
    return desk.feeds()
        .remove(request.feed(), caller.owner())
        .map(each -> new FeedRemoveReply(request.feed(), FeedInfos.reevaluation(each)))
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN, "there is no feed '" + Excerpt.of(request.feed()) + "'"));
  }

  private AdvisoryReply advisory(AdvisoryRequest request) {
    List<Advisory> found = desk.feeds().find(request.id());
    if (found.isEmpty()) {
      throw new ProblemException(
          ErrorCode.UNKNOWN, "there is no advisory '" + Excerpt.of(request.id()) + "' in any feed");
    }
    return new AdvisoryReply(found.stream().map(AdvisoryInfos::advisory).toList());
  }
}
