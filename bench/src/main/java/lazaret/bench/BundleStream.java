package lazaret.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lazaret.bundle.exporting.BundleSigners;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.keys.SigningPair;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;

/// The measured stream: one operator with one pair of keys, equal in every process.
final class BundleStream {
  private static final SigningKey DECISIONS = SigningKey.ed25519(seed("decisions"));
  private static final UUID STREAM = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");

  private final SigningPair operator = operator();
  private final Instant now;

  /// @param now time at which the first root was made, truncated to the second
  BundleStream(Instant now) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  private static byte[] seed(String name) {
    return Sha256.of(Bytes.utf8(name)).bytes();
  }

  private static SigningPair operator() {
    SigningKey ed25519 = SigningKey.ed25519(seed("one"));
    SigningKey mlDsa = SigningKey.mlDsa(seed("two"));
    return new SigningPair(
        new PublicPair("me", ed25519.publicKey(), mlDsa.publicKey()), ed25519, mlDsa);
  }

  /// Returns the file of the root.
  Bytes root() {
    var duty = new RootPlan.Duty(Set.of("me"), 1);
    var plan =
        new RootPlan(
            new RootPolicy.Stream("bench", STREAM),
            1,
            now.plus(Duration.ofDays(900)),
            Map.of("me", operator.publicPair()),
            Map.of(
                Roles.ROOT, duty, Roles.TARGETS, duty, Roles.SNAPSHOT, duty, Roles.TIMESTAMP, duty),
            List.of(DECISIONS.publicKey()));
    return MetadataWriter.file(MetadataWriter.signed(plan.root(1)), operator.keys());
  }

  BundleSigners signers() {
    return new BundleSigners(List.of(root()), DECISIONS, operator.keys(), operator.keys());
  }

  /// Returns the options for exporting a snapshot.
  ///
  /// @param base base snapshot of a delta; null for a full bundle
  ExportOptions order(SnapshotInfo snapshot, @org.jspecify.annotations.Nullable SnapshotInfo base) {
    return new ExportOptions(
        new BundleStatement.Stream(STREAM.toString(), "bench"),
        List.of("*"),
        1,
        snapshot.sequence(),
        base == null ? SnapshotKind.FULL : SnapshotKind.DELTA,
        base == null
            ? List.of()
            : List.of(new BundleStatement.State(base.sequence(), base.stateRoot())),
        snapshot.sequence(),
        new BundleStatement.Result(
            snapshot.stateRoot(), snapshot.crates(), snapshot.versions(), snapshot.bytes()),
        Optional.empty(),
        now,
        ExportOptions.Times.DEFAULT,
        Sha256.of(Bytes.utf8("policy")),
        ExportOptions.PART_SIZE);
  }
}
