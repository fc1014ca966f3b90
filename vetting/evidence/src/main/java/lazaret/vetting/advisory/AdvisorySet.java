package lazaret.vetting.advisory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.inspect.Iocs;
import org.jspecify.annotations.Nullable;

/// The union of all feeds, indexed by crate and digest. Crates are found by their collision key,
/// since the registry ignores case and the difference of `-` and `_`, and feeds write names
/// inconsistently. A literal comparison misses crates (google/osv.dev#6039). Immutable and
/// thread-safe.
public final class AdvisorySet {
  /// The set without feeds.
  public static final AdvisorySet NONE = AdvisorySet.of(List.of());

  private final List<Feed> feeds;
  private final Map<String, AdvisoryGrouper> byCrate;
  private final Map<Sha256, List<Advisory>> byDigest;
  private final Iocs iocs;

  private AdvisorySet(
      List<Feed> feeds,
      Map<String, AdvisoryGrouper> byCrate,
      Map<Sha256, List<Advisory>> byDigest,
      Iocs iocs) {
    this.feeds = feeds;
    this.byCrate = byCrate;
    this.byDigest = byDigest;
    this.iocs = iocs;
  }

  /// Returns the union of feeds.
  ///
  /// @param feeds feeds in any order, each name once
  public static AdvisorySet of(List<Feed> feeds) {
    List<Advisory> all = feeds.stream().flatMap(f -> f.advisories().stream()).toList();
    Map<Sha256, List<Advisory>> byDigest = new HashMap<>();
    Set<Ioc> iocs = new TreeSet<>(AdvisorySet::inOrder);
    for (Advisory advisory : all) {
      if (!advisory.withdrawn()) {
        iocs.addAll(advisory.iocs());
        for (Ioc ioc : advisory.iocs()) {
          if (ioc.kind() == Ioc.Kind.SHA256) {
            byDigest
                .computeIfAbsent(Sha256.parse(ioc.value()), _ -> new ArrayList<>(1))
                .add(advisory);
          }
        }
      }
    }
    return new AdvisorySet(
        List.copyOf(feeds), AdvisoryGrouper.of(all), byDigest, new Iocs(List.copyOf(iocs)));
  }

  /// Returns the records of local feeds, with all records that name bytes. Public feeds speak of
  /// public crates, so that their names mean no private ones.
  public AdvisorySet ofLocalFeeds() {
    List<Feed> local =
        feeds.stream().filter(feed -> feed.info().format() == FeedFormat.LOCAL).toList();
    List<Advisory> named = local.stream().flatMap(f -> f.advisories().stream()).toList();
    return new AdvisorySet(local, AdvisoryGrouper.of(named), byDigest, iocs);
  }

  private static int inOrder(Ioc one, Ioc other) {
    int order = one.kind().compareTo(other.kind());
    if (order == 0) {
      order = one.value().compareTo(other.value());
    }
    return order != 0 ? order : one.advisory().compareTo(other.advisory());
  }

  /// Returns the advisory groups that affect a version, the worst first, or empty if there are
  /// none.
  ///
  /// @param cksum SHA-256 of the version's bytes; null if unknown. Bytes that a feed names are
  ///   malware under every name
  public List<AdvisoryGroup> hits(CrateName name, CrateVersion version, @Nullable Sha256 cksum) {
    AdvisoryGrouper matters = byCrate.get(name.collisionKey());
    List<Advisory> named =
        cksum == null || byDigest.isEmpty() ? List.of() : byDigest.getOrDefault(cksum, List.of());
    if (matters == null && named.isEmpty()) {
      return List.of();
    }
    List<AdvisoryGroup> hits = new ArrayList<>();
    if (matters != null) {
      matters.collect(version, hits);
    }
    for (Advisory advisory : named) {
      if (hits.stream().noneMatch(h -> h.affirming().contains(advisory))) {
        hits.add(new AdvisoryGroup(List.of(advisory), List.of(), true));
      }
    }
    hits.sort(AdvisorySet::worstFirst);
    return hits;
  }

  private static int worstFirst(AdvisoryGroup one, AdvisoryGroup other) {
    int order = one.kind().compareTo(other.kind());
    if (order == 0) {
      order = other.rating().severity().compareTo(one.rating().severity());
    }
    return order != 0 ? order : one.id().compareTo(other.id());
  }

  /// Returns the smallest published version above another that no malware record and no
  /// vulnerability affects, as an upgrade target. Empty if there is none.
  ///
  /// @param published versions of the crate, in any order, without those that must not be offered
  ///   (yanked, withheld)
  public Optional<CrateVersion> fix(
      CrateName name, CrateVersion above, Collection<CrateVersion> published) {
    return published.stream()
        .filter(v -> v.compareTo(above) > 0 && (above.isPreRelease() || !v.isPreRelease()))
        .sorted()
        .filter(v -> !endangers(name, v))
        .findFirst();
  }

