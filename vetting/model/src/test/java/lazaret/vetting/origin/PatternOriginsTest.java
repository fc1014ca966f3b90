package lazaret.vetting.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.roles.CratePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternOriginsTest {
  private static final PatternOrigins ORIGINS =
      new PatternOrigins(
          patterns("acme-*"),
          patterns("acme", "internal-*"),
          patterns("acme-public", "internal-io"));

  private static List<CratePattern> patterns(String... texts) {
    return Stream.of(texts).map(CratePattern::new).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "acme-core, RESERVED",
    "ACME_Core, RESERVED",
    "acme, RESERVED",
    "internal-x, RESERVED",
    "acme-public, PUBLIC",
    "Acme_Public, PUBLIC",
    "internal_io, PUBLIC",
    "acmecore, PUBLIC",
    "serde, PUBLIC",
  })
  void patternsReserveNamesInEachSpelling(String name, NameOrigin expected) {
    assertThat(ORIGINS.of(CrateName.parse(name))).isEqualTo(expected);
  }

  @Test
  void withoutPatternsEveryNameIsPublic() {
    var none = new PatternOrigins(List.of(), List.of(), List.of());

    assertThat(none.of(CrateName.parse("acme-core"))).isEqualTo(NameOrigin.PUBLIC);
    assertThat(NameOrigins.ALL_PUBLIC.of(CrateName.parse("acme-core")))
        .isEqualTo(NameOrigin.PUBLIC);
  }

  @Test
  void aTextIsPublicIfNoneOfItsWordsIsAnotherName() {
    NameOrigins origins =
        name -> name.collisionKey().equals("solo_crate") ? NameOrigin.PRIVATE : ORIGINS.of(name);

    for (String text :
        List.of(
            "acme-core",
            "denied: ACME_core@1.0.0",
            "/dl/acme-core/1.0.0/",
            "solo-crate-1.0.0.crate",
            "the lockfile has 'solo-crate', too")) {
      assertThat(origins.arePublic(text)).as(text).isFalse();
    }
    for (String text : List.of("", "serde 1.0.0", "solo crate", "/index/se/rd/serde")) {
      assertThat(origins.arePublic(text)).as(text).isTrue();
    }
  }

  /// The origin of a name is that of its collision key, so that no spelling leaves the site.
  @Test
  void spellingsOfOneNameHaveOneOrigin() {
    var random = new Random(22);
    for (int round = 0; round < 2_000; round++) {
      String name = "acme_" + random.nextInt(40) + (random.nextBoolean() ? "-x" : "_x");
      StringBuilder other = new StringBuilder();
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        boolean change = random.nextBoolean();
        other.append(
            c == '_' || c == '-' ? (change ? '-' : '_') : change ? Character.toUpperCase(c) : c);
      }

      assertThat(ORIGINS.of(CrateName.parse(other.toString())))
          .as(other.toString())
          .isEqualTo(ORIGINS.of(CrateName.parse(name)))
          .isEqualTo(NameOrigin.RESERVED);
    }
  }
}
