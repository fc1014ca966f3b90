package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationPolicyTest {
  private static final URI PUBLIC_INDEX = URI.create("https://index.example.org/");
  private static final URI PRIVATE_INDEX = URI.create("https://mirror.corp/index/");

  private static final Map<String, List<String>> NAMES =
      Map.of(
          "index.example.org", List.of("151.101.1.1"),
          "static.example.org", List.of("151.101.1.2", "2a04:4e42::2"),
          "rebound.example.org", List.of("151.101.1.3", "10.0.0.7"),
          "loop.example.org", List.of("127.0.0.1"),
          "mirror.corp", List.of("10.0.0.5"),
          "alias.corp", List.of("10.0.0.5"),
          "files.corp", List.of("10.0.0.9"),
          "localhost", List.of("127.0.0.1", "::1"));

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    List<String> found = NAMES.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private static DestinationPolicy from(URI index, String... listed) {
    return new DestinationPolicy(
        index, Arrays.asList(listed), host -> false, DestinationPolicyTest::resolve);
  }

  private static DestinationPolicy.Decision check(
      DestinationPolicy destinations, URI from, String to) {
    return destinations.check(from, URI.create(to));
  }

  private static void assertRefused(DestinationPolicy.Decision decision, String why) {
    assertThat(decision).isInstanceOf(DestinationPolicy.Decision.Refused.class);
    assertThat(((DestinationPolicy.Decision.Refused) decision).why()).contains(why);
  }

  private static void assertAllowed(DestinationPolicy.Decision decision) {
    assertThat(decision).isInstanceOf(DestinationPolicy.Decision.Allowed.class);
  }

  @Test
  void publicIndexMayLeadToOtherPublicHosts() {
    assertAllowed(check(from(PUBLIC_INDEX), PUBLIC_INDEX, "https://static.example.org/crates"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://rebound.example.org/, 10.0.0.7",
    "https://loop.example.org/, 127.0.0.1",
    "https://localhost/, 127.0.0.1",
    "https://LOCALHOST/, 127.0.0.1",
    "https://files.corp/, 10.0.0.9",
  })
  void publicIndexMayNotLeadInsideHoweverTheNameLooks(String to, String address) {
    assertRefused(
        check(from(PUBLIC_INDEX), PUBLIC_INDEX, to), "leads to the private address " + address);
  }

  @Test
  void nothingLeadsFromHttpsToHttp() {
    assertRefused(
        check(from(PUBLIC_INDEX), PUBLIC_INDEX, "http://static.example.org/"),
        "'http://static.example.org/' leaves TLS, which 'https://index.example.org/' has");
  }

  @Test
  void httpMayLeadToHttpAndToHttps() {
    URI plain = URI.create("http://index.example.org/");
    assertAllowed(check(from(plain), plain, "http://static.example.org/"));
    assertAllowed(check(from(plain), plain, "https://static.example.org/"));
  }

  @Test
  void privateIndexIsAllowedItselfOnAnyPortAndUnderAnyName() {
    DestinationPolicy destinations = from(PRIVATE_INDEX);
    assertAllowed(check(destinations, PRIVATE_INDEX, "https://mirror.corp:8443/crates"));
    assertAllowed(check(destinations, PRIVATE_INDEX, "https://MIRROR.corp/crates"));
    assertAllowed(check(destinations, PRIVATE_INDEX, "https://alias.corp/crates"));
    assertAllowed(check(destinations, PRIVATE_INDEX, "https://static.example.org/crates"));
  }

  @Test
  void privateIndexMayNotLeadToAnotherPrivateHostUnlessItIsListed() {
    String to = "https://files.corp/crates";
    assertRefused(
        check(from(PRIVATE_INDEX), PRIVATE_INDEX, to),
        "if that is wanted, list 'files.corp' in fetch.private-hosts");
    assertRefused(
        check(from(PRIVATE_INDEX), PRIVATE_INDEX, "https://localhost/"), "private address");

    assertAllowed(check(from(PRIVATE_INDEX, "files.corp"), PRIVATE_INDEX, to));
    assertAllowed(check(from(PRIVATE_INDEX, "FILES.corp"), PRIVATE_INDEX, to));
    assertAllowed(check(from(PRIVATE_INDEX, "10.0.0.9"), PRIVATE_INDEX, to));
    assertAllowed(check(from(PRIVATE_INDEX, "10.0.0.0/24"), PRIVATE_INDEX, to));
  }

  @Test
  void nameThatDoesNotResolveIsNotKnownToBeGood() {
    assertThat(check(from(PUBLIC_INDEX), PUBLIC_INDEX, "https://gone.example.org/"))
        .isEqualTo(new DestinationPolicy.Decision.Unresolved("gone.example.org"));
  }

  @Test
  void nameThatOnlyTheProxyKnowsIsLeftToTheProxy() {
    var destinations =
        new DestinationPolicy(
            PUBLIC_INDEX, List.of(), host -> true, DestinationPolicyTest::resolve);
    assertAllowed(check(destinations, PUBLIC_INDEX, "https://far.example.org/"));
    assertRefused(
        check(destinations, PUBLIC_INDEX, "https://files.corp/"), "leads to the private address");
  }

  @Test
  void messagesHoldNeitherCredentialsNorQueries() {
    assertThat(DestinationPolicy.shown(URI.create("https://me:pw@h:1/p?token=x#f")))
        .isEqualTo("https://h:1/p");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/x, https://a:443/y, true",
    "https://A/x, https://a/y, true",
    "http://a/, http://a:80/, true",
    "http://a/, https://a/, false",
    "https://a/, https://a:444/, false",
    "https://a/, https://b/, false",
  })
  void originIsSchemeHostAndPort(String one, String other, boolean same) {
    assertThat(DestinationPolicy.sameOrigin(URI.create(one), URI.create(other))).isEqualTo(same);
  }
}
