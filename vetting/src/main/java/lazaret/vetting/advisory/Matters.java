package lazaret.vetting.advisory;

import java.util.ArrayList;
import java.util.Comparator;
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

/// What is said of one crate, sorted into matters. Immutable but for a remembered digest.
final class Matters {
  /// The record to tell first comes first.
  private static final Comparator<Advisory> WORST_FIRST =
      Comparator.comparing(Advisory::kind)
          .thenComparing(
              a -> a.rating().severity() == Severity.UNKNOWN ? null : a.rating().severity(),
              Comparator.nullsFirst(Comparator.<Severity>naturalOrder()).reversed())
          .thenComparing(Advisory::id)
          .thenComparing(Advisory::feed);

  private final List<List<Advisory>> matters;
  private volatile @Nullable String digest;

  private Matters(List<List<Advisory>> matters) {
    this.matters = matters;
  }

  /// Sorts records by crate and matter.
  static Map<String, Matters> of(List<Advisory> all) {
    var aliases = new Aliases();
    Map<String, List<Advisory>> byCrate = new HashMap<>();
    for (Advisory advisory : all) {
      advisory.aliases().forEach(alias -> aliases.join(advisory.id(), alias));
      CrateName crate = advisory.crate();
      if (crate != null) {
        byCrate.computeIfAbsent(crate.collisionKey(), _ -> new ArrayList<>(2)).add(advisory);
      }
    }
    Map<String, Matters> matters = HashMap.newHashMap(byCrate.size());
    byCrate.forEach((key, records) -> matters.put(key, new Matters(split(records, aliases))));
    return matters;
  }

  private static List<List<Advisory>> split(List<Advisory> records, Aliases aliases) {
    Map<String, List<Advisory>> byAlias = new LinkedHashMap<>();
    for (Advisory record : records) {
      byAlias.computeIfAbsent(aliases.rootOf(record.id()), _ -> new ArrayList<>(1)).add(record);
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
    matters.forEach(m -> m.sort(WORST_FIRST));
    return matters.stream().map(List::copyOf).toList();
  }

  /// Two of RustSec's records name a malicious-package id, so that only crate and versions show
  /// that the others are about the same.
  private static boolean isSameMalware(List<Advisory> one, List<Advisory> other) {
    return one.stream()
        .filter(a -> a.kind() == AdvisoryKind.MALWARE)
        .anyMatch(
            a ->
                other.stream()
                    .filter(b -> b.kind() == AdvisoryKind.MALWARE)
                    .anyMatch(b -> a.affected().overlaps(b.affected())));
  }

  /// Adds a hit for every matter that affects a version.
  void collect(CrateVersion version, List<AdvisoryHit> hits) {
    for (List<Advisory> matter : matters) {
      List<Advisory> affirming = new ArrayList<>(matter.size());
      List<Advisory> disputing = new ArrayList<>(0);
      for (Advisory record : matter) {
        (record.affects(version) ? affirming : disputing).add(record);
      }
      if (!affirming.isEmpty()) {
        hits.add(new AdvisoryHit(affirming, disputing, false));
      }
    }
  }

  /// Returns all records, by feed and id.
  List<Advisory> records() {
    return matters.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Advisory::feed).thenComparing(Advisory::id))
        .toList();
  }

  /// Returns a short text that stands for all that is said.
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

  /// Which ids mean one matter: symmetric and transitive, whatever record states it (OSV schema
  /// 1.7, *aliases*). Ids are compared without case.
  private static final class Aliases {
    private final Map<String, String> parents = new HashMap<>();

    void join(String one, String other) {
      String left = rootOf(one);
      String right = rootOf(other);
      if (!left.equals(right)) {
        parents.put(left, right);
      }
    }

    String rootOf(String id) {
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
