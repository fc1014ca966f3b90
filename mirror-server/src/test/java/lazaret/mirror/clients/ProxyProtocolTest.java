package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import lazaret.mirror.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proxies in front of the server, real ones and forged ones. 127.0.0.5 is trusted.
class ProxyProtocolTest {
  private static final String PROXY = "127.0.0.5";
  private static final String STRANGER = "127.0.0.6";
  private static final byte[] TLVS = {0x01, 0x00, 0x02, 'h', '2', 0x04, 0x00, 0x00};

  @TempDir Path folder;

  private TestServer server() {
    return new TestServer(
        folder.resolve("data"), Map.of("LAZARET_SERVER_TRUSTED_PROXIES", PROXY + ",10.0.0.0/8"));
  }

  private String logged(TestServer server) throws Exception {
    server.stop();
    String log = Files.readString(folder.resolve("data/access.log"));
    return log.lines()
        .filter(line -> line.contains("/health/live"))
        .map(line -> line.replaceAll(".*\"address\":\"([^\"]*)\".*", "$1"))
        .reduce((_, last) -> last)
        .orElse("nothing");
  }

  static byte[] header(int command, int family, String source, byte[] extensions) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] address = source.isEmpty() ? new byte[0] : InetAddress.ofLiteral(source).getAddress();
    int length = (source.isEmpty() ? 0 : 2 * address.length + 4) + extensions.length;
    out.write(command);
    out.write(family);
    out.write(length >> 8);
    out.write(length);
    out.writeBytes(address);
    if (!source.isEmpty()) {
      out.writeBytes(address);
      out.writeBytes(new byte[] {0x12, 0x34, 0x01, (byte) 0xbb});
    }
    out.writeBytes(extensions);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 17, 203.0.113.7",
    "2001:db8::7, 33, 2001:db8:0:0:0:0:0:7",
    "127.0.0.99, 17, 127.0.0.99"
  })
  void trustedProxyNamesItsClient(String source, int family, String logged) throws Exception {
    try (TestServer server = server();
        HonestClient client = new HonestClient(server.port(), PROXY)) {
      client.write(header(0x21, family, source, TLVS));

      assertThat(client.get("/health/live", "X-Forwarded-For: 198.51.100.1")).isEqualTo(200);
      assertThat(client.get("/health/live")).isEqualTo(200);
      assertThat(logged(server)).isEqualTo(logged);
    }
  }

  @Test
  void healthCheckOfAProxy() throws Exception {
    try (TestServer server = server();
        HonestClient local = new HonestClient(server.port(), PROXY);
        HonestClient bare = new HonestClient(server.port(), PROXY)) {
      local.write(header(0x20, 0, "", new byte[0]));

      assertThat(local.get("/health/live")).isEqualTo(200);
      assertThat(bare.get("/health/live")).isEqualTo(200);
      assertThat(logged(server)).isEqualTo(PROXY);
    }
  }

  @Test
  void headerFromAStrangerIsABadRequest() throws Exception {
    try (TestServer server = server();
        HonestClient client = new HonestClient(server.port(), STRANGER)) {
      client.write(header(0x21, 0x11, "203.0.113.7", TLVS));

      assertThat(client.answer()).isEqualTo(400);
      assertThat(client.answer()).isEqualTo(-1);
      assertThat(HonestClient.once(server.port(), STRANGER, "/health/live")).isEqualTo(200);
      assertThat(logged(server)).isEqualTo(STRANGER);
    }
  }

  @Test
  void firstVersionOfTheProtocolIsABadRequest() throws Exception {
    try (TestServer server = server();
        HonestClient client = new HonestClient(server.port(), PROXY)) {
      client.write("PROXY TCP4 203.0.113.7 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.get("/health/live")).isNotEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "'1.2.3.4, 203.0.113.7', 203.0.113.7",
    "'203.0.113.7, 10.1.2.3, 127.0.0.5', 203.0.113.7",
    "'203.0.113.7:4711', 203.0.113.7",
    "'[2001:db8::7]:4711', 2001:db8:0:0:0:0:0:7",
    "'10.1.1.1, 10.2.2.2', 10.1.1.1",
    "'203.0.113.7, unknown', 127.0.0.5",
    "'203.0.113.7, localhost', 127.0.0.5",
    "'203.0.113.7,', 127.0.0.5",
    "1.2.3, 127.0.0.5",
    "fe80::1%eth0, 127.0.0.5"
  })
  void lastUntrustedEntryCounts(String value, String logged) throws Exception {
    try (TestServer server = server()) {
      assertThat(
              HonestClient.once(server.port(), PROXY, "/health/live", "X-Forwarded-For: " + value))
          .isEqualTo(200);
      assertThat(logged(server)).isEqualTo(logged);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.7;proto=https;by=10.0.0.1|203.0.113.7",
        "For=\"[2001:db8::7]:4711\"|2001:db8:0:0:0:0:0:7",
        "for=1.2.3.4, for=203.0.113.7;host=\"a,b;for=9.9.9.9\", for=10.0.0.3|203.0.113.7",
        "for=\"203.0.113.7:80\"|203.0.113.7",
        "for=\"203\\.0.113.7\"|203.0.113.7",
        "for=1.2.3.4, for=_hidden|127.0.0.5",
        "for=1.2.3.4, for=unknown|127.0.0.5",
        "for=1.2.3.4, by=10.0.0.1|127.0.0.5",
        "for=203.0.113.7;for=1.2.3.4|127.0.0.5",
        "for=\"203.0.113.7|127.0.0.5",
        "for=2001:db8::7|127.0.0.5",
        "203.0.113.7|127.0.0.5"
      })
  void forwardedIsRead(String value, String logged) throws Exception {
    try (TestServer server = server()) {
      assertThat(HonestClient.once(server.port(), PROXY, "/health/live", "Forwarded: " + value))
          .isEqualTo(200);
      assertThat(logged(server)).isEqualTo(logged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7"})
  void spoofedHeaderOfAStrangerCountsForNothing(String header) throws Exception {
    try (TestServer server = server()) {
      assertThat(HonestClient.once(server.port(), STRANGER, "/health/live", header)).isEqualTo(200);
      assertThat(logged(server)).isEqualTo(STRANGER);
    }
  }

  /// A proxy that appends to one header passes the other one on as the client wrote it.
  @Test
  void secondHeaderThatTheProxyPassesOnCountsForNothing() throws Exception {
    try (TestServer server = server()) {
      HonestClient.once(
          server.port(),
          PROXY,
          "/health/live",
          "Forwarded: for=198.51.100.1",
          "X-Forwarded-For: 203.0.113.7");
      assertThat(logged(server)).isEqualTo(PROXY);
    }
  }

  @Test
  void spoofedEntryInARepeatedHeader() throws Exception {
    try (TestServer server = server()) {
      HonestClient.once(
          server.port(),
          PROXY,
          "/health/live",
          "X-Forwarded-For: 198.51.100.1",
          "X-Forwarded-For: 203.0.113.7");
      assertThat(logged(server)).isEqualTo("203.0.113.7");
    }
  }

  @Test
  void extensionsAndChecksum() throws Exception {
    byte[] sealed = header(0x21, 0x11, "203.0.113.7", new byte[] {3, 0, 4, 0, 0, 0, 0});
    CRC32C sum = new CRC32C();
    sum.update(sealed);
    for (int i = 0; i < 4; i++) {
      sealed[sealed.length - 4 + i] = (byte) (sum.getValue() >> (8 * (3 - i)));
    }
    byte[] forged = sealed.clone();
    forged[17] ^= 1;
    byte[] cut = header(0x21, 0x11, "203.0.113.7", new byte[] {1, 0, 9, 'h'});
    byte[] longest = header(0x21, 0x11, "203.0.113.7", new byte[5_000]);
    byte[] command = header(0x22, 0x11, "203.0.113.7", TLVS);
    byte[] version = header(0x11, 0x11, "203.0.113.7", TLVS);
    byte[] shortAddress = header(0x21, 0x21, "203.0.113.7", new byte[0]);

    assertThat(read(sealed)).isEqualTo("203.0.113.7");
    assertThat(read(header(0x21, 0x31, "", new byte[216]))).isEqualTo("none");
    for (byte[] bad : new byte[][] {forged, cut, longest, command, version, shortAddress}) {
      assertThat(read(bad)).isEqualTo("malformed");
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(read(java.util.Arrays.copyOf(sealed, length))).isEqualTo("malformed");
    }
  }

  private static String read(byte[] bytes) throws Exception {
    int[] at = new int[1];
    return ProxyProtocolHeader.read(() -> at[0] == bytes.length ? -1 : bytes[at[0]++] & 0xff)
        .map(header -> header.source().map(InetAddress::getHostAddress).orElse("none"))
        .orElse("malformed");
  }
}
