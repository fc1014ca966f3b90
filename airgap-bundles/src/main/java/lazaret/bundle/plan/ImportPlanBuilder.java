package lazaret.bundle.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.format.ChangeLists;
import lazaret.bundle.format.VersionChange;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// A builder of the plan of an import, crate by crate. It keeps the first items of each list and
/// counts the rest. Not thread-safe.
public final class ImportPlanBuilder {
  private static final Comparator<SnapshotLine> BY_VERSION =
      Comparator.comparing(line -> line.entry().version());

  private final AdvisorySet advisories;
  private final Map<VersionChange, Items> lists = new EnumMap<>(VersionChange.class);
  private final Items advised = new Items();
  private final Items olderFeeds = new Items();
  private final Items deniedHere = new Items();
  private final List<Successor> successors = new ArrayList<>();

  /// Creates an empty plan.
  ///
  /// @param advisories the advisories that are in force after the import
  public ImportPlanBuilder(AdvisorySet advisories) {
    this.advisories = advisories;
    for (VersionChange how : VersionChange.values()) {
      lists.put(how, new Items());
    }
  }

  /// A version that the import allows, and the newest version of its crate that was served before.
  ///
  /// @param now the newly served version
  /// @param before the newest version served before
  public record Successor(CrateId now, CrateId before) {}

  /// A builder of a list.
  static final class Items {
    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String item) {
      count++;
      if (first.size() < ImportPlan.MOST_ITEMS) {
        first.add(item);
      }
    }

    ImportPlan.Sample finish() {
      return new ImportPlan.Sample(count, first);
    }
  }

  /// Adds a differing crate. Crates must be added in the order of collision keys.
  public void add(Optional<SnapshotCrate> before, SnapshotCrate now) {
    Optional<SnapshotLine> newest =
        before.stream()
            .flatMap(crate -> crate.lines().stream())
            .filter(line -> line.statement().allows())
            .max(BY_VERSION);
    VersionChange.between(
        before,
        now,
        (how, line) -> {
          items(how).add(ChangeLists.item(line));
          if (how != VersionChange.REMOVED && line.statement().allows() && isNew(before, line)) {
            served(line, newest);
          }
        });
  }

  /// Adds a feed of the bundle that is left out, as a text.
  public void addLeftOut(String feed) {
    olderFeeds.add(feed);
  }

  /// Adds a source that stays denied here, as a text.
  public void addDenied(String source) {
    deniedHere.add(source);
  }

  private Items items(VersionChange how) {
    return lists.computeIfAbsent(how, _ -> new Items());
  }

  /// Returns whether these bytes were not served under this version before.
  private static boolean isNew(Optional<SnapshotCrate> before, SnapshotLine line) {
    return before
        .flatMap(crate -> crate.line(line.entry().version()))
        .filter(was -> was.statement().allows())
        .filter(was -> was.entry().cksum().equals(line.entry().cksum()))
        .isEmpty();
  }

  private void served(SnapshotLine line, Optional<SnapshotLine> newest) {
    CrateId id = line.entry().id();
    List<AdvisoryGroup> hits =
        advisories.hits(id.name(), id.version(), id.cksum()).stream()
            .filter(hit -> hit.kind().isSecurity())
            .toList();
    if (!hits.isEmpty()) {
      advised.add(
          hits.stream()
              .map(AdvisoryGroup::id)
              .collect(Collectors.joining(", ", ChangeLists.item(line) + ": ", "")));
    }
    if (newest.isPresent() && successors.size() < NewBuildScripts.MOST) {
      successors.add(new Successor(id, newest.get().entry().id()));
    }
  }

  /// Returns the versions to inspect for build scripts, at most [NewBuildScripts#MOST].
  public List<Successor> successors() {
    return List.copyOf(successors);
  }

  /// Returns the plan.
  public ImportPlan finish(
      BundleInspection bundle, long base, ImportPlan.Sample buildScripts, ImportPlan.Volume load) {
    return new ImportPlan(
        bundle.digest(),
        bundle.statement(),
        base,
        new ImportPlan.Changes(
            items(VersionChange.ADDED).finish(),
            items(VersionChange.CHANGED).finish(),
            items(VersionChange.YANKED).finish(),
            items(VersionChange.REMOVED).finish(),
            items(VersionChange.REVOKED).finish()),
        new ImportPlan.Attention(
            items(VersionChange.CKSUM_CHANGED).finish(),
            buildScripts,
            advised.finish(),
            olderFeeds.finish(),
            deniedHere.finish()),
        load);
  }
}
