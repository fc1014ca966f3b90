package lazaret.bundle.importing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.plan.TableDiff;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// The feeds of a bundle together with the stored feeds. Feeds of the bundle replace stored feeds
/// of the same name; the other stored feeds are kept.
///
/// @param brought the feeds of the bundle
/// @param stored the feeds of the store by name
/// @param leftOut the feeds of the bundle that are older than the stored ones; they are not among
///   the others
record FeedImport(List<Feed> brought, Map<String, Feed> stored, List<Feed> leftOut) {
  /// Copies the collections.
  FeedImport {
    brought = List.copyOf(brought);
    stored = Map.copyOf(stored);
    leftOut = List.copyOf(leftOut);
  }

  /// Reads the feeds of a bundle.
  ///
  /// @param later whether a bundle of advisories that was made later was imported before. A feed
  ///   that is older than the stored one is then left out, and refused otherwise
  /// @throws BundleException `feed-rollback` if a feed is older than the stored one;
  ///   `table-malformed`, `table-hash-mismatch`
  static FeedImport read(BundleInspection bundle, Store store, boolean later) throws IOException {
    Map<String, Feed> held = stored(store);
    List<Feed> brought = new ArrayList<>();
    List<Feed> leftOut = new ArrayList<>();
    for (Feed feed : table(bundle)) {
      Feed known = held.get(feed.info().name());
      if (later && known != null && isOlder(feed, known)) {
        leftOut.add(feed);
      } else {
        brought.add(feed);
      }
    }
    return of(brought, held, leftOut);
  }

  /// Returns the stored feeds by name.
  static Map<String, Feed> stored(Store store) {
    return store.feeds().stream()
        .map(StoredFeed::feed)
        .collect(Collectors.toMap(feed -> feed.info().name(), Function.identity()));
  }

  /// Returns the import of feeds.
  ///
  /// @throws BundleException `feed-rollback` if a feed is older than the stored one;
  ///   `table-malformed` for the feed of the program
  static FeedImport of(List<Feed> brought, Map<String, Feed> stored) {
    return of(brought, stored, List.of());
  }

  private static FeedImport of(List<Feed> brought, Map<String, Feed> stored, List<Feed> leftOut) {
    var feeds = new FeedImport(brought, stored, leftOut);
    feeds.brought.forEach(feeds::notOlder);
    return feeds;
  }

  private static boolean isOlder(Feed feed, @Nullable Feed known) {
    return known != null && feed.info().asOf().isBefore(known.info().asOf());
  }

  private static List<Feed> table(BundleInspection bundle) throws IOException {
    try (VerifyingTargetStream table = TableDiff.open(bundle, BundleTarget.ADVISORIES)) {
      try {
        List<Feed> feeds =
            AdvisoryTable.read(
                TableDiff.lines(bundle, table, BundleTarget.ADVISORIES),
                bundle.statement().feeds());
        table.finish();
        return feeds;
      } catch (BundleException e) {
        throw table.instead(e);
      }
    }
  }

  private void notOlder(Feed feed) {
    String name = feed.info().name();
    if (name.equals(CanaryCrate.FEED_NAME)) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot import the feed '%s': the feed of that name is part of the program"
              .formatted(name));
    }
    Feed known = stored.get(name);
    if (known != null && isOlder(feed, known)) {
      throw new BundleException(
          BundleCode.FEED_ROLLBACK,
          ("cannot import the feed '%s' as of %s: the stored one is as of %s; import a newer bundle, or"
                  + " remove the stored one first")
              .formatted(name, feed.info().asOf(), known.info().asOf()));
    }
  }

  /// Returns the feeds that are left out, as texts.
  List<String> leftOutTexts() {
    return leftOut.stream()
        .map(
            feed ->
                "%s as of %s: the stored one is as of %s"
                    .formatted(
                        feed.info().name(),
                        feed.info().asOf(),
                        Objects.requireNonNull(stored.get(feed.info().name())).info().asOf()))
        .toList();
  }

  /// Returns the advisories that are in force after the import.
  AdvisorySet inForce() {
    return withStored(brought);
  }

  /// Returns the advisories that the connected side knew, and those of feeds that it does not have.
  AdvisorySet known() {
    List<Feed> all = new ArrayList<>(brought);
    all.addAll(leftOut);
    return withStored(all);
  }

  private AdvisorySet withStored(List<Feed> own) {
    List<Feed> all = new ArrayList<>(own);
    List<String> names = own.stream().map(feed -> feed.info().name()).toList();
    stored.values().stream().filter(feed -> !names.contains(feed.info().name())).forEach(all::add);
    return AdvisorySet.of(all);
  }

  /// Returns the writes that put the feeds in force, with a notice for each changed feed.
  List<Batch.Write> writes(String by, Instant now) {
    List<Batch.Write> writes = new ArrayList<>();
    for (Feed feed : brought) {
      writes.add(new Batch.Write.PutFeed(new StoredFeed(feed, Validators.NONE)));
      Feed known = stored.get(feed.info().name());
      if (known == null || !known.advisories().equals(feed.advisories())) {
        writes.add(
            new Batch.Write.Append(
                new Notice(
                    Notice.Kind.FEED_CHANGED,
                    now,
                    by,
                    null,
                    null,
                    "feed %s from a bundle, as of %s: %d records"
                        .formatted(
                            feed.info().name(), feed.info().asOf(), feed.info().records()))));
      }
    }
    return writes;
  }
}
