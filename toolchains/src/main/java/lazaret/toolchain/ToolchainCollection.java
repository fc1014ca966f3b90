package lazaret.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.toolchain.signature.PinnedKey;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;

/// The toolchains of a site in bundles. Received files pass the check of an admission, by the keys
/// that the trusted root accepts; without keys no toolchain is accepted. Channels that this gate
/// has from elsewhere keep their files. Thread-safe; blocks.
public final class ToolchainCollection implements BundledCollection {
  private static final int MAX_KEY = 64 << 10;

  private final ToolchainService toolchains;
  private final InstantSource clock;

  /// Creates the check.
  ///
  /// @param toolchains the toolchains of this gate
  public ToolchainCollection(ToolchainService toolchains, InstantSource clock) {
    this.toolchains = toolchains;
    this.clock = clock;
  }

  @Override
  public SiteFileCollection collection() {
    return SiteFileCollection.TOOLCHAINS;
  }

  @Override
  public List<DeskTable> tables() {
    return List.of();
  }

  @Override
  public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
    return List.of();
  }

  @Override
  public List<DeskRow> received(Received received) throws IOException {
    List<PinnedKey> keys = new ArrayList<>();
    for (SiteFileRow row : received.files()) {
      if (row.path().startsWith(ToolchainService.KEYS)) {
        PinnedKey key = PinnedKey.of(content(received.bytes(), row, MAX_KEY));
        if (!row.path().equals(ToolchainService.KEYS + key.fingerprint())) {
          throw refused(row, "it has the key " + key);
        }
        if (received.pins().toolchainKeys().contains(key.packetSha256())) {
          keys.add(key);
        }
      }
    }
    new ToolchainRowCheck(new PinnedKeys(keys), clock.instant())
        .check(received.files(), (row, most) -> content(received.bytes(), row, most));
    checkDates(received);
    return List.of();
  }

  /// Returns the paths that stay: those of the channels that neither this bundle nor an earlier one
  /// of its stream brought.
  @Override
  public Change change(Received received, List<DeskRow> rows) {
    checkDates(received);
    Set<String> stated =
        received.files().stream().map(SiteFileRow::path).collect(Collectors.toSet());
    return new Change(
        rows,
        List.of(),
        toolchains.needed(
            manifest -> !stated.contains(manifest.path()) && !isOf(received, manifest)));
  }

  private static boolean isOf(Received received, SiteFileRow row) {
    return row.origin().equals(SiteFileRow.BUNDLE + received.stream());
  }

  /// Refuses a channel that is older than the same channel from elsewhere. The order of the bundles
  /// of a stream decides on what they brought.
  private void checkDates(Received received) {
    for (SiteFileRow row : received.files()) {
      if (ToolchainChannel.isManifest(row)) {
        ToolchainChannel brought = ToolchainChannel.of(row);
        toolchains
            .find(brought.selection())
            .filter(here -> !isOf(received, here.row()))
            .filter(here -> here.date().isAfter(brought.date()))
            .ifPresent(
                here -> {
                  throw refused(
                      row,
                      "expected a date from %s on, which this gate has, found %s; remove the newer one here with 'toolchain remove %s'"
                          .formatted(here.date(), brought.date(), here.selection().channel()));
                });
      }
    }
  }

  private static Bytes content(SiteFileStore bytes, SiteFileRow row, int most) throws IOException {
    SiteFile file =
        bytes.find(row.sha256()).orElseThrow(() -> refused(row, "its bytes are missing"));
    if (file.length() > most) {
      throw refused(row, "expected at most %d bytes, found %d".formatted(most, file.length()));
    }
    try (InputStream in = file.open(0)) {
      return Bytes.of(in.readAllBytes());
    }
  }

  private static MalformedException refused(SiteFileRow row, String why) {
    return new MalformedException(
        "cannot accept the toolchain: '%s': %s".formatted(row.path(), why));
  }
}
