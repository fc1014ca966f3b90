package lazaret.bundle.signing;

import static lazaret.bundle.keys.KeyFileTest.refused;
import static lazaret.bundle.signing.Machines.CLOCK;
import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootCeremony;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.InMemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bundle that is exported without signatures of officers, and signed on several machines.
class SigningTest {
  @TempDir Path folder;

  private final Machines machines = new Machines();
  private Path root = Path.of("");
  private Path bundle = Path.of("");

  @BeforeEach
  void start() throws IOException {
    machines.begin(folder);
    root = machines.rooted();
    bundle = machines.exported();
  }

  private BundleInspection inside(Path bundle) throws IOException {
    var trust = new StoredTrust(new InMemoryStore());
    Bytes first = Bytes.of(Files.readAllBytes(root));
    trust.init(first, StoredTrust.fingerprint(first), NOW, "ann");
    return BundleInspection.of(BundleFiles.in(bundle), trust, CLOCK);
  }

  private BundleCode refusedInside() {
    return code(() -> inside(bundle));
  }

  private static BundleCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    BundleException refusal = catchThrowableOfType(BundleException.class, work);
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  @Test
  void officersSignOneAfterAnotherAndTheHostSealsIt() throws IOException {
    assertThat(refusedInside()).isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
    assertThat(machines.sign(bundle, "ann")).containsExactly("ann");
    assertThat(refusedInside()).isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
    // The online keys sign only after enough officers have signed.
    assertThat(machines.sign(bundle, "host")).isEmpty();
    assertThat(machines.sign(bundle, "cem")).containsExactly("cem");
    assertThat(refusedInside()).isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
    assertThat(machines.open(bundle, "host").due()).containsExactly("host");

    assertThat(machines.sign(bundle, "host")).containsExactly("host");

    BundleInspection accepted = inside(bundle);
    assertThat(accepted.statement().stream().name()).isEqualTo("prod");
    assertThat(machines.open(bundle, "ann").fingerprint())
        .isEqualTo(Fingerprint.of(accepted.digest()));
    assertThat(BundleVerifier.check(accepted, _ -> {}).versions()).isEqualTo(3);
    assertThat(machines.open(bundle, "ben").isComplete()).isTrue();
  }

