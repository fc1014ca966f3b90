package lazaret.bundle.keys;

import static lazaret.bundle.keys.KeyFileTest.PASSPHRASE;
import static lazaret.bundle.keys.KeyFileTest.cheap;
import static lazaret.bundle.keys.KeyFileTest.refused;
import static lazaret.bundle.keys.KeyFileTest.typed;
import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  private final KeyFile ann = cheap("ann");
  private final KeyFile host = cheap("host");
  private final KeyFile decisions = cheap(KeyFile.DECISIONS);

  private KeyFolder open() {
    return KeyFolder.open(folder, typed(PASSPHRASE), CLOCK);
  }

  private Bytes root(long version, KeyFile officer, KeyFile decisions) {
    Map<String, PublicPair> officers = new HashMap<>();
    officers.put(officer.name(), officer.publicPair());
    officers.put("host", host.publicPair());
    var offline = new RootPlan.Duty(Set.of(officer.name()), 1);
    var online = new RootPlan.Duty(Set.of("host"), 1);
    var plan =
        new RootPlan(
            new RootPolicy.Stream("prod", UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2")),
            1,
            NOW.plus(Duration.ofDays(1_000)),
            officers,
            Map.of(
                Roles.ROOT, offline,
                Roles.TARGETS, offline,
                Roles.SNAPSHOT, online,
                Roles.TIMESTAMP, online),
            List.of(decisions.publicKeys().getFirst()));
    List<SigningKey> signers = ann.open(typed(PASSPHRASE));
    return MetadataWriter.file(MetadataWriter.signed(plan.root(version)), signers);
  }

  private void putRoot(long version, Bytes root) throws IOException {
    Path roots = Files.createDirectories(folder.resolve("roots"));
    Files.write(roots.resolve(version + ".root.json"), root.array());
  }

  @Test
  void givesTheKeysOfEachRoleWhoseOfficersAreHere() throws IOException {
    host.write(folder);
    decisions.write(folder);
    Bytes root = root(1, ann, decisions);
    putRoot(1, root);

    KeyFolder keys = open();

    assertThat(keys.roots()).containsExactly(root);
    assertThat(keys.policy().stream().name()).isEqualTo("prod");
    assertThat(keys.keysFor(Roles.TARGETS)).isEmpty();
    assertThat(keys.keysFor(Roles.SNAPSHOT))
        .extracting(SigningKey::publicKey)
        .containsExactlyElementsOf(host.publicKeys());
    assertThat(keys.decisions().publicKey()).isEqualTo(decisions.publicKeys().getFirst());
    assertThat(keys.namesFor(keys.root(), Roles.TIMESTAMP)).containsExactly("host");
  }

  @Test
  void asksForAPassphraseOnlyWhereAKeyIsUsedAndThenOnce() throws IOException {
    host.write(folder);
    ann.write(folder);
    putRoot(1, root(1, ann, decisions));
    Map<String, Integer> asked = new HashMap<>();
    KeyFolder keys =
        KeyFolder.open(
            folder,
            name -> {
              asked.merge(name, 1, Integer::sum);
              return PASSPHRASE.toCharArray();
            },
            CLOCK);
    assertThat(asked).isEmpty();

    keys.keysFor(Roles.SNAPSHOT);
    keys.keysFor(Roles.TIMESTAMP);

    assertThat(asked).containsExactly(Map.entry("host", 1));
  }

  @Test
  void otherKeysUnderTheNameOfAnOfficerDoNotCount() throws IOException {
    cheap("ann").write(folder);
    putRoot(1, root(1, ann, decisions));

    assertThat(open().keysFor(Roles.TARGETS)).isEmpty();
  }

  @Test
  void withoutARootNothingCanBeSaidOfRoles() {
    ann.write(folder);
    KeyFolder keys = open();

    assertThat(keys.roots()).isEmpty();
    assertThat(refused(keys::policy)).hasMessageContaining("there is no root");
    assertThat(refused(() -> keys.keysFor(Roles.ROOT))).hasMessageContaining("keys ceremony");
  }

  @Test
  void theKeyOfDecisionsMustBeTheOneOfTheRoot() throws IOException {
    putRoot(1, root(1, ann, decisions));
    assertThat(refused(() -> open().decisions())).hasMessageContaining("keys create decisions");

    cheap(KeyFile.DECISIONS).write(folder);

    assertThat(refused(() -> open().decisions()))
        .hasMessageContaining("root version 1 does not name the key");
  }

  @Test
  void rootsMustFollowOneAnother() throws IOException {
    putRoot(1, root(1, ann, decisions));
    putRoot(3, root(3, ann, decisions));
    assertCode(BundleCode.ROOT_VERSION_GAP);

    Files.delete(folder.resolve("roots/3.root.json"));
    // Signed by ann only, not by the officer that the root names.
    putRoot(2, root(2, cheap("eve"), decisions));
    assertCode(BundleCode.SIGNATURE_THRESHOLD);

    Files.delete(folder.resolve("roots/2.root.json"));
    putRoot(2, root(2, ann, decisions));
    assertThat(open().root().version()).isEqualTo(2);
  }

  private void assertCode(BundleCode code) {
    BundleException refusal = catchThrowableOfType(BundleException.class, this::open);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(code);
  }

  @Test
  void aKeyFileUnderAnotherNameIsRefused() throws IOException {
    Files.write(folder.resolve("ben.key.json"), ann.file().array());

    assertThat(refused(this::open)).hasMessageContaining("it belongs to 'ann'");
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    Path none = folder.resolve("none");

    assertThat(refused(() -> KeyFolder.open(none, typed(PASSPHRASE), CLOCK)))
        .hasMessageContaining("the folder is missing or not readable");
  }
}
