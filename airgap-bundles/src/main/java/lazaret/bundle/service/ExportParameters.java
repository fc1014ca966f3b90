package lazaret.bundle.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.site.SiteFileCollection;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.snapshots.SnapshotOrder;
import lazaret.vetting.desk.snapshots.SnapshotOrder.Wish;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.ExportRequest;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// The checked parameters of the verb `export`.
///
/// @param into an existing folder
/// @param keys the folder of keys
/// @param passphrase the passphrase of the keys; empty if they need none
/// @param kind the kind; empty for a delta if there is an earlier snapshot, otherwise full
/// @param bases the snapshots that a delta applies to
/// @param snapshot the content
/// @param allowMissing whether missing versions and unmet requirements are accepted
/// @param single whether the bundle is packed into one file
/// @param audience the networks that may import the bundle
/// @param times the times until expiry and until the next bundle
/// @param partSize the largest size of a part in bytes
/// @param contents what the bundle carries in addition to crates
record ExportParameters(
    Path into,
    Path keys,
    Optional<Secret> passphrase,
    Optional<SnapshotKind> kind,
    DeltaBases bases,
    SnapshotOrder snapshot,
    boolean allowMissing,
    boolean single,
    List<String> audience,
    ExportOptions.Times times,
    long partSize,
    Contents contents) {
  private static final long MIB = 1 << 20;
  private static final int YEAR = 366;

  /// The content of a bundle in addition to crates.
  ///
  /// @param collections the collections of files of the site
  /// @param product the folder of a release of this program; null for none
  /// @param complete whether a bundle of advisories has whole feeds
  record Contents(
      SortedSet<SiteFileCollection> collections, @Nullable Path product, boolean complete) {
    /// Returns whether there is nothing of the site.
    boolean isEmpty() {
      return collections.isEmpty() && product == null;
    }

    private static Contents of(ExportRequest request) {
      SortedSet<SiteFileCollection> collections = new TreeSet<>();
      for (String name : request.with()) {
        collections.add(
            Coded.find(SiteFileCollection.class, name)
                .filter(each -> each != SiteFileCollection.ADVISORIES)
                .orElseThrow(
                    () ->
                        new MalformedException(
                            "cannot export the collection '%s': expected toolchains, git, documentation, results or product"
                                .formatted(Excerpt.of(name)))));
      }
      ServerPath product = request.product();
      if (product != null) {
        collections.add(SiteFileCollection.PRODUCT);
      }
      return new Contents(
          collections, product == null ? null : Path.of(product.text()), request.complete());
    }
  }

  /// Checks a request.
  ///
  /// @throws MalformedException if a parameter is not permitted
  static ExportParameters of(ExportRequest request) {
    BundleKind kind = request.kind();
    if (kind == BundleKind.ADVISORIES) {
      requireNoCrates(request);
    }
    ExportParameters parameters =
        new ExportParameters(
            Path.of(request.into().text()),
            Path.of(request.keys().text()),
            Optional.ofNullable(request.passphrase()),
            Optional.ofNullable(kind).map(BundleInfos::kind),
            new DeltaBases(
                request.since() == null ? 0 : atLeastZero(request.since()),
                request.receipts().stream().map(Receipt::parse).toList()),
            kind == BundleKind.REVOCATION
                ? SnapshotOrder.denials()
                : new SnapshotOrder(wishes(request), request.exact()),
            request.allowMissing(),
            request.single(),
            request.audience().isEmpty() ? List.of("*") : request.audience(),
            times(request),
            number(request.partMib(), "--part-mib", 1 << 20, ExportOptions.PART_SIZE / MIB) * MIB,
            Contents.of(request));
    return parameters.checked();
  }

  private static void requireNoCrates(ExportRequest request) {
    int crates = request.crates().size();
    int lockfiles = request.lockfiles().size();
    if (crates > 0 || lockfiles > 0 || request.exact()) {
      throw new MalformedException(
          "cannot export advisories: expected no crates and lockfiles, found %d and %d%s; omit them, since the bundle has the feeds alone, or export --kind delta"
              .formatted(crates, lockfiles, request.exact() ? " with --exact" : ""));
    }
  }

  /// Refuses bases of a bundle that is not a delta.
  private ExportParameters checked() {
    boolean advisories = isOf(SnapshotKind.ADVISORIES);
    if ((!contents.isEmpty() && (advisories || onlyDenies()))
        || (contents.complete() && !advisories)) {
      throw new MalformedException(
          "cannot export: expected --with and --product with a full bundle or a delta, and --complete with advisories");
    }
    boolean based = (bases.since() != 0 && !advisories) || !bases.receipts().isEmpty();
    if (based && kind.filter(each -> each != SnapshotKind.DELTA).isPresent()) {
      throw new MalformedException(
          "cannot export: expected --kind delta with --since and --for, found --kind %s; omit one of them"
              .formatted(kind.get().code()));
    }
    return this;
  }

  /// Returns whether a revocation is exported.
  boolean onlyDenies() {
    return isOf(SnapshotKind.REVOCATION);
  }

  /// Returns whether a kind was named.
  boolean isOf(SnapshotKind named) {
    return kind.filter(each -> each == named).isPresent();
  }

  private static ExportOptions.Times times(ExportRequest request) {
    ExportOptions.Times usual = ExportOptions.Times.DEFAULT;
    Duration expires = days(request.expiresDays(), "--expires-days", usual.expires());
    Duration soonest = usual.next().compareTo(expires) < 0 ? usual.next() : expires;
    Duration next = days(request.nextDays(), "--next-days", soonest);
    if (next.compareTo(expires) > 0) {
      // Between both times a network could not import any bundle.
      throw new MalformedException(
          "cannot export: expected --next-days of at most %d (--expires-days), found %d"
              .formatted(expires.toDays(), next.toDays()));
    }
    return new ExportOptions.Times(
        expires, next, days(request.darkDays(), "--offline-days", usual.dark()));
  }

  private static Duration days(@Nullable Integer days, String option, Duration usual) {
    return Duration.ofDays(number(days, option, YEAR, usual.toDays()));
  }

  private static long number(@Nullable Integer value, String option, long most, long usual) {
    if (value == null) {
      return usual;
    }
    if (value < 1 || value > most) {
      throw new MalformedException(
          "cannot export: expected 1 to %d as %s, found %d".formatted(most, option, value));
    }
    return value;
  }

  private static long atLeastZero(long since) {
    if (since < 0) {
      throw new MalformedException("cannot export: expected 0 or more as --since, found " + since);
    }
    return since;
  }

  private static List<Wish> wishes(ExportRequest request) {
    List<Wish> wishes = new ArrayList<>();
    for (String text : request.lockfiles()) {
      for (LockedPackage locked : Lockfile.parse(Bytes.utf8(text)).throughGate()) {
        wishes.add(new Wish(CrateName.parse(locked.name()), locked.version(), locked.checksum()));
      }
    }
    for (CrateSpec spec : request.crates()) {
      if (spec.req() != null) {
        throw new MalformedException(
            "cannot export '%s': expected a crate or an exact version, found a requirement"
                .formatted(spec));
      }
      wishes.add(new Wish(spec.name(), spec.version(), null));
    }
    return wishes;
  }

  /// Omits the secret.
  @Override
  public String toString() {
    return "export into " + into;
  }
}
