package lazaret.bundle.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.snapshots.SnapshotOrder;
import lazaret.vetting.desk.snapshots.SnapshotOrder.Wish;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.snapshot.SnapshotKind;

/// The parsed request of the verb `export`.
///
/// @param into an existing folder on the server
/// @param keys the folder of keys
/// @param passphrase the passphrase of the keys; empty if they need none
/// @param kind the kind of bundle; empty for a delta if there is an earlier snapshot, and a full
///   bundle otherwise
/// @param bases the requested bases of a delta
/// @param snapshot the requested content
/// @param allowMissing whether to continue if a version is withheld or does not resolve
/// @param single whether to make a single file
/// @param audience the networks that may import the bundle
/// @param times the validity periods of the bundle
/// @param partSize the largest length of a part, see [ExportOptions]
record ExportOrder(
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
    long partSize) {
  private static final long MIB = 1 << 20;
  private static final int YEAR = 366;

  /// Reads the request.
  ///
  /// @throws MalformedException if a field is missing, unknown or wrong
  static ExportOrder of(Wanted wanted) {
    var order =
        new ExportOrder(
            wanted.path("into"),
            wanted.path("keys"),
            wanted.text("passphrase").map(Secret::new),
            wanted.text("kind").map(ExportOrder::kind),
            new DeltaBases(
                wanted.number("since", 0, Long.MAX_VALUE, 0),
                wanted.texts("receipts").stream().map(Receipt::parse).toList()),
            snapshot(wanted),
            wanted.flag("allow_missing"),
            wanted.flag("single"),
            wanted.texts("audience").isEmpty() ? List.of("*") : wanted.texts("audience"),
            times(wanted),
            wanted.number("part_mib", 1, 1L << 20, ExportOptions.PART_SIZE / MIB) * MIB);
    wanted.done();
    return order.checked();
  }

  /// Refuses bases for a kind of bundle without bases.
  ///
  /// @throws MalformedException for a full bundle or a revocation with a base snapshot or receipts
  private ExportOrder checked() {
    boolean based = bases.since() != 0 || !bases.receipts().isEmpty();
    if (based && kind.filter(k -> k != SnapshotKind.DELTA).isPresent()) {
      throw new MalformedException(
          "cannot export: --since and --for are for a delta, and --kind is %s; remove one of them"
              .formatted(kind.get().word()));
    }
    return this;
  }

  /// Returns whether a revocation is requested.
  boolean onlyDenies() {
    return kind.filter(k -> k == SnapshotKind.REVOCATION).isPresent();
  }

  private static ExportOptions.Times times(Wanted wanted) {
    ExportOptions.Times usual = ExportOptions.Times.DEFAULT;
    Duration expires = days(wanted, "expires_days", usual.expires());
    Duration soonest = usual.next().compareTo(expires) < 0 ? usual.next() : expires;
    Duration next = days(wanted, "next_days", soonest);
    if (next.compareTo(expires) > 0) {
      // Otherwise there would be a period in which no bundle can be imported.
      throw wanted.malformed(
          "the next bundle is promised in %d days (--next-days), and this one can be imported for %d (--expires-days) only; promise it sooner, or let this one last longer"
              .formatted(next.toDays(), expires.toDays()));
    }
    return new ExportOptions.Times(expires, next, days(wanted, "dark_days", usual.dark()));
  }

  private static Duration days(Wanted wanted, String name, Duration usual) {
    return Duration.ofDays(wanted.number(name, 1, YEAR, usual.toDays()));
  }

  /// Returns the requested content. A revocation always has the scope of its stream, regardless of
  /// the named crates.
  private static SnapshotOrder snapshot(Wanted wanted) {
    var order = new SnapshotOrder(wishes(wanted), wanted.flag("exact"));
    return wanted
            .text("kind")
            .map(ExportOrder::kind)
            .filter(SnapshotKind.REVOCATION::equals)
            .isPresent()
        ? SnapshotOrder.denials()
        : order;
  }

  private static SnapshotKind kind(String word) {
    return Stream.of(SnapshotKind.values())
        .filter(k -> k.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedException(
                    "cannot export: --kind is '%s', expected full, delta or revocation"
                        .formatted(Excerpt.of(word))));
  }

  private static List<Wish> wishes(Wanted wanted) {
    List<Wish> wishes = new ArrayList<>();
    for (String text : wanted.texts("lockfiles")) {
      for (LockedPackage locked : Lockfile.parse(Bytes.utf8(text)).fromCratesIo()) {
        wishes.add(new Wish(CrateName.parse(locked.name()), locked.version(), locked.checksum()));
      }
    }
    for (String word : wanted.texts("crates")) {
      CrateSpec spec = CrateSpec.parse(word);
      if (spec.req() != null) {
        throw new MalformedException(
            "cannot export '%s': name a version in full, or the crate alone for all its vetted versions"
                .formatted(spec));
      }
      wishes.add(new Wish(spec.name(), spec.version(), null));
    }
    return wishes;
  }

  /// Returns a text without the passphrase, for logs.
  @Override
  public String toString() {
    return "export into " + into;
  }
}
