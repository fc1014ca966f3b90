package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lazaret.mirror.config.ConfigException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileWatchTest {
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private final InMemoryStore store = new InMemoryStore();
  private final CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
  private @TempDir Path folder;
  private Path file;
  private PolicyFileWatch watch;

  @BeforeEach
  void writeAPolicy() throws IOException {
    file = folder.resolve("policy.toml");
    Files.writeString(file, "cooldown = \"1d\"\n");
    watch = new PolicyFileWatch(file, Policy.DEFAULT, rules, store, clock);
  }

  @Test
  void takesUpAChangedFile() throws IOException {
    watch.begin();
    assertThat(rules.current().policy().cooldown()).isEqualTo(Duration.ofDays(1));

    Files.writeString(file, "cooldown = \"2d\"\n");
    watch.look();

    assertThat(rules.current().policy().cooldown()).isEqualTo(Duration.ofDays(2));
    assertThat(notices()).singleElement().asString().startsWith("in force: ");
  }

  @Test
  void keepsThePolicyBeforeWhileTheFileIsWrongAndSaysSoOnce() throws IOException {
    watch.begin();
    Files.writeString(file, "cooldwon = \"2d\"\n");
    watch.look();
    watch.look();

    assertThat(rules.current().policy().cooldown()).isEqualTo(Duration.ofDays(1));
    assertThat(notices())
        .singleElement()
        .asString()
        .startsWith("not in force, the policy before stays: ")
        .endsWith("policy.toml:1:1: unknown key 'cooldwon'; did you mean 'cooldown'?");
  }

  @Test
  void keepsThePolicyBeforeWhenTheFileNamesAnotherOne() throws IOException {
    Files.writeString(folder.resolve("deny.toml"), "[advisories]\nyanked = \"deny\"\n");
    watch.begin();

    Files.writeString(file, "[deny-toml]\nfile = \"deny.toml\"\n");
    watch.look();

    assertThat(rules.current().policy().advisories().yanked()).isEqualTo(PolicyLevel.ALLOW);
    assertThat(rules.origin().refused())
        .isEqualTo(
            file
                + ":1:1: expected the settings of the policy, found the table [deny-toml]; run"
                + " 'vetting-cli policy from-deny deny.toml > policy.toml'");
  }

  @Test
  void remembersWhereThePolicyCameFrom() throws IOException {
    watch.begin();

    assertThat(rules.origin().file()).isEqualTo(file.toString());
    assertThat(rules.origin().digest()).isEqualTo(Sha256.of(Bytes.of(Files.readAllBytes(file))));
    assertThat(rules.origin().since()).isEqualTo(clock.instant());
    assertThat(rules.origin().refused()).isNull();
  }

  @Test
  void recordsAPolicyLaterIfTheStoreDoesNotAnswer() throws IOException {
    AtomicBoolean away = new AtomicBoolean();
    watch = new PolicyFileWatch(file, Policy.DEFAULT, rules, failing(away), clock);
    watch.begin();
    away.set(true);
    Files.writeString(file, "cooldown = \"2d\"\n");

    watch.lookAgain();

    assertThat(rules.current().policy().cooldown()).isEqualTo(Duration.ofDays(2));
    assertThat(notices()).isEmpty();

    away.set(false);
    watch.lookAgain();
    watch.lookAgain();

    assertThat(notices()).singleElement().asString().startsWith("in force: ");
  }

  /// Returns the store, which takes no batch while a test says so.
  private Store failing(AtomicBoolean away) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (away.get() && method.getName().equals("commit")) {
                throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "cannot commit: the database is away", null);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void keepsThePolicyBeforeWhenTheFileGoes() throws IOException {
    watch.begin();
    Files.delete(file);
    watch.look();

    assertThat(rules.current().policy().cooldown()).isEqualTo(Duration.ofDays(1));
    assertThat(notices()).singleElement().asString().contains("there is none");
  }

  @Test
  void doesNotStartWithAWrongFile() throws IOException {
    Files.writeString(file, "[advisories]\nhigh = 7\n");

    assertThatThrownBy(watch::begin)
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            "policy.toml:2:1: 'advisories.high' must be allow, warn, review or deny");
  }

  private List<String> notices() {
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      return entries.map(e -> ((Notice) e.event()).detail()).toList();
    }
  }
}
