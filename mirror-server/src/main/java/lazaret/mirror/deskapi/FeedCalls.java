package lazaret.mirror.deskapi;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.mirror.feeds.HttpFeedRefresher;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.feeds.BlastRadius;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.index.Validators;
import lazaret.vetting.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The handlers for advisory feeds and for the clients that have an affected version.
final class FeedCalls {
  private final Desk desk;
  private final HttpFeedRefresher refresh;

  FeedCalls(Desk desk, HttpFeedRefresher refresh) {
    this.desk = desk;
    this.refresh = refresh;
  }

  DeskResponse list() {
    FeedService feeds = desk.feeds();
    FeedAge age = feeds.age();
    return DeskResponse.ok(
        json -> {
          json.object("age", out -> age(out, age));
          ReportJson.feedWarnings(json, desk);
          json.list(
              "feeds",
              feeds.advisories().feeds(),
              (out, feed) -> {
                info(out, feed.info());
                failure(out, feeds.failure(feed.info().name()));
              });
          json.list(
              "failing",
              feeds.failing(),
              (out, name) -> {
                out.put("name", name);
                failure(out, feeds.failure(name));
              });
        });
  }

  static void age(JsonWriter json, FeedAge age) {
    json.put("state", age.code()).text("detail", age);
    if (age.age() != null) {
      json.put("seconds", age.age().toSeconds());
    }
  }

  private static void failure(JsonWriter json, Optional<FeedService.Failure> failure) {
    failure.ifPresent(
        f -> json.object("failure", out -> out.put("at", f.at()).put("why", f.why())));
  }

  static void info(JsonWriter json, FeedInfo info) {
    json.put("name", info.name())
        .put("format", info.format().code())
        .put("origin", info.origin())
        .put("as_of", info.asOf())
        .text("newest", info.newest())
        .put("records", info.records())
        .put("skipped", info.skipped());
  }

  /// Imports the file of a feed from the body.
  DeskResponse put(Target target, DeskRequest request) {
    Map<String, String> parameters =
        target.parameters(List.of("format", "as-of", "origin", "fewer"));
    Instant now = desk.feeds().now();
    String asOf = parameters.get("as-of");
    FeedSource source =
        new FeedSource(
            target.value(0),
            format(parameters.get("format")),
            parameters.getOrDefault("origin", "imported"),
            asOf == null ? now : moment(asOf, now));
    boolean fewer = "true".equals(parameters.get("fewer"));
    return replied(
        desk.feeds()
            .accept(
                new FeedService.FeedDelivery(
                    source, Validators.NONE, fewer, request.caller().owner()),
                request.body()));
  }

  private static Instant moment(String text, Instant now) {
    try {
      Instant moment = Instant.parse(text);
      if (!moment.isAfter(now)) {
        return moment;
      }
    } catch (DateTimeException _) {
      // reported below, like a time in the future
    }
    throw new MalformedException(
        "cannot read 'as-of' '"
            + Excerpt.of(text)
            + "': expected a moment that is past, like 2026-11-20T00:00:00Z");
  }

  static @Nullable FeedFormat format(@Nullable String word) {
    return switch (word) {
      case null -> null;
      case "rustsec" -> FeedFormat.RUSTSEC;
      case "osv" -> FeedFormat.OSV;
      case "local" -> FeedFormat.LOCAL;
      default ->
          throw new MalformedException(
              "cannot read format '" + Excerpt.of(word) + "': expected rustsec, osv or local");
    };
  }

