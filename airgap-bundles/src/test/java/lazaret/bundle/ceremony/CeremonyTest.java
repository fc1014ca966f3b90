package lazaret.bundle.ceremony;

import static lazaret.bundle.keys.KeyFileTest.PASSPHRASE;
import static lazaret.bundle.keys.KeyFileTest.cheap;
import static lazaret.bundle.keys.KeyFileTest.refused;
import static lazaret.bundle.keys.KeyFileTest.typed;
import static lazaret.bundle.signing.Machines.CLOCK;
import static lazaret.bundle.signing.Machines.STREAM;
import static lazaret.bundle.signing.Machines.roles;
import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFileTest;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.signing.Machines;
import lazaret.bundle.signing.SigningTask;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeremonyTest {
  @TempDir Path folder;

  private Machines machines() {
    Machines machines = new Machines();
    machines.begin(folder);
    return machines;
  }

  private static BundleCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    BundleException refusal = catchThrowableOfType(BundleException.class, work);
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  @Test
  void twoOfThreeOfficersMakeARootOneAfterAnother() throws IOException {
    Machines machines = machines();
    Path root = machines.ceremony().propose(NOW).write(machines.stick).root();

    assertThat(machines.open(root, "ann").tallies().getFirst().words())
        .isEqualTo("0 signed, 2 needed; open: ann, ben, cem");
    assertThat(machines.sign(root, "ann")).containsExactly("ann");
    Bytes half = Bytes.of(Files.readAllBytes(root));
    assertThat(code(() -> RootChain.of(List.of(half), NOW)))
        .isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
    assertThat(machines.keys("ann").roots()).isEmpty();
    assertThat(machines.sign(root, "ben")).containsExactly("ben");

    Bytes whole = Bytes.of(Files.readAllBytes(root));
    assertThat(machines.keys("ben").roots()).containsExactly(whole);
    // No signature is missing, and the root is complete now.
    assertThat(machines.sign(root, "ann")).isEmpty();
    assertThat(machines.keys("ann").roots()).containsExactly(whole);
    assertThat(machines.sign(root, "host")).isEmpty();
    assertThat(machines.keys("host").policy().stream()).isEqualTo(STREAM);
    var trust = new StoredTrust(new InMemoryStore());
    Fingerprint onPaper = machines.ceremony().propose(NOW).fingerprint();
    assertThat(trust.init(whole, onPaper, NOW, "ann").minPairs(Roles.TARGETS)).isEqualTo(2);
  }

  @Test
  void signingAgainChangesNoByte() throws IOException {
    Machines machines = machines();
    Path root = machines.ceremony().propose(NOW).write(machines.stick).root();
    machines.sign(root, "ann");
    byte[] once = Files.readAllBytes(root);

    assertThat(machines.open(root, "ann").due()).isEmpty();
    assertThat(machines.sign(root, "ann")).isEmpty();

    assertThat(Files.readAllBytes(root)).isEqualTo(once);
  }

  @Test
  void copiesThatWereSignedSideBySideAreBroughtTogether() throws IOException {
    Machines machines = machines();
    Path root = machines.ceremony().propose(NOW).write(machines.stick).root();
    Path copy = Files.copy(root, folder.resolve("copy.json"));
    machines.sign(root, "ann");
    machines.sign(copy, "ben");

    SigningTask signing = machines.open(root, "ann");
    assertThat(signing.take(Bytes.of(Files.readAllBytes(copy)))).containsExactly("ben");
    assertThat(signing.sign()).isEmpty();

    assertThat(machines.open(root, "cem").isComplete()).isTrue();
    assertThat(machines.keys("ann").roots()).hasSize(1);
  }

  @Test
  void aCopyOfAnotherRootIsNotTaken() throws IOException {
    Machines machines = machines();
    Path root = machines.ceremony().propose(NOW).write(machines.stick).root();
    Bytes other = machines.ceremony().propose(NOW.plusSeconds(1)).root().raw();

    assertThat(code(() -> machines.open(root, "ann").take(other)))
        .isEqualTo(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  void whoHasNoDutyCannotSign() throws IOException {
    Machines machines = machines();
    Path root = machines.ceremony().propose(NOW).write(machines.stick).root();
    machines.make("eve");

    assertThat(refused(() -> machines.open(root, "eve")))
        .hasMessageContaining("officers of the role root are ann, ben, cem");
    // The host has another role, and the root is not complete yet.
    refused(() -> machines.open(root, "host"));
  }

  @Test
  void whatIsNoRootIsNotSigned() throws IOException {
    Machines machines = machines();
    Path file = Files.writeString(folder.resolve("x.json"), "{}");
    assertThat(code(() -> machines.open(file, "ann"))).isEqualTo(BundleCode.METADATA_MALFORMED);

    String text = machines.ceremony().propose(NOW).root().raw().text();
    Files.writeString(file, text.replace("\"minPairs\":{\"root\":2", "\"minPairs\":{\"root\":0"));
    assertThat(code(() -> machines.open(file, "ann"))).isEqualTo(BundleCode.METADATA_MALFORMED);
    Files.writeString(
        file, text.replace("\"consistent_snapshot\":true", "\"consistent_snapshot\":false"));
    assertThat(code(() -> machines.open(file, "ann"))).isEqualTo(BundleCode.METADATA_MALFORMED);
    assertThat(code(() -> machines.open(folder.resolve("none"), "ann")))
        .isEqualTo(BundleCode.METADATA_MISSING);
  }

  @Test
  void plansThatMakeNoRootAreRefused() throws IOException {
    Machines machines = machines();
    RootCeremony good = machines.ceremony();
    List<CeremonyInput> without = new ArrayList<>(good.inputs());
    without.removeLast();
    assertThat(propose(good, without).getMessage()).contains("no key signs decisions");
    List<CeremonyInput> twice = new ArrayList<>(good.inputs());
    twice.add(machines.input("ann"));
    assertThat(propose(good, twice).getMessage()).contains("two files have the name 'ann'");
    machines.make("dan");
    List<CeremonyInput> more = new ArrayList<>(good.inputs());
    more.add(machines.input("dan"));
    assertThat(propose(good, more).getMessage()).contains("'dan' has no role");
    List<CeremonyInput> fewer = new ArrayList<>(good.inputs());
    fewer.removeFirst();
    assertThat(propose(good, fewer).getMessage()).contains("no public keys of 'ann'");
    String renamed =
        new String(
            Files.readAllBytes(machines.machine("ben").resolve("ben.pub.json")),
            StandardCharsets.UTF_8);
    fewer.add(
        CeremonyInput.parse(
            Bytes.utf8(renamed.replace("\"name\":\"ben\"", "\"name\":\"ann\"")), "ann.pub.json"));
    assertThat(propose(good, fewer).getMessage()).contains("'ann' and 'ben' have the same key");
  }

  private static BundleException propose(RootCeremony good, List<CeremonyInput> inputs) {
    var ceremony =
        new RootCeremony(STREAM, RootCeremony.LIFETIME, inputs, good.roles(), good.attendees());
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> ceremony.propose(NOW));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void theTranscriptTellsWhatWentInAndWhatCameOut() throws IOException {
    Machines machines = machines();
    RootProposal proposal = machines.ceremony().propose(NOW);

    assertThat(proposal.transcript())
        .startsWith("KEY CEREMONY\n")
        .contains(
            "Ann Example\n    signature: ___",
            machines.input("ann").digest() + "  ann.pub.json\n",
            machines.decisions().digest() + "  decisions.pub.json\n",
            machines.input("cem").officer().orElseThrow().fingerprint().groups(),
            "targets       2 of ann, ben, cem\n",
            "fingerprint   " + proposal.fingerprint().groups());
    assertThat(proposal.transcript().lines()).allMatch(line -> line.length() <= 100);
    assertThat(proposal.transcript()).matches("[\\n -~]*");
  }

  @Test
  void oneOperatorGetsEverythingInOneStep() {
    Path keys = folder.resolve("keys");
    SiteTrust site = new SiteTrust(List.of(), List.of(), List.of(), List.of("git.example.org"));
    var alone = new RootCeremony.Alone("me", "prod", RootCeremony.LIFETIME, site);
    RootCeremony.Single made = RootCeremony.single(keys, alone, PASSPHRASE.toCharArray(), CLOCK);

    KeyFolder opened = KeyFolder.open(keys, typed(PASSPHRASE), CLOCK);
    assertThat(opened.policy().stream().name()).isEqualTo("prod");
    assertThat(SiteTrust.of(opened.root())).isEqualTo(site);
    for (String role : RootPolicy.ROLES) {
      assertThat(opened.keysFor(role)).hasSize(2);
    }
    assertThat(opened.decisions().publicKey()).isEqualTo(opened.policy().decisionKeys().getFirst());
    assertThat(made.written().root()).isEqualTo(keys.resolve("roots/1.root.json"));
    assertThat(StoredTrust.fingerprint(opened.roots().getFirst()))
        .isEqualTo(made.proposal().fingerprint());
    assertThat(keys.resolve("1.root.transcript.txt")).exists();
    assertThat(refused(() -> RootCeremony.single(keys, alone, PASSPHRASE.toCharArray(), CLOCK)))
        .hasMessageContaining("'keys rotate' makes the next one");
  }

  @Test
  void anOperatorWhoWasCutOffGoesOnWithTheKeysThatAreThere() throws IOException {
    Path keys = folder.resolve("keys");
    KeyFile made = cheap("me");
    made.write(keys);
    Files.writeString(keys.resolve("1.root.transcript.txt"), "half");
    var alone = new RootCeremony.Alone("me", "prod", RootCeremony.LIFETIME);

    assertThat(
            refused(
                () -> RootCeremony.single(keys, alone, "another passphrase".toCharArray(), CLOCK)))
        .hasMessageContaining("the passphrase is wrong");
    Files.delete(keys.resolve("decisions.key.json"));
    Files.delete(keys.resolve("decisions.pub.json"));
    RootCeremony.single(keys, alone, PASSPHRASE.toCharArray(), CLOCK);

    assertThat(KeyFolder.open(keys, typed(PASSPHRASE), CLOCK).keysFor(Roles.ROOT))
        .extracting(key -> key.publicKey())
        .containsExactlyElementsOf(made.publicKeys());
  }

  @Test
  void nobodyIsCalledDecisions() {
    var alone = new RootCeremony.Alone("decisions", "prod", RootCeremony.LIFETIME);

    assertThat(code(() -> RootCeremony.single(folder, alone, PASSPHRASE.toCharArray(), CLOCK)))
        .isEqualTo(BundleCode.KEY_MALFORMED);
  }

  @Test
  void aRehearsalGoesTheWholeWay() throws IOException {
    var rehearsal =
        new CeremonyRehearsal(
            STREAM, RootCeremony.LIFETIME, roles(2, "ann", "ben", "cem"), List.of("Ann Example"));
    CeremonyRehearsal.Done done = rehearsal.run(folder, KeyFileTest.CHEAP, CLOCK);

    assertThat(done.transcript()).startsWith("REHEARSAL").contains("THROWN AWAY");
    assertThat(done.steps())
        .contains(
            "'ben' signed; in all 2 signed (ann, ben), 2 needed",
            "the root was refused with one signature fewer, and accepted with all");
    assertThat(MetadataReader.root(done.root()).content().version()).isEqualTo(1);
  }

  @Test
  void aRehearsalLeavesNothing() throws IOException {
    var rehearsal =
        new CeremonyRehearsal(STREAM, RootCeremony.LIFETIME, roles(1, "ann"), List.of());

    rehearsal.runBelow(folder, CLOCK);

    assertThat(folder).isEmptyDirectory();
  }

  /// The commands of the transcript, run exactly as printed.
  @Test
  void theTranscriptChecksTheRootWithoutUs() throws IOException, InterruptedException {
    assumeTrue(
        run(folder, "openssl version | grep -Eq ' (3\\.([5-9]|[1-9][0-9])|[4-9])' && command -v jq")
            .startsWith("0"),
        "no OpenSSL from 3.5 on, or no jq");
    Machines machines = machines();
    RootProposal proposal = machines.ceremony().propose(NOW);
    Path root = proposal.write(machines.stick).root();
    machines.sign(root, "ann");
    machines.sign(root, "cem");
    String commands = proposal.transcript();
    commands = commands.substring(commands.indexOf("f=1.root.json"));

    String said = run(machines.stick, "set -e\n" + commands);

    assertThat(said).startsWith("0\n");
    assertThat(said.lines().filter(line -> line.endsWith(" Signature Verified Successfully")))
        .hasSize(4);
    for (String name : List.of("ann", "cem")) {
      machines
          .input(name)
          .officer()
          .orElseThrow()
          .keys()
          .forEach(key -> assertThat(said).contains(key.id() + " Signature Verified"));
    }
    assertThat(said)
        .contains(Sha256.of(proposal.root().canonical()).hex(), proposal.fingerprint().groups());
  }

  /// Returns the exit code and the output.
  private static String run(Path folder, String script) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return bash.waitFor() + "\n" + said;
  }
}
