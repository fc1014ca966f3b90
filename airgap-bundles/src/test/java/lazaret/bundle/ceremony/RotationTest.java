package lazaret.bundle.ceremony;

import static lazaret.bundle.keys.KeyFileTest.refused;
import static lazaret.bundle.signing.Machines.CLOCK;
import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFileTest;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.signing.Machines;
import lazaret.bundle.signing.SignatureTally;
import lazaret.bundle.signing.SigningTask;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.InMemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
  @TempDir Path folder;

  private final Machines machines = new Machines();
  private Path root = Path.of("");

  @BeforeEach
  void start() {
    machines.begin(folder);
    root = machines.rooted();
  }

  private static RootRotation rotation(
      List<CeremonyInput> inputs, Map<String, String> replaced, Set<String> removed) {
    return new RootRotation(
        RootCeremony.LIFETIME,
        inputs,
        replaced,
        removed,
        Map.of(),
        Set.of(),
        List.of("Ann Example"));
  }

  private RootProposal propose(RootRotation rotation) {
    return rotation.propose(machines.keys("ann"), NOW);
  }

  private static BundleCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    BundleException refusal = catchThrowableOfType(BundleException.class, work);
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  /// Signs on the named machines, and lets all others adopt the root.
  private void signed(Path next, String... names) {
    for (String name : names) {
      machines.sign(next, name);
    }
    for (String name : List.of("ann", "ben", "cem", "host")) {
      try {
        machines.sign(next, name);
      } catch (BundleException _) {
        // An officer without a role cannot adopt the root.
      }
    }
  }

  @Test
  void anOfficerGoesAndAnotherComes() {
    machines.make("dan");
    RootProposal proposal =
        propose(rotation(List.of(machines.input("dan")), Map.of("ben", "dan"), Set.of()));
    Path next = proposal.write(machines.stick).root();

    assertThat(proposal.plan().duty(Roles.TARGETS).officers()).containsExactly("ann", "cem", "dan");
    assertThat(proposal.transcript())
        .contains("change        without the keys of ben: ")
        .contains("change        with keys of dan: ", "root          version 2, epoch 1");
    // dan needs the previous root.
    assertThat(refused(() -> machines.open(next, "dan")))
        .hasMessageContaining("copy the roots up to 1");
    machines.sign(next, "ann");
    assertThat(machines.open(next, "ann").isComplete()).isFalse();
    SigningTask ben = machines.open(next, "ben");
    ben.sign();
    // Two of the old officers have signed, but only one of the new ones.
    assertThat(ben.tallies()).extracting(SignatureTally::isEnough).containsExactly(true, false);
    signed(next, "cem");

    assertThat(machines.keys("host").roots()).hasSize(2);
    assertThat(machines.keys("host").policy().pairs())
        .containsOnlyKeys("ann", "cem", "dan", "host");
  }

  @Test
  void oldOfficersAloneOrNewOnesAloneDoNotMakeARoot() throws IOException {
    machines.make("dan");
    machines.make("eva");
    RootProposal proposal =
        propose(
            rotation(
                List.of(machines.input("dan"), machines.input("eva")),
                Map.of("ben", "dan", "cem", "eva"),
                Set.of()));
    Path next = proposal.write(machines.stick).root();
    for (String name : List.of("dan", "eva")) {
      Machines.copy(
          machines.machine("ann").resolve("roots"), machines.machine(name).resolve("roots"));
      machines.sign(next, name);
    }
    Bytes onlyNew = Bytes.of(Files.readAllBytes(next));
    assertThat(code(() -> machines.keys("ann").chain().followed(onlyNew, NOW)))
        .isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
    Path again = machines.stick.resolve("again.json");
    Files.write(again, proposal.root().raw().array());
    machines.sign(again, "ben");
    machines.sign(again, "cem");
    Bytes onlyOld = Bytes.of(Files.readAllBytes(again));
    assertThat(code(() -> machines.keys("ann").chain().followed(onlyOld, NOW)))
        .isEqualTo(BundleCode.SIGNATURE_THRESHOLD);

    SigningTask both = machines.open(next, "ann");
    assertThat(both.take(onlyOld)).containsExactly("ben", "cem");
    both.sign();
    assertThat(both.isComplete()).isTrue();
    assertThat(machines.keys("ann").roots()).hasSize(2);
  }

  /// A network that trusts only the first root accepts a bundle after four rotations with other
  /// officers, another host and another epoch.
  @Test
  void aNetworkThatWasDarkForYearsCatchesUp() throws IOException {
    machines.make("dan");
    signed(
        propose(rotation(List.of(machines.input("dan")), Map.of("ben", "dan"), Set.of()))
            .write(machines.stick)
            .root(),
        "ann",
        "cem");
    signed(
        propose(rotation(List.of(), Map.of(), Set.of())).write(machines.stick).root(),
        "ann",
        "cem");
    machines.make("hall");
    RootProposal proposal =
        propose(rotation(List.of(machines.input("hall")), Map.of("host", "hall"), Set.of()));
    assertThat(proposal.plan().epoch()).isEqualTo(2);
    assertThat(proposal.transcript()).contains("epoch 2: snapshot and timestamp have new keys");
    signed(proposal.write(machines.stick).root(), "ann", "cem");
    var alone =
        new RootRotation(
            Machines.years(9),
            List.of(),
            Map.of(),
            Set.of("dan"),
            Map.of(
                Roles.ROOT, new RootPlan.Duty(Set.of("ann", "cem"), 1),
                Roles.TARGETS, new RootPlan.Duty(Set.of("ann", "cem"), 1)),
            Set.of(),
            List.of());
    signed(propose(alone).write(machines.stick).root(), "ann", "cem");
    assertThat(machines.keys("ann").root().version()).isEqualTo(5);
    Machines.copy(
        machines.machine("ann").resolve("roots"), machines.machine("hall").resolve("roots"));
    Machines.copy(
        machines.machine("ann").resolve("roots"), machines.machine("host").resolve("roots"));
    Path bundle = machines.exported(2);
    machines.sign(bundle, "cem");
    machines.sign(bundle, "hall");

    var store = new InMemoryStore();
    var trust = new StoredTrust(store);
    Bytes first = Bytes.of(Files.readAllBytes(root));
    trust.init(first, StoredTrust.fingerprint(first), NOW, "ann");
    BundleInspection inside = BundleInspection.of(BundleFiles.in(bundle), trust, CLOCK);

    assertThat(inside.trust().root().version()).isEqualTo(5);
    assertThat(inside.trust().policy().epoch()).isEqualTo(2);
    assertThat(trust.root().orElseThrow().version()).isEqualTo(5);
  }

  /// A stream of one operator can get more officers without a new fingerprint on its networks.
  @Test
  void oneOperatorBecomesThreeOfficers() throws IOException {
    Path alone = folder.resolve("alone");
    char[] passphrase = KeyFileTest.PASSPHRASE.toCharArray();
    RootCeremony.single(
        alone, new RootCeremony.Alone("me", "prod", RootCeremony.LIFETIME), passphrase, CLOCK);
    KeyFolder keys = KeyFolder.open(alone, KeyFileTest.typed(KeyFileTest.PASSPHRASE), CLOCK);
    var more =
        new RootRotation(
            RootCeremony.LIFETIME,
            List.of(machines.input("ann"), machines.input("ben"), machines.input("cem")),
            Map.of(),
            Set.of(),
            Map.of(
                Roles.ROOT, new RootPlan.Duty(Set.of("ann", "ben", "cem"), 2),
                Roles.TARGETS, new RootPlan.Duty(Set.of("ann", "ben", "cem"), 2)),
            Set.of(),
            List.of());
    Path next = more.propose(keys, NOW).write(machines.stick).root();
    SigningTask mine = SigningTask.open(next, keys, CLOCK);
    assertThat(mine.sign()).containsExactly("me");
    assertThat(mine.isComplete()).isFalse();
    for (String name : List.of("ben", "cem")) {
      Files.delete(machines.machine(name).resolve("roots/1.root.json"));
      Files.copy(
          alone.resolve("roots/1.root.json"), machines.machine(name).resolve("roots/1.root.json"));
      machines.sign(next, name);
    }

    assertThat(SigningTask.open(next, keys, CLOCK).sign()).isEmpty();

    KeyFolder after = KeyFolder.open(alone, KeyFileTest.typed(KeyFileTest.PASSPHRASE), CLOCK);
    assertThat(after.root().version()).isEqualTo(2);
    assertThat(after.keysFor(Roles.TARGETS)).isEmpty();
    assertThat(after.keysFor(Roles.SNAPSHOT)).hasSize(2);
    assertThat(after.policy().epoch()).isEqualTo(1);
  }

  @Test
  void halfAChangeOfTheReleaseKeysIsNoEpoch() {
    machines.make("hall");
    var half =
        new RootRotation(
            RootCeremony.LIFETIME,
            List.of(machines.input("hall")),
            Map.of(),
            Set.of(),
            Map.of(Roles.TIMESTAMP, new RootPlan.Duty(Set.of("hall"), 1)),
            Set.of(),
            List.of());

    assertThat(code(() -> propose(half))).isEqualTo(BundleCode.BUNDLE_EPOCH_INVALID);
  }

  @Test
  void aLostOfficerIsLeftOut() {
    assertThat(code(() -> propose(rotation(List.of(), Map.of(), Set.of("ben", "cem")))))
        .isEqualTo(BundleCode.THRESHOLD_INVALID);
    RootProposal proposal = propose(rotation(List.of(), Map.of(), Set.of("ben")));
    signed(proposal.write(machines.stick).root(), "ann", "cem");

    assertThat(machines.keys("ann").policy().pairs()).doesNotContainKey("ben");
  }

  @Test
  void theKeyOfDecisionsIsChanged() throws IOException {
    Path fresh = folder.resolve("fresh");
    KeyFileTest.cheap(KeyFile.DECISIONS).write(fresh);
    CeremonyInput next = CeremonyInput.read(fresh.resolve("decisions.pub.json"));
    String old = machines.keys("host").policy().decisionKeys().getFirst().id();
    var change =
        new RootRotation(
            RootCeremony.LIFETIME,
            List.of(next),
            Map.of(),
            Set.of(),
            Map.of(),
            Set.of(old),
            List.of());
    signed(propose(change).write(machines.stick).root(), "ann", "cem");

    assertThat(machines.keys("host").policy().decisionKeys())
        .containsExactly(next.decisions().orElseThrow());
    assertThat(refused(() -> machines.keys("host").decisions()))
        .hasMessageContaining("root version 2 does not name the key");
    var none =
        new RootRotation(
            RootCeremony.LIFETIME, List.of(), Map.of(), Set.of(), Map.of(), Set.of(old), List.of());
    assertThat(code(() -> propose(none))).isEqualTo(BundleCode.KEY_MALFORMED);
  }

  @Test
  void namesThatAreNotThereAreSaid() {
    assertThat(code(() -> propose(rotation(List.of(), Map.of(), Set.of("zoe")))))
        .isEqualTo(BundleCode.KEY_MALFORMED);
    assertThat(code(() -> propose(rotation(List.of(), Map.of("ben", "dan"), Set.of()))))
        .isEqualTo(BundleCode.KEY_MALFORMED);
    machines.make("dan");
    assertThat(code(() -> propose(rotation(List.of(machines.input("dan")), Map.of(), Set.of()))))
        .isEqualTo(BundleCode.KEY_MALFORMED);
  }

  /// Two roots with the same version: a machine with one does not sign the other.
  @Test
  void aSecondRootOfTheSameNumberIsNotSigned() {
    Path other =
        propose(rotation(List.of(), Map.of(), Set.of("cem"))).write(folder.resolve("other")).root();
    signed(
        propose(rotation(List.of(), Map.of(), Set.of("ben"))).write(machines.stick).root(),
        "ann",
        "cem");

    assertThat(code(() -> machines.open(other, "ann")))
        .isEqualTo(BundleCode.METADATA_CONTENT_CHANGED);
  }
}
