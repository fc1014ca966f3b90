package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundNameCheckTest {
  private static final String PLACE = "https://static.example/crates/";
  private static final NameOrigins ORIGINS =
      new PatternOrigins(
          patterns("acme-*"), patterns("acme", "internal-x", "se"), patterns("acme-public"));

  private final List<CrateName> stopped = new ArrayList<>();
  private final OutboundNameCheck check = new OutboundNameCheck(ORIGINS, stopped::add);

  private static List<CratePattern> patterns(String... texts) {
    return Stream.of(texts).map(CratePattern::new).toList();
  }

  private static OutboundRequest about(String crate, Map<String, String> headers) {
    return new OutboundRequest(
        UpstreamOrigin.INDEX,
        URI.create(PLACE),
        URI.create(PLACE),
        headers,
        1,
        response -> response,
        new OutboundRequest.Subject(crate.isEmpty() ? null : CrateName.parse(crate), PLACE));
  }

  private boolean stops(String crate, String address) {
    return check.stops(about(crate, Map.of()), URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme-core", "ACME_core", "acme", "Internal_X"})
  void requestsAboutPrivateCratesAreStopped(String name) {
    assertThat(stops(name, PLACE + "x")).isTrue();
    assertThat(stopped).containsExactly(CrateName.parse(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ac/me/acme-core",
        "ac/me/ACME_Core",
        "acme%2Dcore",
        "%61cme-core",
        "acme%2Fx",
        "acme-core-1.0.0.crate",
        "acme-core-1.0.0+build.1.crate",
        "acme-core-1.0.0-beta.2.crate",
        "acme_core-1.0.0",
        "acme-core@1.0.0",
        "acme-core.json",
        "api/v1/crates/acme-core/1.0.0/download",
        "api/v1/crates?q=acme-core",
        "api/v1/crates?q=serde+acme-core",
        "api/v1/crates?ids=serde,acme_core",
        "x?a=%61cme",
      })
  void addressesWithPrivateNamesAreStoppedWithoutASubject(String path) {
    assertThat(stops("", PLACE + path)).as(path).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "se/rd/serde",
        "serde/serde-1.0.0.crate",
        "acme-public/acme-public-1.0.0.crate",
        "acmecore",
        "serde/1.0.0/download",
      })
  void addressesOfPublicCratesAreSent(String path) {
    String crate = path.contains("acme-public") ? "acme-public" : "serde";

    assertThat(stops(crate, PLACE + path)).as(path).isFalse();
    assertThat(stopped).isEmpty();
  }

  /// The name `se` is reserved, and the folder `se` is part of the address of `serde`.
  @Test
  void foldersOfTheIndexAreNoNames() {
    assertThat(stops("serde", PLACE + "se/rd/serde")).isFalse();
    assertThat(stops("serde", PLACE + "x/se/y")).as("explained by the crate").isFalse();
    assertThat(stops("", PLACE + "se/rd/serde")).isTrue();
  }

  @Test
  void partsOfTheConfiguredAddressAreNoNames() {
    var origins = new PatternOrigins(List.of(), patterns("crates", "static"), List.of());
    check.use(origins, stopped::add);

    assertThat(stops("serde", PLACE + "serde/serde-1.0.0.crate")).isFalse();
    assertThat(stops("", "https://other.example/static2/crates2")).isFalse();
    assertThat(stops("crates", PLACE)).as("the subject is checked first").isTrue();
  }

  @Test
  void headersOfCallersAreCompared() {
    URI address = URI.create(PLACE + "x");

    assertThat(check.stops(about("", Map.of("Referer", "/acme-core")), address)).isTrue();
    assertThat(check.stops(about("", Map.of("X-Crate", "ACME_CORE")), address)).isTrue();
    assertThat(check.stops(about("", Map.of("If-None-Match", "\"acme-core\"")), address))
        .as("upstream's own text")
        .isFalse();
    assertThat(check.stops(about("", Map.of("Accept", "*/*")), address)).isFalse();
  }

  @Test
  void digestsAreNoNames() {
    check.use(new PatternOrigins(patterns("a*"), List.of(), List.of()), stopped::add);

    assertThat(stops("serde", PLACE + "a".repeat(64))).isFalse();
    assertThat(stops("serde", PLACE + "a".repeat(40))).isFalse();
    assertThat(stops("serde", PLACE + "a".repeat(41))).isTrue();
  }

  @Test
  void anotherSetOfNamesIsInForceAtOnce() {
    check.use(NameOrigins.ALL_PUBLIC, stopped::add);

    assertThat(stops("acme-core", PLACE + "acme-core")).isFalse();
  }

  /// Each spelling of a private name in each form of an address is stopped, and each of a public
  /// one is sent.
  @Test
  void everyFormOfEverySpellingIsRecognized() {
    var random = new Random(22);
    for (int round = 0; round < 10_000; round++) {
      boolean isPrivate = random.nextBoolean();
      String plain = (isPrivate ? "acme-" : "open-") + word(random);
      String spelling = spelling(plain, random);
      String address = PLACE + form(spelling, random);

      assertThat(stops("", address)).as(address).isEqualTo(isPrivate);
      assertThat(stops(spelling, address)).as(address).isEqualTo(isPrivate);
    }
  }

  private static String word(Random random) {
    StringBuilder text = new StringBuilder("w");
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      text.append((char) random.nextInt('a', 'z' + 1));
    }
    return text.toString();
  }

  private static String spelling(String name, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean change = random.nextBoolean();
      text.append(c == '-' ? (change ? '_' : '-') : change ? Character.toUpperCase(c) : c);
    }
    return text.toString();
  }

  private static String form(String name, Random random) {
    String version = random.nextInt(20) + "." + random.nextInt(20) + ".0";
    String encoded = encoded(name, random);
    return switch (random.nextInt(7)) {
      case 0 -> IndexPath.of(CrateName.parse(name));
      case 1 -> encoded + "/" + version + "/download";
      case 2 -> name + "/" + encoded + "-" + version + ".crate";
      case 3 -> encoded + "-" + version + "-alpha." + random.nextInt(9) + ".crate";
      case 4 -> "search?q=" + encoded;
      case 5 -> "search?page=1&q=x+" + encoded + "&sort=new";
      default -> encoded + ".xml";
    };
  }

  private static String encoded(String name, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      text.append(random.nextInt(4) == 0 ? "%%%02X".formatted((int) c) : String.valueOf(c));
    }
    return text.toString();
  }
}