  /// Returns the smallest version above another that the feeds state as fixed and that no security
  /// record affects. It can be unpublished; empty if there is none.
  public Optional<CrateVersion> fix(CrateName name, CrateVersion above) {
    return advisories(name).stream()
        .flatMap(a -> a.affected().ranges().stream())
        .map(VersionRange::fixed)
        .<CrateVersion>mapMulti(
            (v, out) -> {
              if (v != null) {
                out.accept(v);
              }
            })
        .filter(v -> v.compareTo(above) > 0)
        .sorted()
        .filter(v -> !endangers(name, v))
        .findFirst();
  }

  /// Returns whether a malware record or a vulnerability affects a version, whatever its bytes are.
  public boolean endangers(CrateName name, CrateVersion version) {
    AdvisoryGrouper matters = byCrate.get(name.collisionKey());
    return matters != null && matters.endangers(version);
  }

  /// Returns all records about a crate, including withdrawn ones, by feed and id.
  public List<Advisory> advisories(CrateName name) {
    AdvisoryGrouper matters = byCrate.get(name.collisionKey());
    return matters == null ? List.of() : matters.records();
  }

  /// Returns all records with an id or alias, ignoring case.
  public List<Advisory> find(String id) {
    return all().filter(a -> a.isNamed(id)).toList();
  }

  private Stream<Advisory> all() {
    return feeds.stream().flatMap(f -> f.advisories().stream());
  }

  /// Returns the feeds with their records.
  public List<Feed> feeds() {
    return feeds;
  }

  /// Returns a feed by name, or empty if there is none.
  public Optional<Feed> feed(String name) {
    return feeds.stream().filter(f -> f.info().name().equals(name)).findFirst();
  }

  /// Returns all indicators of records that are not withdrawn.
  public Iocs iocs() {
    return iocs;
  }

  /// Returns the advisory groups of records that name these bytes, of any crate and registry.
  public List<AdvisoryGroup> hits(Sha256 cksum) {
    return byDigest.getOrDefault(cksum, List.of()).stream()
        .map(advisory -> new AdvisoryGroup(List.of(advisory), List.of(), true))
        .toList();
  }

  /// Returns whether a record names these bytes.
  public boolean namesBytes(Sha256 cksum) {
    return byDigest.containsKey(cksum);
  }

  /// Returns a short text that is equal for two sets exactly if their records of a crate are equal.
  /// Empty if there are no records. Records of digests are not included.
  public String digest(CrateName name) {
    AdvisoryGrouper matters = byCrate.get(name.collisionKey());
    return matters == null ? "" : matters.digest();
  }

  /// Returns a short text that is equal for two sets exactly if their indicators are equal.
  public String iocDigest() {
    return iocs.isEmpty() ? "" : AdvisoryGrouper.digestOf(iocs.all().toString());
  }

  /// Returns the collision keys of all crates whose records differ between this set and another.
  public Set<String> changes(AdvisorySet other) {
    Set<String> changed = new TreeSet<>();
    Stream.of(byCrate, other.byCrate)
        .flatMap(m -> m.keySet().stream())
        .distinct()
        .filter(key -> !digest(byCrate, key).equals(digest(other.byCrate, key)))
        .forEach(changed::add);
    return changed;
  }

  private static String digest(Map<String, AdvisoryGrouper> byCrate, String key) {
    AdvisoryGrouper matters = byCrate.get(key);
    return matters == null ? "" : matters.digest();
  }

  /// Returns the age of the feeds at a time: the worst state among them, with the oldest feed.
  public FeedAge age(Instant now, FeedAgeLimits limits) {
    FeedAge worst = FeedAge.NONE;
    for (Feed feed : feeds) {
      if (feed.info().ages()) {
        FeedAge age = FeedAge.of(feed.info(), now, limits);
        worst = isWorse(age, worst) ? age : worst;
      }
    }
    return worst;
  }

  private static boolean isWorse(FeedAge one, FeedAge other) {
    int order = one.state().compareTo(other.state());
    return order > 0
        || (order == 0
            && one.age() != null
            && (other.age() == null || one.age().compareTo(other.age()) > 0));
  }

  /// Returns a short text that is equal for two sets exactly if they evaluate every crate alike.
  public String digest() {
    StringBuilder text = new StringBuilder(iocDigest());
    byCrate.keySet().stream()
        .sorted()
        .forEach(key -> text.append(key).append('=').append(digest(byCrate, key)).append('\n'));
    return text.isEmpty() ? "" : Sha256.of(Bytes.utf8(text.toString())).hex().substring(0, 16);
  }
}
