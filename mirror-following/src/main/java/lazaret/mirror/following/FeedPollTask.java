package lazaret.mirror.following;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.index.Freshness;
import org.jspecify.annotations.Nullable;

/// The requests for the registry's feeds. Index files of known crates with a new version are
/// refreshed; if releases may have left the feed unseen, a gap begins. One thread at a time.
final class FeedPollTask {
  private static final System.Logger LOG = System.getLogger(FeedPollTask.class.getName());

  /// The time after which the index has a version that a feed has. If it lacks the version then,
  /// the version was removed.
  private static final Duration SETTLED = Duration.ofMinutes(30);

  private final FollowContext parts;
  private final FollowRegister register;
  private final FollowBudget budget;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;

  /// The entries of each feed that was fetched last.
  private final Map<String, List<UpdateFeedEntry>> last = new LinkedHashMap<>();

  FeedPollTask(
      FollowContext parts,
      FollowRegister register,
      FollowBudget budget,
      FollowMeters meters,
      FollowedIndexRefresher refresher) {
    this.parts = parts;
    this.register = register;
    this.budget = budget;
    this.meters = meters;
    this.refresher = refresher;
  }

  /// Requests the feeds and refreshes what they name. A feed that cannot be read changes nothing:
  /// the next one has its entries, or shows a gap.
  void poll() throws InterruptedException {
    Instant started = parts.clock().instant();
    List<UpdateFeedEntry> updates = entries(RegistryFiles.UPDATES, started).orElse(null);
    List<UpdateFeedEntry> crates =
        follows(FollowMode.ALL)
            ? entries(RegistryFiles.NEW_CRATES, started).orElse(null)
            : List.<UpdateFeedEntry>of();
    if (updates != null && crates != null) {
      polled(updates, crates, started);
    }
  }

  private void polled(List<UpdateFeedEntry> updates, List<UpdateFeedEntry> crates, Instant started)
      throws InterruptedException {
    meters.works(Part.FEEDS);
    List<UpdateFeedEntry> all = new ArrayList<>(updates);
    all.addAll(crates);
    Instant open = open(all);
    register.change(state -> after(state, updates, open, started));
  }

  private boolean follows(FollowMode mode) {
    return parts.settings().mode() == mode;
  }

  /// Returns the entries of a feed, or empty if it cannot be read.
  private Optional<List<UpdateFeedEntry>> entries(String path, Instant now)
      throws InterruptedException {
    budget.awaitTurn();
    switch (parts.files().feed(path)) {
      case Fetched.Received received -> {
        budget.received(received.body().length());
        try {
          last.put(path, UpdateFeedReader.read(received.body()));
        } catch (MalformedException e) {
          last.remove(path);
          failed(path, String.valueOf(e.getMessage()));
          return Optional.empty();
        }
      }
      case Fetched.NotModified _ -> {
        if (!last.containsKey(path)) {
          failed(path, "it is still the one that could not be read");
          return Optional.empty();
        }
      }
      case Fetched.Failed(String why, Duration retryAfter, _) -> {
        if (retryAfter != null) {
          budget.pause(retryAfter);
        }
        failed(path, why);
        return Optional.empty();
      }
    }
    // A date of the future would hide all gaps until then.
    return Optional.of(
        last.getOrDefault(path, List.of()).stream().map(entry -> entry.seenBy(now)).toList());
  }

  private void failed(String path, String why) {
    meters.failed();
    meters.failing(Part.FEEDS, path + ": " + why);
    LOG.log(System.Logger.Level.WARNING, "feed {0} of the registry not read: {1}", path, why);
  }

