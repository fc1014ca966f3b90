package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys that limits count by.
class ClientTest {
  private static Client client(String address) {
    return Client.of(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:203.0.113.7, 203.0.113.7, true",
    "::ffff:203.0.113.7, ::ffff:203.0.113.8, false",
    "::1, ::2, true"
  })
  void addressesOfOneMachineCountTogether(String one, String other, boolean same) {
    assertThat(client(one).key().equals(client(other).key())).isEqualTo(same);
  }

  @Test
  void tokenCountsByItself() {
    Client plain = client("203.0.113.7");

    assertThat(plain.withToken("ci").key())
        .isEqualTo(client("203.0.113.8").withToken("ci").key())
        .isNotEqualTo(plain.key())
        .isNotEqualTo(plain.withToken("203.0.113.7").key());
    assertThat(plain.withToken("203.0.113.7").key()).isNotEqualTo(plain.key());
    assertThat(plain.withToken("ci").sourceKey()).isEqualTo(plain.key());
  }

  @Test
  void personCountsByItself() {
    Client ann = client("203.0.113.7").withPerson("ann");

    assertThat(ann.key())
        .isEqualTo(client("203.0.113.8").withToken("ci").withPerson("ann").key())
        .isNotEqualTo(client("203.0.113.7").withToken("ann").key());
    assertThat(ann.sourceKey()).isEqualTo(client("203.0.113.7").key());
    assertThat(ann.isAuthenticated()).isTrue();
    assertThat(client("203.0.113.7").isAuthenticated()).isFalse();
  }

  @Test
  void askerHasTokenAndAddress() {
    assertThat(client("2001:db8::1").withToken("ci").requester().toString())
        .isEqualTo("ci@2001:db8:0:0:0:0:0:1");
    assertThat(client("203.0.113.7").requester().toString()).isEqualTo("-@203.0.113.7");
  }

  @Test
  void peersWithoutAnAddressAreLocal() {
    assertThat(Client.of(UnixDomainSocketAddress.of("/run/desk.sock")).key()).isEqualTo("local");
    assertThat(Client.of(InetSocketAddress.createUnresolved("h", 1)).address()).isEqualTo("local");
    assertThat(Client.of(new InetSocketAddress("127.0.0.2", 1)).address()).isEqualTo("127.0.0.2");
  }
}