  @Test
  void theMetadataAndTheStatementAreEnoughForAnOfficer() throws IOException {
    Path light = folder.resolve("light");
    Machines.copy(bundle.resolve("metadata"), light.resolve("metadata"));
    Files.createDirectories(light.resolve("targets"));
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".bundle.json")).toList()) {
        Files.copy(file, light.resolve("targets").resolve(file.getFileName()));
      }
    }
    machines.sign(light, "ann");
    machines.sign(light, "ben");
    assertThat(((BundleSigningSession) machines.open(light, "ann")).check()).isEqualTo(1);

    Bytes signed = Bytes.of(Files.readAllBytes(light.resolve("metadata/1.targets.json")));
    SigningTask host = machines.open(bundle, "host");
    assertThat(host.take(signed)).containsExactly("ann", "ben");
    assertThat(host.sign()).containsExactly("host");

    assertThat(inside(bundle).trust().targets().version()).isEqualTo(1);
    assertThat(((BundleSigningSession) machines.open(bundle, "ann")).check()).isEqualTo(7);
  }

  @Test
  void signingAgainChangesNoByte() throws IOException {
    machines.sign(bundle, "ann");
    Map<String, Bytes> once = metadata();
    machines.sign(bundle, "ann");
    machines.sign(bundle, "host");
    assertThat(metadata()).isEqualTo(once);

    machines.sign(bundle, "ben");
    machines.sign(bundle, "host");
    Map<String, Bytes> whole = metadata();
    // A late signature would change a bundle that may have been imported.
    assertThat(machines.open(bundle, "cem").due()).isEmpty();
    assertThat(machines.sign(bundle, "cem")).isEmpty();
    assertThat(machines.sign(bundle, "host")).isEmpty();
    assertThat(metadata()).isEqualTo(whole);
  }

  private Map<String, Bytes> metadata() throws IOException {
    Map<String, Bytes> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(bundle.resolve("metadata"))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Bytes.of(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  /// After an interruption between any two files, signing again has the same result.
  @Test
  void goesOnWhereItWasCutOff() throws IOException {
    machines.sign(bundle, "ann");
    Map<String, Bytes> before = metadata();
    machines.sign(bundle, "ben");
    machines.sign(bundle, "host");
    Map<String, Bytes> after = metadata();
    for (String old : new String[] {"timestamp.json", "1.snapshot.json"}) {
      restore(after);
      restore(Map.of(old, before.getOrDefault(old, Bytes.EMPTY)));
      if (old.equals("1.snapshot.json")) {
        restore(Map.of("timestamp.json", before.getOrDefault("timestamp.json", Bytes.EMPTY)));
      }
      assertThat(machines.open(bundle, "host").isComplete()).isFalse();
      machines.sign(bundle, "host");
      assertThat(inside(bundle).trust().targets().version()).isEqualTo(1);
    }
  }

  private void restore(Map<String, Bytes> files) throws IOException {
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      Files.write(bundle.resolve("metadata").resolve(file.getKey()), file.getValue().array());
    }
  }

  @Test
  void snapshotAndTimestampMayBeSignedOnDifferentMachines() throws IOException {
    Machines two = new Machines();
    two.begin(folder.resolve("two"));
    two.make("hall");
    RootCeremony ceremony = two.ceremony();
    Map<String, RootPlan.Duty> roles = new TreeMap<>(ceremony.roles());
    roles.put(Roles.TIMESTAMP, new RootPlan.Duty(Set.of("hall"), 1));
    List<CeremonyInput> inputs = new ArrayList<>(ceremony.inputs());
    inputs.add(two.input("hall"));
    root =
        new RootCeremony(Machines.STREAM, RootCeremony.LIFETIME, inputs, roles, List.of())
            .propose(NOW)
            .write(two.stick)
            .root();
    for (String name : List.of("ann", "ben", "host")) {
      two.sign(root, name);
    }
    bundle = two.exported();
    two.sign(bundle, "ann");
    two.sign(bundle, "ben");
    assertThat(two.sign(bundle, "host")).containsExactly("host");
    assertThat(two.sign(bundle, "hall")).containsExactly("hall");

    assertThat(inside(bundle).trust().root().version()).isEqualTo(1);
  }

  @Test
  void whoHasNoRoleCannotSign() {
    machines.make("eve");

    assertThat(refused(() -> machines.open(bundle, "eve")))
        .hasMessageContaining("has a role in root version 1");
  }

  @Test
  void aBundleOfAnotherRootIsNotSigned() throws IOException {
    Path keys = machines.machine("ann").resolve("roots/1.root.json");
    Machines others = new Machines();
    others.begin(folder.resolve("others"));
    others.rooted();
    Files.copy(
        others.machine("ann").resolve("roots/1.root.json"),
        keys,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(code(() -> machines.open(bundle, "ann")))
        .isEqualTo(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  void aStatementThatIsNotTheOneOfTheTargetsIsNotSigned() throws IOException {
    Path statement = target(".bundle.json");
    byte[] bytes = Files.readAllBytes(statement);
    bytes[bytes.length / 2] ^= 1;
    Files.write(statement, bytes);

    assertThat(code(() -> machines.open(bundle, "ann"))).isEqualTo(BundleCode.TARGET_DAMAGED);
    Files.delete(statement);
    assertThat(code(() -> machines.open(bundle, "ann"))).isEqualTo(BundleCode.MEDIUM_READ_FAILED);
  }

  private Path target(String end) throws IOException {
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      return files.filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  @Test
  void aFileThatIsNotWhatWouldBeSignedIsFound() throws IOException {
    Path part = target(".part-0001.tar");
    byte[] bytes = Files.readAllBytes(part);
    bytes[600] ^= 1;
    Files.write(part, bytes);
    BundleSigningSession signing = (BundleSigningSession) machines.open(bundle, "ann");

    assertThat(code(signing::check)).isEqualTo(BundleCode.TARGET_DAMAGED);
  }

  @Test
  void aFileThatNothingNamesIsFound() throws IOException {
    Files.writeString(bundle.resolve("targets/more"), "x");
    BundleSigningSession signing = (BundleSigningSession) machines.open(bundle, "ann");

    assertThat(code(signing::check)).isEqualTo(BundleCode.UNEXPECTED_FILE);
  }

  @Test
  void namesThatLeadElsewhereAreNotSigned() throws IOException {
    Path targets = bundle.resolve("metadata/1.targets.json");
    Files.writeString(
        targets, Files.readString(targets).replace("\"blobs.tsv\"", "\"../../blobs.tsv\""));

    assertThat(code(() -> machines.open(bundle, "ann"))).isEqualTo(BundleCode.METADATA_MALFORMED);
  }

  @Test
  void aBundleThatIsOneFileIsSignedAsAFolder() throws IOException {
    Path single = SingleFileBundle.pack(bundle);

    assertThat(catchThrowableOfType(BundleException.class, () -> machines.open(single, "ann")))
        .hasMessageContaining("sign the folder of a bundle");
  }

  @Test
  void whatExpiredIsNotSigned() {
    Clock later = Clock.offset(CLOCK, Duration.ofDays(91));

    assertThat(code(() -> SigningTask.open(bundle, machines.keys("ann"), later)))
        .isEqualTo(BundleCode.METADATA_EXPIRED);
  }

  @Test
  void metadataThatDoesNotFitTogetherIsNotSigned() throws IOException {
    Path snapshot = bundle.resolve("metadata/1.snapshot.json");
    String text = Files.readString(snapshot);
    Files.writeString(snapshot, text.replace("\"version\":1}},\"spec", "\"version\":2}},\"spec"));

    assertThat(code(() -> machines.open(bundle, "ann")))
        .isEqualTo(BundleCode.METADATA_VERSION_MISMATCH);
    Files.delete(snapshot);
    assertThat(code(() -> machines.open(bundle, "ann"))).isEqualTo(BundleCode.METADATA_MISSING);
  }
}