  /// Refreshes the crates of entries that are not stored.
  ///
  /// @return the publication of the first release that is still missing; null if none is
  private @Nullable Instant open(List<UpdateFeedEntry> entries) throws InterruptedException {
    Map<String, CrateName> due = new LinkedHashMap<>();
    for (UpdateFeedEntry entry : entries) {
      Freshness freshness = parts.store().freshness(entry.name()).orElse(null);
      if (freshness == null ? follows(FollowMode.ALL) : !isSettled(entry, freshness)) {
        due.put(entry.name().collisionKey(), entry.name());
      }
    }
    List<CrateName> failed = refresher.refreshAll(List.copyOf(due.values()));
    Set<String> unread = settledByFailure(entries, failed);
    return entries.stream()
        .filter(entry -> due.containsKey(entry.name().collisionKey()))
        .filter(entry -> !unread.contains(entry.name().collisionKey()) || isYoung(entry))
        .filter(entry -> failed.contains(entry.name()) || isOpen(entry))
        .map(UpdateFeedEntry::published)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /// Returns the crates, by collision key, that upstream does not confirm while it confirms others.
  /// Their releases are settled after a time: each would cause a gap when it leaves the feed.
  private Set<String> settledByFailure(List<UpdateFeedEntry> entries, List<CrateName> failed)
      throws InterruptedException {
    Set<String> old = new TreeSet<>();
    for (UpdateFeedEntry entry : entries) {
      if (failed.contains(entry.name()) && !isYoung(entry)) {
        old.add(entry.name().collisionKey());
      }
    }
    if (old.isEmpty() || refresher.isHalted() || !refresher.works()) {
      return Set.of();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "upstream confirms other crates, but not {0}: the next requests for them follow from the"
            + " dump, from clients or from a later release",
        String.join(", ", old));
    return old;
  }

  /// Returns whether the index may lack a release because it is so new.
  private boolean isYoung(UpdateFeedEntry entry) {
    return entry.published().plus(SETTLED).isAfter(parts.clock().instant());
  }

  /// Returns whether a release may still arrive in the index.
  private boolean isOpen(UpdateFeedEntry entry) {
    return parts
        .store()
        .freshness(entry.name())
        .map(freshness -> !isSettled(entry, freshness))
        // A crate that was removed at once never arrives.
        .orElseGet(() -> isYoung(entry));
  }

  /// Returns whether the release of a stored crate is stored, or upstream was asked for it long
  /// enough after its publication.
  private boolean isSettled(UpdateFeedEntry entry, Freshness freshness) {
    CrateVersion version = entry.version();
    return version == null
        || !freshness.checkedAt().isBefore(entry.published().plus(SETTLED))
        || parts.gate().files().find(entry.name()).flatMap(f -> f.line(version)).isPresent();
  }

  /// Returns the state after a request for the feeds.
  ///
  /// @param open the publication of the first release that is still missing; null if none is
  private static FollowState after(
      FollowState before, List<UpdateFeedEntry> updates, @Nullable Instant open, Instant started) {
    FollowState.Feed feed = before.feed();
    Instant seen = feed.seen();
    Instant oldest = bound(updates, Comparator.naturalOrder());
    boolean isFirst = feed.polled() == null;
    Instant newest = bound(updates, Comparator.reverseOrder());
    Instant since = before.gap().since();
    FollowState after = before;
    if (isFirst || (seen != null && oldest != null && oldest.isAfter(seen))) {
      // Crates that were confirmed after the oldest entry have all that was published before it.
      Instant gap = oldest == null ? started : earlier(oldest.plus(SETTLED), started);
      LOG.log(
          System.Logger.Level.INFO,
          "releases before {0} may have been missed: known crates are confirmed",
          gap);
      since = since == null || gap.isAfter(since) ? gap : since;
      after = after.with(new FollowState.Gap(since, ""));
    }
    Instant next = newest == null ? seen : newest;
    Instant current = feed.current();
    if (since == null) {
      Instant reached = open == null ? started : earlier(open, started);
      current = current == null || reached.isAfter(current) ? reached : current;
    }
    return after.with(
        new FollowState.Feed(
            started, open == null || next == null ? next : earlier(open, next), current));
  }

  private static @Nullable Instant bound(List<UpdateFeedEntry> entries, Comparator<Instant> order) {
    return entries.stream().map(UpdateFeedEntry::published).min(order).orElse(null);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
