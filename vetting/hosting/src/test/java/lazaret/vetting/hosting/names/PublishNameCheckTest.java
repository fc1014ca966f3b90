package lazaret.vetting.hosting.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.hosting.names.NameRefusal.Kind;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import lazaret.vetting.takeover.Lookalike;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishNameCheckTest {
  private static final PatternOrigins PATTERNS =
      new PatternOrigins(
          List.of(new CratePattern("acme-*")),
          List.of(new CratePattern("acme-secret-*")),
          List.of(new CratePattern("acme-public")));

  private static Optional<Kind> refusal(String name, boolean others, PublicNameList list) {
    return new PublishNameCheck(PATTERNS, others, list)
        .refusal(CrateName.parse(name), false)
        .map(NameRefusal::kind);
  }

  @ParameterizedTest
  @CsvSource({
    "std, INVALID",
    "Compiler-RT, INVALID",
    "nul, INVALID",
    "COM0, INVALID",
    "lpt9, INVALID",
    "acme-secret-x, FORBIDDEN",
    "Acme_Secret_X, FORBIDDEN",
    "acme-public, FORBIDDEN",
    "other, FORBIDDEN",
    "acme, FORBIDDEN"
  })
  void refusesNames(String name, Kind kind) {
    assertThat(refusal(name, false, PublicNameList.NONE)).hasValue(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lazaret-proof-of-life", "Lazaret_Proof_Of_Life"})
  void refusesTheNameOfTheCanary(String name) {
    PatternOrigins all =
        new PatternOrigins(List.of(new CratePattern("lazaret-*")), List.of(), List.of());

    assertThat(
            new PublishNameCheck(all, true, _ -> PublicNameList.Answer.ABSENT)
                .refusal(CrateName.parse(name), false))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.kind()).isEqualTo(Kind.INVALID);
              assertThat(refused.detail()).contains(name, "every gate must refuse");
            });
  }

  @Test
  void acceptsNamesOfPatternsWithoutAList() {
    assertThat(refusal("acme-core", false, PublicNameList.NONE)).isEmpty();
    assertThat(refusal("ACME_core", true, PublicNameList.NONE)).isEmpty();
    assertThat(
            new PublishNameCheck(PATTERNS, false, PublicNameList.NONE)
                .refusal(CrateName.parse("acme-core"), true)
                .map(NameRefusal::kind))
        .as("a public crate of this name is stored")
        .hasValue(Kind.FORBIDDEN);
  }

  @Test
  void otherNamesNeedAListWithoutThem() {
    assertThat(refusal("other", true, PublicNameList.NONE)).hasValue(Kind.UNKNOWN);
    assertThat(refusal("other", true, _ -> PublicNameList.Answer.PRESENT)).hasValue(Kind.FORBIDDEN);
    assertThat(refusal("other", true, _ -> PublicNameList.Answer.ABSENT)).isEmpty();
  }

  @Test
  void namesResembleEstablishedAndForeignPrivateOnes() {
    NameOrigins origins =
        name -> name.collisionKey().equals("acme_parser") ? NameOrigin.PRIVATE : NameOrigin.PUBLIC;

    assertThat(similar("acme-parsers", origins, false)).isPresent();
    assertThat(similar("acme-parsers", origins, true)).isEmpty();
    assertThat(similar("serdes", origins, true).map(each -> each.target().published()))
        .hasValue("serde");
    assertThat(similar("entirely-different-name", origins, false)).isEmpty();
  }

  private static Optional<Lookalike> similar(String name, NameOrigins origins, boolean own) {
    return PublishNameCheck.similar(CrateName.parse(name), origins, _ -> own);
  }
}
