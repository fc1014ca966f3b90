package lazaret.bundle.tuf;

import static lazaret.bundle.tuf.TestRepository.NOW;
import static lazaret.bundle.tuf.TestRepository.ed25519;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TestRepository.MemoryStore;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The delegations of a targets role, their paths, and the order of search.
class DelegationTest {
  private static final Instant EXPIRES = NOW.plus(Duration.ofDays(30));

  private final TestRepository repository = TestRepository.published();
  private final MemoryStore store = new MemoryStore();

  private TufClient client() throws IOException {
    store.kept.put(Roles.ROOT, repository.files.getOrDefault("1.root.json", Bytes.EMPTY));
    return TufClient.refreshed(store, repository, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Metadata.Delegation to(String role, boolean terminating, String... patterns) {
    return new Metadata.Delegation(
        role,
        new RoleKeys(List.of(ed25519(role).publicKey().id()), 1),
        terminating,
        new TargetPaths.Patterns(List.of(patterns)));
  }

  private static Metadata.Targets role(List<Metadata.Delegation> delegations, String... paths) {
    Map<String, Metadata.TargetFile> targets = new HashMap<>();
    for (String path : paths) {
      targets.put(path, TestRepository.targetFile(path));
    }
    Map<String, TufKey> keys = new HashMap<>();
    for (Metadata.Delegation delegation : delegations) {
      TufKey key = ed25519(delegation.name()).publicKey();
      keys.put(key.id(), key);
    }
    return new Metadata.Targets(
        1, EXPIRES, targets, Optional.of(new Metadata.Delegations(keys, delegations)));
  }

  private void publish(String role, Metadata.Targets metadata) {
    repository.delegated.put(role, metadata);
    repository.signers.put(role, new ArrayList<>(List.of(ed25519(role))));
  }

  private void publishTargets(Metadata.Delegation... delegations) {
    repository.targets = role(List.of(delegations), "top");
    repository.publishNext();
  }

  @Test
  void asksDelegatedRolesDepthFirstInTheirOrder() throws IOException {
    publish("a", role(List.of(to("c", false, "*"), to("d", false, "*"))));
    publish("b", role(List.of()));
    publish("c", role(List.of()));
    publish("d", role(List.of()));
    publishTargets(to("a", false, "*"), to("b", false, "*"));
    TufClient client = client();
    repository.asked.clear();

    assertThat(client.find("missing")).isEmpty();

    assertThat(repository.asked).containsExactly("1.a.json", "1.c.json", "1.d.json", "1.b.json");
  }

  @Test
  @Attack(27)
  void asksNobodyBehindATerminatingDelegation() throws IOException {
    publish("a", role(List.of()));
    publish("b", role(List.of(), "x"));
    publishTargets(to("a", true, "*"), to("b", false, "*"));

    assertThat(client().find("x")).isEmpty();
  }

  @Test
  @Attack(27)
  void endsWhereDelegationsGoInACircle() throws IOException {
    publish("a", role(List.of(to("b", false, "*"))));
    publish("b", role(List.of(to("a", false, "*"))));
    publishTargets(to("a", false, "*"));

    assertThat(client().find("x")).isEmpty();
  }

  @Test
  void verifiesARoleAnewForEachDelegator() throws IOException {
    Metadata.Delegation other =
        new Metadata.Delegation(
            "shared",
            new RoleKeys(List.of(ed25519("another").publicKey().id()), 1),
            false,
            new TargetPaths.Patterns(List.of("b/*")));
    TufKey another = ed25519("another").publicKey();
    publish("shared", role(List.of(), "a/x", "b/x"));
    publish("a", role(List.of(to("shared", false, "a/*"))));
    publish(
        "b",
        new Metadata.Targets(
            1,
            EXPIRES,
            Map.of(),
            Optional.of(new Metadata.Delegations(Map.of(another.id(), another), List.of(other)))));
    publishTargets(to("a", false, "a/*"), to("b", false, "b/*"));
    TufClient client = client();

    assertThat(client.find("a/x")).isPresent();
    assertThatThrownBy(() -> client.find("b/x"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "cannot trust the shared metadata version 1: 0 of its keys signed it, 1 are needed");
  }

  @Test
  void doesNotUseARoleThatTheSnapshotDoesNotName() throws IOException {
    publishTargets(to("a", false, "*"));
    TufClient client = client();

    assertThatThrownBy(() -> client.find("x"))
        .hasMessage("cannot use the metadata of 'a': the snapshot does not name it");
  }

  @Test
  void refusesDelegationsThatBearTheNameOfATopLevelRole() {
    publishTargets(to("snapshot", false, "*"));

    assertThatThrownBy(this::client)
        .hasMessageContaining("the role 'snapshot' cannot be delegated");
  }

  @Test
  void checksWhatIsSaidToBeTheTarget() throws IOException {
    publish("a", role(List.of(), "dir/x"));
    publishTargets(to("a", false, "*/*"));

    Target target = client().find("dir/x").orElseThrow();

    assertThat(target.paths()).singleElement().asString().matches("dir/[0-9a-f]{64}\\.x");
    target.check(Bytes.utf8("dir/x"));
    assertThatThrownBy(() -> target.check(Bytes.utf8("dir/y")))
        .hasMessageMatching("cannot use target 'dir/x': expected sha256 \\w+, found \\w+");
    assertThatThrownBy(() -> target.check(Bytes.utf8("longer")))
        .hasMessage("cannot use target 'dir/x': expected 5 bytes, found 6");
  }

  @ParameterizedTest
  @CsvSource({
    "*, targetfile, true",
    "*, a/b, false",
    "*.md, README.md, true",
    "*.md, README.MD, false",
    "foo-?.tgz, foo-1.tgz, true",
    "foo-?.tgz, foo-alpha.tgz, false",
    "releases/*/*, releases/x/y, true",
    "releases/*/*, releases/x, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZd, false",
  })
  void matchesPatternsAsAShellDoes(String pattern, String path, boolean matches) {
    assertThat(new TargetPaths.Patterns(List.of(pattern)).contains(path)).isEqualTo(matches);
  }

  @Test
  void sharesTargetsAmongBinsByTheirDigests() {
    JsonValue form =
        JsonTreeReader.read(
            Bytes.utf8(
                "{\"bit_length\":3,\"keyids\":[\"k\"],\"name_prefix\":\"bin\",\"threshold\":1}"),
            "a test");
    List<Metadata.Delegation> bins = HashBins.of(JsonFields.of(form, "a test"));

    assertThat(bins).extracting(Metadata.Delegation::name).startsWith("bin-0").endsWith("bin-7");
    for (int i = 0; i < 50; i++) {
      String path = "target-" + i;
      assertThat(bins.stream().filter(bin -> bin.paths().contains(path))).hasSize(1);
    }
  }
}