  /// Fetches a feed from an address, under the rules for upstream.
  DeskResponse fetch(Target target, DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    URI address;
    try {
      address = URI.create(in.text("url"));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("cannot fetch the feed: 'url' is not an address", e);
    }
    FeedFormat format = format(in.textOrNull("format"));
    in.done();
    if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
      throw new MalformedException("cannot fetch the feed: expected an http or https address");
    }
    return replied(
        refresh.refresh(
            new FeedLocation(target.value(0), format, address), request.caller().owner()));
  }

  /// Refreshes the configured feeds.
  DeskResponse refresh(DeskRequest request) {
    List<FeedUpdateReport> reports = refresh.now(request.caller().owner());
    return DeskResponse.ok(json -> json.list("feeds", reports, FeedCalls::report));
  }

  private static DeskResponse replied(FeedUpdateReport report) {
    return switch (report) {
      case FeedUpdateReport.Accepted taken -> DeskResponse.ok(json -> report(json, taken));
      case FeedUpdateReport.Refused(String name, String why) ->
          DeskResponse.error(
              ErrorCode.MALFORMED_INPUT, "the feed '" + name + "' is not imported: " + why);
    };
  }

  private static void report(JsonWriter json, FeedUpdateReport report) {
    switch (report) {
      case FeedUpdateReport.Accepted taken -> {
        info(json, taken.info());
        json.texts("complaints", taken.complaints());
        rejudged(json, taken.reevaluated());
      }
      case FeedUpdateReport.Refused(String name, String why) ->
          json.put("name", name).put("refused", why);
    }
  }

  private static void rejudged(JsonWriter json, FeedUpdateReport.Reevaluation rejudged) {
    json.object(
        "rejudged",
        out ->
            out.put("versions", rejudged.versions())
                .put("withdrawn", rejudged.withdrawn())
                .put("freed", rejudged.released())
                .list("concerned", rejudged.affected(), FeedCalls::radius));
  }

  DeskResponse remove(Target target, DeskRequest request) {
    String name = target.value(0);
    return desk.feeds()
        .remove(name, request.caller().owner())
        .map(
            rejudged ->
                DeskResponse.ok(
                    json -> {
                      json.put("removed", name);
                      rejudged(json, rejudged);
                    }))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNKNOWN, "there is no feed '" + Excerpt.of(name) + "'"));
  }

  DeskResponse advisory(Target target) {
    String id = target.value(0);
    List<Advisory> found = desk.feeds().find(id);
    return found.isEmpty()
        ? DeskResponse.error(ErrorCode.UNKNOWN, "no feed has an advisory '" + Excerpt.of(id) + "'")
        : DeskResponse.ok(json -> json.list("advisories", found, FeedCalls::advisory));
  }

  private static void advisory(JsonWriter json, Advisory advisory) {
    json.put("id", advisory.id())
        .put("feed", advisory.feed())
        .texts("aliases", advisory.aliases())
        .text("name", advisory.crate())
        .put("kind", advisory.kind().code())
        .put("severity", advisory.rating().severity().code())
        .text("score", advisory.rating().score())
        .put("vector", advisory.rating().vector())
        .put("title", advisory.title())
        .put("url", advisory.url())
        .text("date", advisory.date())
        .put("withdrawn", advisory.withdrawn())
        .put("by_association", advisory.byAssociation())
        .text("affected", advisory.affected())
        .texts("functions", advisory.scope().functions())
        .texts("arch", advisory.scope().arch())
        .texts("os", advisory.scope().os())
        .texts("iocs", advisory.iocs().stream().map(i -> i.value()).toList());
  }

  DeskResponse who(CrateName name, CrateVersion version) {
    BlastRadius radius = desk.who(name, version);
    return DeskResponse.ok(json -> radius(json, radius));
  }

  private static void radius(JsonWriter json, BlastRadius radius) {
    json.text("name", radius.name())
        .text("version", radius.version())
        .list(
            "holders",
            radius.holders(),
            (out, holder) ->
                out.put("token", holder.token())
                    .put("address", holder.address())
                    .text("first", holder.first())
                    .text("last", holder.last())
                    .put("count", holder.count()))
        .put("more", radius.more())
        .list(
            "lockfiles",
            radius.lockfiles(),
            (out, locked) ->
                out.text("sha256", locked.digest())
                    .put("name", locked.sighting().name())
                    .put("token", locked.sighting().token())
                    .put("address", locked.sighting().address())
                    .put("first", locked.sighting().first())
                    .put("last", locked.sighting().last()));
  }
}
