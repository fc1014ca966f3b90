package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import lazaret.mirror.config.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private static HostNames names(String publicUrl) {
    return new HostNames(Endpoint.parse("0.0.0.0:7080"), URI.create(publicUrl), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://crates.example.org",
        "https://crates.example.org:443",
        "https://Crates.example.org"
      })
  void publicNameWithHttpsIsSecureWithAndWithoutItsPort(String publicUrl) {
    HostNames names = names(publicUrl);

    assertThat(names.isSecure("crates.example.org")).isTrue();
    assertThat(names.isSecure("crates.example.org:443")).isTrue();
    assertThat(names.isSecure("crates.example.org:7080")).isFalse();
    assertThat(names.isSecure("other.example.org")).isFalse();
  }

  @Test
  void loopbackNamesAreSecureAndOthersAreNotWithoutTls() {
    HostNames names = names("http://10.0.0.7:7080");

    for (String host : List.of("127.0.0.1:7080", "127.0.0.2", "LOCALHOST:80", "[::1]:7080")) {
      assertThat(names.isSecure(host)).as(host).isTrue();
    }
    for (String host :
        List.of("10.0.0.7:7080", "127.0.0.1.example.org", "localhost.example.org:7080", "[::2]")) {
      assertThat(names.isSecure(host)).as(host).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://gate.example, true",
    "https://gate.example:8443, true",
    "http://localhost:7080, true",
    "http://127.0.0.1:1, true",
    "http://gate.example, false",
    "http://localhost.gate.example, false",
    "http://192.0.2.1:7080, false",
  })
  void pagesNeedAnAddressThatBrowsersRegardAsSecure(String publicUrl, boolean there) {
    HostNames names = names(publicUrl);

    assertThat(names.pages().isPresent()).isEqualTo(there);
    assertThat(names.isSecure(URI.create(publicUrl).getAuthority()))
        .as("the pages accept forms there")
        .isEqualTo(there);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, http://127.0.0.1:7080",
    "::1, false, http://[::1]:7080",
    "127.0.0.2, true, https://127.0.0.2:7080",
    "192.0.2.1, true,",
  })
  void pagesAreAtALoopbackAddressWithoutAPublicUrl(
      String host, boolean tls, @Nullable String origin) {
    HostNames names = new HostNames(new Endpoint(host, 7080), null, tls);

    assertThat(names.pages().orElse(null)).isEqualTo(origin);
  }

  /// A page at the address of a command cannot be opened after it.
  @Test
  void aGateOfACommandHasItsAddressAndNoPages() {
    HostNames names = new HostNames(new Endpoint("127.0.0.1", 7080), null, false).withoutPages();

    assertThat(names.pages()).isEmpty();
    assertThat(names.origin()).isEqualTo("http://127.0.0.1:7080");
    assertThat(names.knows("localhost:7080")).isTrue();
    assertThat(names.knows("evil.example:7080")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7:7080, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.7, false",
    "10.0.0.7:80, 10.0.0.7, false",
    "10.0.0.8:7080, 10.0.0.7, false",
    "167772167:7080, 10.0.0.7, false",
    "[::ffff:10.0.0.7]:7080, 10.0.0.7, false",
    "evil.example:7080, 10.0.0.7, false",
    "[fd00::7]:7080, fd00::7, true",
    "[FD00:0:0:0:0:0:0:7]:7080, fd00::7, true",
    "[fd00::8]:7080, fd00::7, false",
    "[fd00::7]:80, fd00::7, false",
    "fd00::7]:7080, fd00::7, false",
    "[evil.example]:7080, fd00::7, false",
    "[]:7080, fd00::7, false",
  })
  void localIsTheNumericAddressOfThisEnd(String host, String local, boolean is) {
    InetSocketAddress end = new InetSocketAddress(InetAddress.ofLiteral(local), 7080);

    assertThat(HostNames.isLocal(host, end)).isEqualTo(is);
    assertThat(HostNames.isLocal(host, null)).isFalse();
    assertThat(HostNames.isLocal(null, end)).isFalse();
  }
}
