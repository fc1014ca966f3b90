package lazaret.bundle.service;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.StoredTrust;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.snapshot.SnapshotInfo;

/// One line that states the newest snapshot of a network, for the exporting site. It is not signed:
/// a wrong receipt results in a bundle that does not apply, which the import reports.
///
/// @param stream the UUID of the stream
/// @param sequence the sequence of the newest snapshot
/// @param stateRoot the state root of that snapshot
/// @param bundle the SHA-256 of the statement of its bundle
/// @param at the time of the import
record Receipt(String stream, long sequence, Sha256 stateRoot, Sha256 bundle, Instant at) {
  private static final Pattern FORM =
      Pattern.compile(
          "lazaret-receipt/1 stream ([0-9a-f-]{36}) sequence ([0-9]{1,18})"
              + " state-root ([0-9a-f]{64}) bundle ([0-9a-f]{64}) at (\\S{1,40})");

  /// Returns the receipt of a network, or empty if it has no snapshot.
  static Optional<Receipt> of(SnapshotService desk) {
    Optional<String> stream =
        new StoredTrust(desk.store())
            .root()
            .map(root -> RootPolicy.of(root).stream().uuid().toString());
    return stream.flatMap(uuid -> desk.all().stream().reduce((_, b) -> b).map(s -> of(uuid, s)));
  }

  private static Receipt of(String stream, SnapshotInfo newest) {
    return new Receipt(stream, newest.sequence(), newest.stateRoot(), newest.bundle(), newest.at());
  }

  /// Parses a receipt.
  ///
  /// @throws MalformedException if the line has another form
  static Receipt parse(String line) {
    Matcher form = FORM.matcher(line.strip());
    if (!form.matches()) {
      throw malformed(line);
    }
    try {
      return new Receipt(
          form.group(1),
          Long.parseLong(form.group(2)),
          Sha256.parse(form.group(3)),
          Sha256.parse(form.group(4)),
          Instant.parse(form.group(5)));
    } catch (DateTimeParseException e) {
      throw malformed(line);
    }
  }

  private static MalformedException malformed(String line) {
    return new MalformedException(
        "cannot export for the receipt '%s': expected what 'bundle import --receipt FILE' writes"
            .formatted(Excerpt.of(line)));
  }

  /// Returns the receipt as one line without a line break.
  String line() {
    return "lazaret-receipt/1 stream %s sequence %d state-root %s bundle %s at %s"
        .formatted(stream, sequence, stateRoot, bundle, at);
  }
}
