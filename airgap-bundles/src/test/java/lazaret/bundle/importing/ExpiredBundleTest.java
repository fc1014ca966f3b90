package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.bundle.importing.ImportOutcome.Planned;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An expired bundle, which is refused unless two persons consent to the import of this bundle.
class ExpiredBundleTest {
  private static final Instant LATE = Formats.NOW.plus(Duration.ofDays(40));

  @TempDir Path folder;
  private Path bundle = Path.of("");
  private NetworkFixture inside;

  @BeforeEach
  void networks() throws IOException {
    var outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    outside.snapshot(crate("alpha", "1.0.0"));
    ExportOptions order = outside.order(SnapshotKind.FULL);
    var month =
        new ExportOptions.Times(Duration.ofDays(30), Duration.ofDays(20), Duration.ofDays(1));
    bundle =
        outside.bundle(
            new ExportOptions(
                order.stream(),
                order.audience(),
                order.epoch(),
                order.version(),
                order.kind(),
                order.bases(),
                order.snapshot(),
                order.result(),
                order.previous(),
                order.issued(),
                month,
                order.policyDigest(),
                order.partSize()));
    open(LATE);
  }

  private void open(Instant now) throws IOException {
    inside =
        NetworkFixture.open(
            folder.resolve("data"),
            TestExports.root(Duration.ofDays(900)),
            Clock.fixed(now, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Sha256 digest() {
    Planned looked =
        (Planned) inside.run(ImportOptions.of(bundle, "ann").dry().despiteExpiry("a look"));
    return looked.plan().bundle();
  }

  private ImportOptions by(String person) {
    return ImportOptions.of(bundle, person).approved(digest()).despiteExpiry("the boat was late");
  }

  private List<String> said() {
    return inside.desk.events(0, 100).stream()
        .filter(e -> e.event() instanceof Notice n && n.kind() == Notice.Kind.EXPIRY_WAIVED)
        .map(e -> ((Notice) e.event()).by())
        .toList();
  }

  @Test
  void staysOutsideWhateverOnePersonSays() {
    assertRefused(
        BundleCode.METADATA_EXPIRED,
        "ask for a new export, or let two persons accept this one",
        () -> inside.run(bundle));
    assertThat(said()).isEmpty();
    for (String same : List.of("ann", "local:ann", "Ann")) {
      assertRefused(
          BundleCode.METADATA_EXPIRED,
          "a second person must give the same command within 7 days",
          () -> inside.run(by(same)));
    }
    assertThat(said()).containsExactly("ann");
    assertThat(inside.store.snapshots().head()).isZero();
    assertThat(new StoredTrust(inside.store).read(Roles.TIMESTAMP)).isEmpty();
  }

  @Test
  void comesInWhereTwoPersonsNameIt() {
    ImportOptions ann = by("ann");
    assertRefused(BundleCode.METADATA_EXPIRED, "second person", () -> inside.run(ann));

    // Stores out there hold this value under this name.
    assertThat(inside.store.meta("bundle.waivers").map(Bytes::text))
        .hasValueSatisfying(v -> assertThat(v).matches("[0-9a-f]{64} \\S+Z ann\n"));
    assertThat(inside.run(by("ben"))).isInstanceOf(Imported.class);

    assertThat(said()).containsExactly("ann", "ben");
    assertThat(inside.store.snapshots().head()).isEqualTo(1);
    assertThat(inside.desk.events(0, 100))
        .anyMatch(
            e -> e.event() instanceof Notice n && n.detail().endsWith(", despite its expiry"));
    assertThat(inside.run(ann)).isInstanceOf(ImportOutcome.AlreadyImported.class);
  }

  @Test
  void aWordIsForOneBundleAndForAWeek() throws IOException {
    assertThatThrownBy(() -> inside.run(ImportOptions.of(bundle, "ann").despiteExpiry("late")))
        .hasMessageContaining("name the one bundle that is meant");
    assertRefused(
        BundleCode.APPROVAL_MISMATCH,
        "was approved",
        () ->
            inside.run(
                ImportOptions.of(bundle, "ann")
                    .approved(Sha256.parse("0".repeat(64)))
                    .despiteExpiry("late")));
    assertThat(said()).isEmpty();
    assertRefused(BundleCode.METADATA_EXPIRED, "second person", () -> inside.run(by("ann")));
    inside.close();
    open(LATE.plus(ExpiryWaivers.COUNTS));

    assertRefused(BundleCode.METADATA_EXPIRED, "second person", () -> inside.run(by("ben")));
    assertThat(inside.run(by("ann"))).isInstanceOf(Imported.class);
  }

  /// The export time is read before it is verified; changing it gives an attacker no advantage.
  @Test
  @Attack(21)
  void everythingElseIsCheckedAsEver() throws IOException {
    Path timestamp = bundle.resolve("metadata/timestamp.json");
    String good = Files.readString(timestamp);
    Files.writeString(timestamp, good.replaceFirst("\"expires\":\"20", "\"expires\":\"21"));
    assertThatThrownBy(() -> inside.run(by("ann"))).hasMessageContaining("timestamp");
    Files.writeString(timestamp, good);

    inside.run(ImportOptions.of(bundle, "ann").dry().despiteExpiry("a look"));
    ImportOptions order = by("ann");
    try (var targets = Files.list(bundle.resolve("targets"))) {
      Path statement =
          targets.filter(f -> f.toString().endsWith(".bundle.json")).findFirst().orElseThrow();
      Files.writeString(
          statement,
          Files.readString(statement).replaceFirst("\"issued\":\"20..", "\"issued\":\"2001"));
    }
    assertThatThrownBy(() -> inside.run(order)).hasMessageContaining("cannot");
    assertThat(said()).isEmpty();
  }
}
