package lazaret.cli.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootCeremony;
import lazaret.bundle.trust.SiteTrust;
import lazaret.cli.command.CliSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a proposed root, the first one or the next: the signers of the roles and the
/// lifetime.
final class RootOptions {
  @Option(names = "--root", paramLabel = "N:NAMES", description = "Officers who sign roots.")
  @Nullable String root;

  @Option(
      names = "--targets",
      paramLabel = "N:NAMES",
      description = "Officers who sign the content of bundles.")
  @Nullable String targets;

  @Option(
      names = "--release",
      paramLabel = "N:NAMES",
      description = "Officers who sign snapshot and timestamp: the export host.")
  @Nullable String release;

  @Option(
      names = "--attendee",
      paramLabel = "TEXT",
      description = "Person who attends, for the transcript. May be given several times.")
  List<String> attendees = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "Days until the root expires. Default: 1095.")
  @Nullable Long days;

  @Option(names = "--site", paramLabel = "FILE", description = "Keys and hosts of other content.")
  @Nullable Path site;

  /// Returns the content of the file of `--site`.
  Optional<SiteTrust> site(CliSession session) {
    return Optional.ofNullable(site).map(f -> CeremonyInput.site(session.around().path(f)));
  }

  /// Returns whether a code is about typed names and numbers, because no bundle is involved.
  static boolean isTyped(BundleCode code) {
    return code == BundleCode.METADATA_MALFORMED || code == BundleCode.THRESHOLD_INVALID;
  }

  /// Returns the lifetime of the root.
  Duration lifetime() {
    return RootText.lifetime(days, RootCeremony.LIFETIME);
  }
}
