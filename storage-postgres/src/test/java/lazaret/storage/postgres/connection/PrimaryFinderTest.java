package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import lazaret.storage.postgres.connection.PrimaryFinder.Identity;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for servers, without a server.
class PrimaryFinderTest {
  private static final ServerStatus SINGLE = new ServerStatus(false, 7, 2, "on", false, false);

  @Test
  void usesAPrimaryOfTheSameClusterThatDidNotGoBack() {
    assertThat(PrimaryFinder.reason(SINGLE, null, false)).isNull();
    assertThat(PrimaryFinder.reason(SINGLE, new Identity(7, 2), false)).isNull();
    assertThat(PrimaryFinder.reason(SINGLE, new Identity(7, 1), false)).isNull();
    assertThat(PrimaryFinder.reason(SINGLE, new Identity(7, 3), false))
        .isEqualTo("expected timeline 3 or later, found 2: it was the primary before a promotion");
    assertThat(PrimaryFinder.reason(SINGLE, new Identity(8, 2), false))
        .isEqualTo("expected system identifier 8, found 7: it is another database cluster");
    assertThat(PrimaryFinder.reason(new ServerStatus(true, 7, 0, "on", false, false), null, true))
        .isEqualTo("it is a standby");
  }

  @Test
  void demandsCommitsThatWaitForTheStandby() {
    var alone = new ServerStatus(false, 7, 2, "on", true, false);
    assertThat(PrimaryFinder.reason(alone, null, false))
        .startsWith("it has a standby and its commits do not wait for it;");
    assertThat(PrimaryFinder.reason(alone, null, true)).isNull();
    assertThat(
            PrimaryFinder.reason(
                new ServerStatus(false, 7, 2, "remote_apply", true, true), null, false))
        .isNull();
    for (String weak : List.of("off", "local", "remote_write")) {
      assertThat(PrimaryFinder.reason(new ServerStatus(false, 7, 2, weak, true, true), null, true))
          .isEqualTo(
              "expected synchronous_commit 'on' or 'remote_apply', found '%s'".formatted(weak));
    }
  }

  /// A server that is stopped by a signal still accepts connections.
  @Test
  void doesNotWaitLongForAServerThatIsSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
      var address = new PostgresAddress("127.0.0.1", silent.getLocalPort());
      var settings =
          new PostgresSettings(
              List.of(address),
              "lazaret",
              "lazaret",
              null,
              PostgresSettings.Tls.OFF,
              null,
              1,
              false);
      long begun = System.nanoTime();

      assertThatThrownBy(() -> PostgresConnections.open(settings))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("expected a primary, found '" + address + "': ");

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void readsAddresses() {
    assertThat(PostgresAddress.parse("db1.example")).hasToString("db1.example:5432");
    assertThat(PostgresAddress.parse("[2001:db8::1]:6432"))
        .isEqualTo(new PostgresAddress("[2001:db8::1]", 6432));
    assertThat(PostgresAddress.parse("127.0.0.1:1").isLoopback()).isTrue();
    assertThat(PostgresAddress.parse("localhost").isLoopback()).isTrue();
    assertThat(PostgresAddress.parse("127.example.org").isLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":5432", "db:0", "db:65536", "db:x", "db/x", "a b", "db?x=1", "::1"})
  void refusesOtherAddresses(String text) {
    assertThatThrownBy(() -> PostgresAddress.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the address of a database '");
  }

  @Test
  void refusesAConnectionWithoutTlsToAnotherMachine() {
    assertThatThrownBy(
            () ->
                new PostgresSettings(
                    List.of(PostgresAddress.parse("db1")),
                    "lazaret",
                    "lazaret",
                    null,
                    PostgresSettings.Tls.OFF,
                    null,
                    8,
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot connect to 'db1:5432' without TLS: expected a server on this machine");
  }
}
