package lazaret.vetting.advisory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The records of one crate, grouped by vulnerability. They are grouped on first use: of a thousand
/// crates in a feed, a lockfile names a few. Thread-safe; the groups are kept.
final class AdvisoryGrouper {
  private final List<Advisory> said;
  private final Aliases aliases;
  private volatile @Nullable List<List<Advisory>> sorted;
  private volatile @Nullable String digest;

  private AdvisoryGrouper(List<Advisory> said, Aliases aliases) {
    this.said = said;
    this.aliases = aliases;
  }

  /// Returns the records by collision key of their crate.
  static Map<String, AdvisoryGrouper> of(List<Advisory> all) {
    var aliases = new Aliases(all);
    Map<String, List<Advisory>> byCrate = new HashMap<>();
    for (Advisory advisory : all) {
      CrateName crate = advisory.crate();
      if (crate != null) {
        byCrate.computeIfAbsent(crate.collisionKey(), _ -> new ArrayList<>(2)).add(advisory);
      }
    }
    Map<String, AdvisoryGrouper> matters = HashMap.newHashMap(byCrate.size());
    byCrate.forEach((key, records) -> matters.put(key, new AdvisoryGrouper(records, aliases)));
    return matters;
  }

  private List<List<Advisory>> matters() {
    List<List<Advisory>> known = sorted;
    if (known == null) {
      known = said.size() == 1 ? List.of(List.copyOf(said)) : split(said, aliases);
      sorted = known;
    }
    return known;
  }

  private static List<List<Advisory>> split(List<Advisory> records, Aliases aliases) {
    Map<String, List<Advisory>> byAlias = new LinkedHashMap<>();
    for (Advisory record : records) {
      byAlias.computeIfAbsent(aliases.standFor(record.id()), _ -> new ArrayList<>(1)).add(record);
    }
    List<List<Advisory>> matters = new ArrayList<>();
    for (List<Advisory> matter : byAlias.values()) {
      @Nullable List<Advisory> same =
          matters.stream().filter(m -> isSameMalware(m, matter)).findFirst().orElse(null);
      if (same == null) {
        matters.add(matter);
      } else {
        same.addAll(matter);
      }
    }
    matters.forEach(m -> m.sort(AdvisoryGrouper::worstFirst));
    return matters.stream().map(List::copyOf).toList();
  }

  /// Compares records by the order of display; an unknown severity is last.
  private static int worstFirst(Advisory one, Advisory other) {
    int order = one.kind().compareTo(other.kind());
    if (order == 0) {
      order = heavierFirst(one.rating().severity(), other.rating().severity());
    }
    if (order == 0) {
      order = one.id().compareTo(other.id());
    }
    return order != 0 ? order : one.feed().compareTo(other.feed());
  }

  private static int heavierFirst(Severity one, Severity other) {
    if (one == Severity.UNKNOWN || other == Severity.UNKNOWN) {
      return Boolean.compare(one == Severity.UNKNOWN, other == Severity.UNKNOWN);
    }
    return other.compareTo(one);
  }

  /// Returns whether two groups name the same malware. Few of RustSec's records name a
  /// malicious-package id, so that only crate and versions show which records belong together.
  private static boolean isSameMalware(List<Advisory> one, List<Advisory> other) {
    return one.stream()
        .filter(a -> a.kind() == AdvisoryKind.MALWARE)
        .anyMatch(
            a ->
                other.stream()
                    .filter(b -> b.kind() == AdvisoryKind.MALWARE)
                    .anyMatch(b -> a.affected().overlaps(b.affected())));
  }

  /// Adds an advisory group for each vulnerability that affects a version.
  void collect(CrateVersion version, List<AdvisoryGroup> hits) {
    for (List<Advisory> matter : matters()) {
      List<Advisory> affirming = new ArrayList<>(matter.size());
      List<Advisory> disputing = new ArrayList<>(0);
      for (Advisory record : matter) {
        (record.affects(version) ? affirming : disputing).add(record);
      }
      if (!affirming.isEmpty()) {
        hits.add(new AdvisoryGroup(affirming, disputing, false));
      }
    }
  }

  /// Returns whether a malware record or a vulnerability affects a version.
  boolean endangers(CrateVersion version) {
    for (Advisory record : said) {
      if (record.kind().isSecurity() && record.affects(version)) {
        return true;
      }
    }
    return false;
  }

  /// Returns all records, by feed and id.
  List<Advisory> records() {
    List<Advisory> records = new ArrayList<>(said);
    records.sort(AdvisoryGrouper::byFeed);
    return Collections.unmodifiableList(records);
  }

  /// Compares by feed, then by id. Written by hand, since the JDK generates classes for comparators
  /// at each start.
  private static int byFeed(Advisory one, Advisory other) {
    int order = one.feed().compareTo(other.feed());
    return order != 0 ? order : one.id().compareTo(other.id());
  }

  /// Returns a digest of all records as a short text.
  String digest() {
    String known = digest;
    if (known == null) {
      known = digestOf(records().toString());
      digest = known;
    }
    return known;
  }

  static String digestOf(String text) {
    return Sha256.of(Bytes.utf8(text)).hex().substring(0, 16);
  }

  /// The relation of ids of the same vulnerability. It is symmetric and transitive, whatever record
  /// states it (OSV schema 1.7, *aliases*), and ignores case. Thread-safe.
  private static final class Aliases {
    private final List<Advisory> all;
    private final Map<String, String> parents = new HashMap<>();
    private boolean joined;

    Aliases(List<Advisory> all) {
      this.all = all;
    }

    /// Returns the representative id of all ids of a vulnerability.
    synchronized String standFor(String id) {
      if (!joined) {
        all.forEach(record -> record.aliases().forEach(alias -> join(record.id(), alias)));
        joined = true;
      }
      return rootOf(id);
    }

    private void join(String one, String other) {
      String left = rootOf(one);
      String right = rootOf(other);
      if (!left.equals(right)) {
        parents.put(left, right);
      }
    }

    private String rootOf(String id) {
      String at = id.toUpperCase(Locale.ROOT);
      for (String up = parents.get(at); up != null; up = parents.get(at)) {
        String next = parents.get(up);
        if (next != null) {
          parents.put(at, next);
        }
        at = up;
      }
      return at;
    }
  }
}
