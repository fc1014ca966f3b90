package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.StoredTrust;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Excerpt;
import lazaret.vetting.gate.store.Store;

/// The high-water mark of imports, in a file next to the data folder. A store restored from a
/// backup is behind the mark; without it, the store would accept old bundles as new.
///
/// @param stream the UUID of the stream
/// @param epoch the epoch of the online keys
/// @param sequence the sequence of the newest snapshot
/// @param root the version of the newest root
/// @param clock the newest signed time that was accepted
public record HighWaterMark(String stream, long epoch, long sequence, long root, Instant clock) {
  private static final int MOST = 1024;
  private static final Pattern FORM =
      Pattern.compile(
          "lazaret-highwater/1 stream ([0-9a-f-]{36}) epoch ([0-9]{1,18})"
              + " sequence ([0-9]{1,18}) root ([0-9]{1,18}) clock (\\S{1,40})\n");

  /// Returns the path of the file for a data folder: `DATA-DIR.highwater`.
  public static Path beside(Path data) {
    Path folder = data.toAbsolutePath().normalize();
    return folder.resolveSibling(folder.getFileName() + DataFolderFiles.HIGH_WATER);
  }

  /// Reads the file, or returns empty if it does not exist.
  ///
  /// @throws BundleException `trust-unusable` if it cannot be read
  public static Optional<HighWaterMark> read(Path file) {
    try {
      if (Files.size(file) > MOST) {
        throw unusable(file, "it is too long", null);
      }
      return Optional.of(parse(file, Files.readString(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, PrivateFiles.describe(e), e);
    }
  }

  private static HighWaterMark parse(Path file, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw unusable(file, "found '" + Excerpt.of(text) + "'", null);
    }
    try {
      return new HighWaterMark(
          form.group(1),
          Long.parseLong(form.group(2)),
          Long.parseLong(form.group(3)),
          Long.parseLong(form.group(4)),
          Instant.parse(form.group(5)));
    } catch (DateTimeParseException e) {
      throw unusable(file, "found '" + Excerpt.of(text) + "'", e);
    }
  }

  private static BundleException unusable(
      Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BundleException(
        BundleCode.TRUST_UNUSABLE,
        ("cannot read '%s': %s; restore the file, or write into it the line that the last import"
                + " printed")
            .formatted(file, why),
        cause);
  }

  /// Returns the mark that corresponds to a store, or empty if no root is trusted.
  public static Optional<HighWaterMark> of(Store store) {
    StoredTrust trust = new StoredTrust(store);
    return trust
        .root()
        .map(
            root -> {
              RootPolicy policy = RootPolicy.of(root);
              return new HighWaterMark(
                  policy.stream().uuid().toString(),
                  policy.epoch(),
                  new SnapshotChain(store.snapshots().all()).base(),
                  root.version(),
                  trust.clockFloor());
            });
  }

  /// Returns whether another mark refuses all that this one refuses: it is of the same stream, and
  /// not behind.
  public boolean isCovered(HighWaterMark other) {
    return behind(other).isEmpty();
  }

  /// Writes the file atomically.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    PrivateFiles.write(file, line() + "\n");
  }

  /// Returns the line that is printed and stored.
  public String line() {
    return "lazaret-highwater/1 stream %s epoch %d sequence %d root %d clock %s"
        .formatted(stream, epoch, sequence, root, clock);
  }

  /// Returns the differences by which a store is behind this mark, each as a clause; empty for
  /// none.
  ///
  /// @param store the mark that corresponds to the store
  List<String> behind(HighWaterMark store) {
    List<String> lags = new java.util.ArrayList<>();
    if (!store.stream.equals(stream)) {
      lags.add(
          "the store follows the stream %s, its high-water mark %s"
              .formatted(store.stream, stream));
    }
    if (store.sequence < sequence) {
      lags.add(
          "the store is at snapshot %d, its high-water mark at %d"
              .formatted(store.sequence, sequence));
    }
    if (store.root < root || store.epoch < epoch) {
      lags.add(
          "the store trusts root version %d, its high-water mark names %d"
              .formatted(store.root, root));
    }
    if (store.clock.isBefore(clock)) {
      lags.add(
          "the newest bundle in the store was made at %s, its high-water mark names %s"
              .formatted(store.clock, clock));
    }
    return lags;
  }
}
